import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostProcess, startHostProcess } from './host-process.ts';

let host: HostProcess;
beforeAll(async () => {
  host = await startHostProcess();
});
afterAll(() => host.kill());

const eventTypes = async (id: string): Promise<string[]> => {
  const events = await host.history(id);
  return events.map((event: { EventType: string }) => event.EventType);
};

describe('activities', () => {
  it('run one after the other', async () => {
    expect((await host.run('hello', ['a', 'b'])).output).toEqual(['Hello a', 'Hello b']);
  });

  it('get and return every type of JSON unchanged', async () => {
    const { output, instanceId } = await host.run('types', 'plain text');
    const values = ['text', '{"looks":"like json"}', 42, 1.5, true, null, [1, 2], { a: { b: 'c' } }, ''];
    expect(output).toEqual({ returned: values, input: 'plain text', metadata: { instanceId, data: { x: 1 } } });
  });

  it('run in parallel', async () => {
    expect((await host.run('fanOut', 200)).output).toBe(20_100);
  });
});

describe('retries', () => {
  it('go on until the activity succeeds', async () => {
    expect((await host.run('retryOk')).output).toBe(3);
  });

  it('end after the last attempt, with a timer more than there are pauses', async () => {
    const { output, instanceId } = await host.run('retryFail');
    expect(output).toEqual({ caught: "Activity function 'fail' failed: always", after: 'Hello after' });
    const types = await eventTypes(instanceId);
    expect(types.filter((type) => type === 'TaskFailed')).toHaveLength(3);
    expect(types.filter((type) => type === 'TimerFired')).toHaveLength(3);
  });

  it('repeat a sub-orchestration', async () => {
    expect((await host.run('retrySub')).output).toBe(2);
  });
});

describe('timers and external events', () => {
  it('an event wins against a timeout, which is cancelled', async () => {
    const id = await host.start('approval', 3_600_000);
    await host.until(id, (status) => status.customStatus?.stage === 'waiting');
    expect((await host.raise(id, 'approval', { by: 'me' })).status).toBe(202);
    const { output, customStatus } = await host.until(id);
    expect(output).toEqual({ approved: { by: 'me' }, note: 'Hello approved' });
    expect(customStatus).toEqual({ stage: 'approved' });
  });

  it('an event for an ended instance is 410, for an unknown one 404', async () => {
    const { instanceId } = await host.run('hello', []);
    expect((await host.raise(instanceId, 'approval', 1)).status).toBe(410);
    expect((await host.raise('nope', 'approval', 1)).status).toBe(404);
  });

  it('a timeout wins when no event comes', async () => {
    expect((await host.run('approval', 80)).output).toBe('timed out');
  });

  it('the last waiter of a name gets the first event, and events wait for those who come later', async () => {
    const id = await host.start('events');
    await host.raise(id, 'late', 'L');
    await host.raise(id, 'e', 1);
    await host.raise(id, 'e', 2);
    expect((await host.until(id)).output).toEqual({ both: [2, 1], third: 'L' });
  });
});

describe('sub-orchestrations and failures', () => {
  it('a parent gets the results and the failures of its children', async () => {
    const { output, instanceId } = await host.run('parent');
    const failure = "Orchestrator function 'thrower' failed: child broke";
    expect(output).toEqual({ a: ['Hello a', 'Hello b'], b: ['Hello c'], failure });
    expect((await host.status(`${instanceId}-child`)).runtimeStatus).toBe('Completed');
  });

  it('an unhandled failure fails the instance', async () => {
    const { runtimeStatus, output, instanceId } = await host.run('unhandled');
    expect(runtimeStatus).toBe('Failed');
    expect(output).toMatch(
      /^Orchestrator function 'unhandled' failed: Activity function 'fail' failed: activity broke/,
    );
    const path = `/instances/${instanceId}?returnInternalServerErrorOnFailure=true`;
    expect((await host.durable('GET', path)).status).toBe(500);
  });

  it('code that does not fit its history fails the instance', async () => {
    expect((await host.run('nondeterministic')).output).toMatch(/Non-Deterministic workflow detected/);
  });

  it('an unknown function fails the call', async () => {
    const { output } = await host.run('missing');
    expect(output).toEqual([expect.stringContaining("doesn't exist"), expect.stringContaining("doesn't exist")]);
  });
});

describe('continueAsNew', () => {
  it('begins again with another input, and keeps the custom status', async () => {
    const { output, customStatus } = await host.run('eternal', { n: 1, sum: 0 });
    expect([output, customStatus]).toEqual([15, { iteration: 5 }]);
  });

  it('external events reach the generation that waits', async () => {
    const id = await host.start('collector', { got: [], want: 3 });
    for (const item of [0, 1, 2]) {
      await host.until(id, ({ runtimeStatus, input }) => runtimeStatus === 'Running' && input.got.length === item);
      await host.raise(id, 'item', item);
    }
    expect((await host.until(id)).output).toEqual([0, 1, 2]);
  });
});

describe('suspend, resume, terminate, purge', () => {
  it('a suspended instance keeps its events until it is resumed', async () => {
    const id = await host.start('approval', 3_600_000);
    await host.until(id, ({ runtimeStatus }) => runtimeStatus === 'Running');
    expect((await host.durable('POST', `/instances/${id}/suspend?reason=x`)).status).toBe(202);
    await host.until(id, ({ runtimeStatus }) => runtimeStatus === 'Suspended');
    await host.raise(id, 'approval', 'later');
    expect((await host.status(id)).runtimeStatus).toBe('Suspended');
    await host.durable('POST', `/instances/${id}/resume`);
    expect((await host.until(id)).output.approved).toBe('later');
  });

  it('a terminated instance has the reason as its output, and can be purged', async () => {
    const id = await host.start('approval', 3_600_000);
    expect((await host.durable('POST', `/instances/${id}/terminate?reason=enough`)).status).toBe(202);
    const { runtimeStatus, output } = await host.until(id);
    expect([runtimeStatus, output]).toEqual(['Terminated', 'enough']);
    expect((await host.durable('POST', `/instances/${id}/terminate`)).status).toBe(410);
    expect((await host.durable('DELETE', `/instances/${id}`)).body).toEqual({ instancesDeleted: 1 });
    expect((await host.durable('GET', `/instances/${id}`)).status).toBe(404);
  });
});

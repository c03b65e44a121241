import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostProcess, startHostProcess } from './host-process.ts';

let host: HostProcess;
beforeAll(async () => {
  host = await startHostProcess();
});
afterAll(() => host.kill());

describe('a warning names the orchestrator where Azure would behave differently', () => {
  it('a scheduled task is awaited again inside a new Task.any', async () => {
    const { output } = await host.run('window');
    expect([...output].sort((a, b) => a - b)).toEqual([5, 10, 20, 30, 50]);
    expect(host.log()).toMatch(/orchestrator 'window'.* Azure schedules it a second time .*#574/);
  });

  it('it goes on after a failed Task.all while a sibling is still retrying', async () => {
    await host.run('mix');
    expect(host.log()).toMatch(/orchestrator 'mix'.* results can then reach the wrong task/);
  });

  it('the time for retries is exceeded, which hangs the orchestration', async () => {
    const id = await host.start('retryTimeout');
    await host.until(id, () => host.log().includes('#629'));
    expect((await host.status(id)).runtimeStatus).toBe('Running');
  });

  it('continueAsNew loses an event that nobody has read', async () => {
    const id = await host.start('forgetful', { n: 1 });
    await host.raise(id, 'unread', 1);
    await host.raise(id, 'go', 1);
    expect((await host.until(id)).output).toBe('done');
    expect(host.log()).toMatch(/orchestrator 'forgetful'.* loses the unread external event 'unread'/);
  });

  it('a custom status is larger than Azure takes', async () => {
    await host.run('largeStatus');
    expect(host.log()).toMatch(/orchestrator 'largeStatus'.* larger than 16 KB/);
  });
});

describe('what an orchestrator uses and the local host leaves out', () => {
  it.each(['callHttp', 'callEntity'])('fails the instance with a clear message: %s', async (name) => {
    const { runtimeStatus, output } = await host.run(name);
    expect(runtimeStatus).toBe('Failed');
    expect(output).toMatch(/is not supported by the local host\. .* activit/);
  });
});

describe('peculiarities of the SDK that an app meets on Azure as well', () => {
  it('continueAsNew with a string arrives quoted', async () => {
    expect((await host.run('canString', 'first')).output).toBe('"second"');
  });

  it('an input property named Timestamp becomes a Date', async () => {
    const { output } = await host.run('timestampInput', { Timestamp: '2020-01-01T00:00:00Z', timestamp: 'x' });
    expect(output).toEqual({ type: '[object Date]', lower: 'string' });
  });

  it('a start without input passes an empty string', async () => {
    expect((await host.until(await host.start('hello'))).input).toBe('');
  });

  it('a custom status cannot be cleared', async () => {
    expect((await host.run('falsyStatus')).customStatus).toBe('busy');
  });

  it('an orchestration that returned keeps running until its last timer has fired', async () => {
    const id = await host.start('openTimer');
    await host.until(id, ({ runtimeStatus }) => runtimeStatus === 'Running');
    expect((await host.until(id)).output).toBe('returned');
    expect((await host.history(id)).some(({ EventType }) => EventType === 'TimerFired')).toBe(true);
  });

  it('isReplaying tells the first run of each step', async () => {
    expect((await host.run('replaying')).output).toEqual([false, true, false, true, true, false]);
  });
});

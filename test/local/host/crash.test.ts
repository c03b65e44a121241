import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { EventType } from '../../../local/host/durable/history.ts';
import { repeated } from '../../run/exhaustive.ts';
import { crashAfterLine, EXPECTED, startPast } from './crash-story.ts';
import { type HostProcess, startHostProcess } from './host-process.ts';

const HOUR = 3_600_000;

let host: HostProcess;
afterEach(() => host.kill());

const doubles = (count: number): number[] => Array.from({ length: count }, (_, i) => 2 * i);
const startMany = (count: number, name: string, input?: unknown): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, () => host.start(name, input)));
const outputs = async (ids: string[]): Promise<unknown[]> =>
  Promise.all(ids.map(async (id) => (await host.until(id)).output));
const completedTasks = async (id: string): Promise<number> =>
  (await host.history(id)).filter(({ EventType }) => EventType === 'TaskCompleted').length;
const journalOf = (state: string): string => path.join(state, 'SampleHub.jsonl');
/** The number of activity results for an instance in the journal, since the host has started. */
const resultsIn = (state: string, id: string): number => {
  const result = `"kind":"message","to":"${id}","executionId":"\\w+","event":{"EventType":${EventType.TaskCompleted},`;
  return readFileSync(journalOf(state), 'utf8').match(new RegExp(result, 'g'))?.length ?? 0;
};
/** Acts in the middle of work, as soon as the journal has so many results for the instance, while time passes. */
const atResult = async (id: string, count: number, act: () => unknown): Promise<void> => {
  let isDone = false;
  const passing = host.clock.advance(HOUR / 2, () => isDone);
  for await (const _ of watch(host.state)) if (resultsIn(host.state, id) >= count) break;
  isDone = true;
  await act();
  await passing;
};

describe('a host that is killed', () => {
  repeated('four times in the middle of work completes all of it, and no step twice', async () => {
    host = await startHostProcess();
    const { state } = host;
    const ids = await startMany(20, 'slowSteps', 12);
    const approval = await host.start('approval', HOUR);
    for (let kill = 1; kill <= 4; kill++) {
      await atResult(ids[0] ?? '', 2, () => host.kill());
      host = await startHostProcess({ state });
    }
    expect(await outputs(ids)).toEqual(ids.map(() => doubles(12)));
    expect(await completedTasks(ids[0] ?? '')).toBe(12);
    await host.raise(approval, 'approval', 'after restart');
    expect((await host.until(approval)).output.approved).toBe('after restart');
  });

  repeated('does not hear of a transition whose line was torn', async () => {
    host = await startHostProcess();
    const { state } = host;
    const id = await host.start('approval', HOUR);
    await host.until(id, ({ customStatus }) => customStatus?.stage === 'waiting');
    await host.kill();
    appendFileSync(journalOf(state), '[{"kind":"purge","instanceId":"');
    host = await startHostProcess({ state });
    await host.raise(id, 'approval', 'whole');
    await host.until(id);
    await host.kill();
    host = await startHostProcess({ state });
    expect((await host.status(id)).output.approved).toBe('whole');
  });

  repeated.each([2, 9, 17])('right after line %i of its journal loses nothing', async (line) => {
    expect(await crashAfterLine(line)).toEqual({ crashed: true, output: EXPECTED });
  });

  repeated('refuses a journal that is damaged elsewhere, naming the line', async () => {
    host = await startHostProcess();
    const { state } = host;
    await startMany(2, 'approval', HOUR);
    await host.kill();
    const [first = '', ...others] = readFileSync(journalOf(state), 'utf8').split('\n');
    writeFileSync(journalOf(state), [first.slice(0, -5), ...others].join('\n'));
    await expect(startHostProcess({ state })).rejects.toThrow('line 1 is damaged');
  });

  it('fails an instance whose orchestrator is no longer in the app', async () => {
    host = await startHostProcess();
    const { state } = host;
    const id = await host.start('approval', HOUR);
    await host.until(id, ({ customStatus }) => customStatus?.stage === 'waiting');
    await host.kill();
    host = await startHostProcess({ state, env: { WITHOUT_APPROVAL: 'yes' } });
    await host.raise(id, 'approval', 1);
    expect(await host.until(id)).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringContaining("doesn't exist"),
    });
  });

  repeated('keeps in its journal one line per instance after the next start', async () => {
    host = await startHostProcess();
    const { state } = host;
    await outputs(await startMany(3, 'hello', ['a']));
    const lines = () => readFileSync(journalOf(state), 'utf8').split('\n').length - 1;
    expect(lines()).toBeGreaterThan(9);
    await host.kill();
    host = await startHostProcess({ state });
    expect(lines()).toBe(3);
  });
});

describe('a worker that is killed', () => {
  repeated('four times is replaced, and its work is done again', async () => {
    host = await startHostProcess();
    const ids = await startMany(20, 'slowSteps', 12);
    const retrying = await startMany(3, 'retryFail');
    for (const results of [2, 4, 6, 8]) {
      const { body: worker } = await host.get('/api/worker');
      await atResult(ids[0] ?? '', results, () => process.kill(worker, 'SIGKILL'));
    }
    expect(await outputs(ids)).toEqual(ids.map(() => doubles(12)));
    const caught = { caught: "Activity function 'fail' failed: always", after: 'Hello after' };
    expect(await outputs(retrying)).toEqual([caught, caught, caught]);
    expect(host.log().match(/starting another one/g)).toHaveLength(4);
  });

  repeated.each(['start', 'effect'])('at the %s of any activity does not change the outcome', async (moment) => {
    for (const invocation of [1, 3]) {
      host = await startHostProcess({ env: { HOST_KILL_WORKER: `${moment}:${invocation}` } });
      await startPast(host, 'hello', 'story', ['a', 'b', 'c']);
      expect((await host.until('story')).output).toEqual(['Hello a', 'Hello b', 'Hello c']);
      expect(host.log()).toContain('starting another one');
      await host.kill();
    }
  });

  repeated('by its own activity every time is given up after ten attempts', async () => {
    host = await startHostProcess();
    await startPast(host, 'poisonous', 'story');
    const { runtimeStatus, output } = await host.until('story');
    expect(runtimeStatus).toBe('Failed');
    expect(output).toMatch(/activity function 'die' was given up after 10 attempts/);
    expect((await host.run('hello', ['still here'])).output).toEqual(['Hello still here']);
  });
});

describe('a host that is told to stop', () => {
  /** The host accepts no new requests from the beginning of the stop. */
  const isOpen = () =>
    host.status('any').then(
      () => true,
      () => false,
    );

  it('finishes what runs, and ends with exit code 0', async () => {
    host = await startHostProcess();
    const id = await host.start('napping', 200);
    await host.until(id, ({ runtimeStatus }) => runtimeStatus === 'Running');
    const stopped = host.kill('SIGTERM');
    while (await isOpen());
    await host.clock.advance(HOUR / 2);
    await stopped;
    expect(await host.gone).toBe(0);
    host = await startHostProcess({ state: host.state, env: { HOST_KILL_WORKER: 'start:1' } });
    expect((await host.until(id)).output).toBe(200);
    expect(host.log()).not.toContain('starting another one');
  });
});

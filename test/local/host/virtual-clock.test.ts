import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, createClock } from '../../../local/clock/authority.ts';
import { repeated } from '../../run/exhaustive.ts';
import { type HostProcess, type HostSettings, newFolder, startHostProcess } from './host-process.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

let clock: Clock;
let host: HostProcess;
beforeAll(() => {
  clock = createClock();
});
afterEach(() => host.kill());
afterAll(() => clock.close());

const startOnClock = async (settings: HostSettings = {}): Promise<void> => {
  host = await startHostProcess(settings, clock);
};
const hasEnded = async (id: string): Promise<boolean> =>
  ['Completed', 'Failed'].includes((await host.status(id)).runtimeStatus);
/** Advances until the instance has ended; gives its status and how long it took. */
const runOut = async (id: string, within: number) => {
  const begin = clock.now();
  await clock.advance(within, () => hasEnded(id));
  return { took: clock.now() - begin, ...(await host.status(id)) };
};
const ticks = async () => (await host.get('/api/seen')).body.ticks;

describe('durable timers on a clock that jumps', () => {
  it('a timer of ten minutes takes ten minutes', async () => {
    await startOnClock();
    const ended = await runOut(await host.start('timer', 10 * MINUTE), DAY);
    expect(ended).toMatchObject({ runtimeStatus: 'Completed', output: 10 * MINUTE, took: 10 * MINUTE });
  });

  repeated('a timer of ten days comes in legs of three days', async () => {
    await startOnClock();
    const id = await host.start('timer', 10 * DAY);
    expect(await runOut(id, 20 * DAY)).toMatchObject({ output: 10 * DAY, took: 10 * DAY });
    const fired = (await host.history(id)).filter(({ EventType }) => EventType === 'TimerFired');
    expect(fired).toHaveLength(3);
  });

  it('a timer keeps its time when the host is killed meanwhile', async () => {
    await startOnClock();
    const id = await host.start('timer', 10 * MINUTE);
    await clock.advance(4 * MINUTE);
    await host.kill();
    await startOnClock({ state: host.state });
    expect(await runOut(id, DAY)).toMatchObject({ output: 10 * MINUTE, took: 6 * MINUTE });
  });

  it('a cancelled timer leaves nothing to wait for, also after a restart', async () => {
    await startOnClock();
    const id = await host.start('approval', 10 * DAY);
    await host.until(id, ({ customStatus }) => customStatus?.stage === 'waiting');
    await host.raise(id, 'approval', 'yes');
    expect((await host.until(id)).output.approved).toBe('yes');
    await host.kill();
    await startOnClock({ state: host.state });
    const jumps = clock.jumps;
    await clock.advance(20 * DAY);
    // The single jump goes to the end of the advance.
    expect(clock.jumps - jumps).toBe(1);
  });
});

describe('retries that overlap with timers and sub-orchestrations', () => {
  it('keep their sequence numbers', async () => {
    await startOnClock();
    const ids = await Promise.all(Array.from({ length: 10 }, () => host.start('mix')));
    const ended = await Promise.all(ids.map((id) => runOut(id, MINUTE)));
    const expected = {
      r1: [3, 2, null, 25, 4],
      first: true,
      failed: "Activity function 'fail' failed: fast failure",
      next: 'Hello next',
      s: 120,
      guid: 36,
    };
    expect(ended.map(({ output }) => output)).toEqual(ids.map(() => expected));
  });
});

describe('a function that takes too long', () => {
  it('fails after the default of 30 minutes, and gets another worker', async () => {
    await startOnClock();
    const ended = await runOut(await host.start('hanging'), DAY);
    expect(ended).toMatchObject({ runtimeStatus: 'Failed', took: 30 * MINUTE });
    expect(ended.output).toMatch(/Timeout value of 00:30:00 was exceeded by function: Functions.hang/);
    expect((await host.run('hello', ['again'])).output).toEqual(['Hello again']);
  });
});

describe('timer functions', () => {
  it('run at every occurrence, and again after a failure as their retry policy says', async () => {
    await startOnClock({ env: { TICK_SCHEDULE: '*/1 * * * * *' } });
    await clock.advance(3 * SECOND);
    const [first, again, ...others] = await ticks();
    expect(first.retry).toBeUndefined();
    expect(first.timer.isPastDue).toBe(false);
    expect(again.retry).toMatchObject({ retryCount: 1, maxRetryCount: 2 });
    expect(others).toHaveLength(2);
  });

  repeated('a schedule of five minutes has 288 occurrences a day', async () => {
    await startOnClock({ env: { TICK_SCHEDULE: '0 */5 * * * *' } });
    await clock.advance(DAY);
    expect((await ticks()).length - 1).toBe(288);
  });

  it('make up for an occurrence that was missed while the host was down, as past due', async () => {
    const state = newFolder();
    const env = { TICK_SCHEDULE: '0 0 * * * *' };
    await startOnClock({ state, env });
    await clock.advance(90 * MINUTE);
    await host.kill();
    await clock.advance(120 * MINUTE);
    await startOnClock({ state, env });
    await clock.advance(SECOND);
    const [missed] = await ticks();
    expect(missed.timer.isPastDue).toBe(true);
    expect(Date.parse(missed.timer.scheduleStatus.next)).toBeLessThan(clock.now());
  });
});

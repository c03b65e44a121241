import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, createClock } from '../../../local/clock/authority.ts';
import { PARTITION_LEASE_MS } from '../../../local/host/crew/leases.ts';
import { TIMER_LOCK_MS } from '../../../local/host/crew/timer-lock.ts';
import { type HostProcess, startHostProcess } from './host-process.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** The default of host.json. */
const VISIBILITY_MS = 5 * MINUTE;

let clock: Clock;
let host: HostProcess;
beforeAll(async () => {
  clock = createClock();
  const env = { TICK_SCHEDULE: '0 * * * * *' };
  host = await startHostProcess({ env, args: ['--workers', '3'] }, clock);
});
afterAll(async () => {
  await host.kill();
  await clock.close();
});

type Up = { readonly number: number; readonly pid: number };
const master = (): Record<string, string> => ({ 'x-functions-key': host.ready.masterKey });
const up = async (): Promise<readonly Up[]> => (await host.get('/admin/workers', master())).body.workers;
const lose = async (pid: number): Promise<void> => {
  const number = (await up()).find((one) => one.pid === pid)?.number;
  await host.take(`/admin/workers/${number}`, master());
};
const seenBy = async (): Promise<ReadonlyMap<number, number>> => {
  const answers = [];
  for (let at = 0; at < 3; at++) answers.push((await host.get('/api/seen')).body);
  return new Map(answers.map(({ pid, ticks }) => [pid, ticks.length]));
};
const ended = async (id: string) => {
  const status = await host.until(id);
  return { at: clock.now(), ...status.output };
};

describe('three workers on one task hub', () => {
  it('share what there is to do', async () => {
    const pids = new Set(host.ready.workerPids);
    expect(pids.size).toBe(3);
    const { places } = (await host.run('whereabouts', { activities: 9, ms: MINUTE })).output;
    expect(new Set(places)).toEqual(pids);
    expect([...pids].map((pid) => places.filter((one: number) => one === pid).length)).toEqual([3, 3, 3]);
    expect(new Set((await seenBy()).keys())).toEqual(pids);
  });

  it('give each instance to one of them, which keeps it', async () => {
    const turns = new Map<string, number>();
    for (let at = 0; at < 12; at++) {
      const { output } = await host.until(await host.start('whereabouts', { activities: 1, ms: 0 }, `kept-${at}`));
      turns.set(`kept-${at}`, output.turn);
    }
    expect(new Set(turns.values())).toEqual(new Set(host.ready.workerPids));
    const again = await host.until(await host.start('whereabouts', { activities: 2, ms: 0 }, 'kept-0'));
    expect(again.output.turn).toBe(turns.get('kept-0'));
  });

  it('let the timers of one of them fire', async () => {
    const before = await seenBy();
    await clock.advance(5 * MINUTE);
    const after = await seenBy();
    const more = [...after].map(([pid, ticks]) => ticks - (before.get(pid) ?? 0));
    expect(more.sort()).toEqual([0, 0, 5]);
  });

  it('do at once what one of them had begun that was only killed', async () => {
    const id = await host.start('whereabouts', { activities: 3, ms: MINUTE });
    await clock.advance(10 * SECOND);
    const begun = clock.now();
    const [first] = await up();
    process.kill(first?.pid ?? 0, 'SIGKILL');
    const { at, places } = await ended(id);
    expect(at - begun).toBe(MINUTE);
    expect(places).toHaveLength(3);
    expect(await up()).toHaveLength(3);
  });

  describe('of which one is lost with its machine', () => {
    let lost: number;
    let lostAt: number;
    let activities: string;
    let waiting: readonly string[];
    let ticksBefore: ReadonlyMap<number, number>;

    beforeAll(async () => {
      ticksBefore = await seenBy();
      // The worker whose timers fire is the first of the running workers.
      lost = (await up())[0]?.pid ?? 0;
      activities = await host.start('whereabouts', { activities: 3, ms: 20 * SECOND });
      waiting = await Promise.all([...Array(8).keys()].map((at) => host.start('timer', 15 * SECOND, `waiting-${at}`)));
      await clock.advance(10 * SECOND);
      lostAt = clock.now();
      await lose(lost);
    });

    it('the others go on with its instances when its leases have run out', async () => {
      const ends = await Promise.all(
        waiting.map(async (id) => {
          let at = Number.NaN;
          await clock.advance(2 * MINUTE, async () => {
            const { runtimeStatus, lastUpdatedTime } = await host.status(id);
            at = Date.parse(lastUpdatedTime);
            return runtimeStatus === 'Completed';
          });
          return at - lostAt;
        }),
      );
      expect(new Set(ends)).toEqual(new Set([5 * SECOND, PARTITION_LEASE_MS]));
    });

    it('its timers fire at another one when its lock has run out, and none is left out', async () => {
      await clock.advanceTo(lostAt + TIMER_LOCK_MS + 4 * MINUTE);
      const answers = [];
      for (let at = 0; at < 2; at++) answers.push((await host.get('/api/seen')).body);
      const ticks = answers.flatMap((one) => one.ticks.slice(ticksBefore.get(one.pid) ?? 0));
      expect(answers.filter((one) => one.ticks.length > (ticksBefore.get(one.pid) ?? 0))).toHaveLength(1);
      expect(ticks.length).toBeGreaterThanOrEqual(4);
    });

    it('another one does its activity once the message is visible again', async () => {
      const { at, places } = await ended(activities);
      expect(at - lostAt).toBe(VISIBILITY_MS + 20 * SECOND);
      expect(places).not.toContain(lost);
    });

    it('another one comes after ten minutes, and takes its share', async () => {
      expect(await up()).toHaveLength(2);
      await clock.advanceTo(lostAt + 11 * MINUTE);
      const pids = (await up()).map(({ pid }) => pid);
      expect(pids).toHaveLength(3);
      const { places } = (await host.run('whereabouts', { activities: 9, ms: SECOND })).output;
      expect(new Set(places)).toEqual(new Set(pids));
    });
  });
});

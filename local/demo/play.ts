import type { Booted } from '../boot.ts';
import type { Act } from './acts/act.ts';
import type { AppClient } from './app-client.ts';
import type { Observer } from './observer.ts';
import type { Row } from './row.ts';
import { FIRST_ACT_AFTER, KEY_ID, PATIENCE, SWEEP_MINUTES } from './scenario.ts';
import type { Timeline } from './timeline.ts';
import { verdictOf } from './why-not-healed.ts';

/** The first sweep did not find the world healthy: so nothing was broken, and there is no story. */
class NoStory extends Error {}

const isServing = ({ cloud }: Booted): boolean =>
  cloud.world.mysql.servers.all().every(({ availability }) => availability.condition === 'ready' && !availability.loss);

export type Telling = { readonly app: AppClient; readonly observer: Observer; readonly timeline: Timeline };

const tellNew = async (observer: Observer, timeline: Timeline): Promise<void> => {
  for (const row of await observer.look()) timeline.tell(row);
};

const passTime = async ({ clock }: Booted, { observer, timeline }: Telling, ms: number): Promise<void> => {
  await clock.advance(ms, async () => {
    await tellNew(observer, timeline);
    return false;
  });
};

/** Lets time pass until the first sweep has found everything healthy. @throws NoStory if it has not */
const awaitHealthy = async (booted: Booted, telling: Telling): Promise<void> => {
  await passTime(booted, telling, FIRST_ACT_AFTER);
  if (telling.timeline.rows.some(({ stage }) => stage === 'healthy')) return;
  const verdict = await verdictOf(telling.app, KEY_ID);
  throw new NoStory(`The first sweep did not find the world healthy, so nothing was broken. ${verdict}`);
};

const SWEEP_MS = SWEEP_MINUTES * 60_000;

const awaitBeginning = ({ afterSweep }: Act, booted: Booted, telling: Telling): Promise<void> => {
  const passed = booted.clock.now() % SWEEP_MS;
  return passTime(booted, telling, (afterSweep * 1000 - passed + SWEEP_MS) % SWEEP_MS);
};

/**
 * Plays one act. `over`: the app has closed the incident and every server serves. `rows`: the printed lines of the act. @throws
 * NoStory
 */
export const play = async (
  act: Act,
  booted: Booted,
  telling: Telling,
): Promise<{ readonly over: boolean; readonly rows: readonly Row[] }> => {
  const { observer, timeline } = telling;
  if (timeline.rows.length === 0) await awaitHealthy(booted, telling);
  await awaitBeginning(act, booted, telling);
  const before = timeline.rows.length;
  const rows = (): readonly Row[] => timeline.rows.slice(before);
  timeline.tell({ at: booted.clock.now(), ...(await act.begin(booted)) });
  const over = await booted.clock.advance(PATIENCE, async () => {
    await tellNew(observer, timeline);
    return rows().some(({ stage }) => stage === 'Ready') && isServing(booted);
  });
  return { over, rows: rows() };
};

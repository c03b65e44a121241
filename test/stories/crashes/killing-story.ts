/**
 * The story in which every process is killed: a single server is inaccessible because its pinned version expired; only the sweep
 * wakes the product.
 */
import { expect } from 'vitest';
import { type App, type AppPlan, MINUTE, startApp } from '../../builders/app.ts';
import {
  type Chain,
  EXTENSION,
  expireKey,
  happenedAt,
  history,
  isDown,
  ledgerOf,
  orders,
  REVALIDATION,
  serves,
  single,
  writes,
} from '../../builders/incident.ts';
import { type WorldState, worldState } from '../../builders/world/world-state.ts';

/** Environment of the first host process; local/host/fault-injection.ts reads it. */
export type Kill = Readonly<Record<string, string>>;

export const NO_KILL: Kill = { HOST_CRASH_AFTER_LINE: '', HOST_KILL_WORKER: '' };
export const killHostAfterLine = (line: number): Kill => ({ HOST_CRASH_AFTER_LINE: String(line) });
export const killWorkerAt = (moment: 'start' | 'effect', activity: number): Kill => ({
  HOST_KILL_WORKER: `${moment}:${activity}`,
});

export type Told = {
  readonly hostDeaths: number;
  readonly workerDeaths: number;
  readonly verification: string;
  readonly ledger: readonly string[];
  /** The changes for the server's clients. */
  readonly history: readonly string[];
  /** The requests of the product that may change something, in order. */
  readonly writes: readonly string[];
  /** Virtual minutes from the loss of the key until the server was ready again. */
  readonly minutes: number;
  /** The whole state at the end. */
  readonly world: WorldState;
};

/** `kind step target outcome` of each entry, oldest first. */
export const entriesOf = ({ entries }: Chain): readonly string[] =>
  entries.map(({ kind, step, target, outcome }) => [kind, step, target, outcome].join(' '));

/** Lets time pass until the condition holds, and starts the host again without faults, whenever it was killed. */
const live = async (app: App, ms: number, holds: () => boolean): Promise<number> => {
  const end = app.clock.now() + ms;
  for (let deaths = 0; ; deaths++) {
    await app.clock.advanceTo(end, () => holds() || app.host().ended());
    if (!app.host().ended()) return deaths;
    await app.restartHost(NO_KILL);
  }
};

/** The key is lost after a first healthy sweep; the story ends one sweep after the server is ready. */
const play = async (app: App, lose: (app: App) => void): Promise<number> => {
  let deaths = await live(app, 6 * MINUTE, () => false);
  lose(app);
  deaths += await live(app, 15 * MINUTE, () => isDown(app, 'orders'));
  deaths += await live(app, 60 * MINUTE, () => serves(app, 'orders'));
  return deaths + (await live(app, 6 * MINUTE, () => false));
};

/** Plays the story on an app of its own, and returns its result. */
export const tell = async (
  kill: Kill,
  lose: (app: App) => void = expireKey,
  plan: Partial<AppPlan> = {},
): Promise<Told> => {
  const settings = { ...plan.settings, ...kill };
  const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', ...plan, settings });
  const hostDeaths = await play(app, lose);
  const chain = await ledgerOf(app);
  const since = (kind: string): number => happenedAt(app, 'orders', kind) ?? Number.NaN;
  await app.close();
  return {
    hostDeaths,
    workerDeaths: app.said.filter((line) => line.includes('the worker process ended')).length,
    verification: chain.verification.kind,
    ledger: entriesOf(chain),
    history: history(app, 'orders'),
    writes: writes(app),
    minutes: (since('ready') - since('keyLost')) / MINUTE,
    world: worldState(app.cloud.world),
  };
};

/**
 * Whichever process was killed: the server is healed with the same writes as without a kill, and the ledger has the same entries.
 */
export const expectSameStory = (told: Told, undisturbed: Told): void => {
  const { verification, ledger, history } = undisturbed;
  expect(told).toMatchObject({ verification, ledger, history });
  expect(told.writes.filter((write) => EXTENSION.test(write))).toHaveLength(1);
  expect(told.writes.filter((write) => !EXTENSION.test(write) && !REVALIDATION.test(write))).toEqual([]);
};

import { byName, command } from '../../remediation/model/command.ts';
import { SINGLETONS, type Singleton } from '../../remediation/protocol/orchestrations.ts';
import type { Beat } from '../../store/beats.ts';
import type { Durable, Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN, recordOnce } from '../record.ts';
import { settledWithin } from './settled-within.ts';

export const timerBeat = (which: Singleton): string => `timer:${which}`;
export const startBeat = (which: Singleton): string => `start:${which}`;
const eventBeat = (path: string): string => `event:${path}`;

export type EventPath = 'key-vault' | 'resource' | 'alert';

/**
 * The beat of each path of events is written once a minute at most in each worker, since hundreds of events come at
 * once.
 */
const KEPT_MS = 60_000;

/** A caller waits at most `PATIENCE_MS` for this work, and the work is given up after `LONGEST_MS`. */
const PATIENCE_MS = 2_000;
const LONGEST_MS = 30_000;

/** A run is made up for after it was missing for this many periods. */
const PERIODS = 3;

/** The instant at which a timer that last fired at `last` has missed this many periods. */
export const missedAt = (nextDue: (after: Date) => Date, last: Date, periods: number): Date =>
  Array.from({ length: periods }).reduce<Date>((due) => nextDue(due), last);

type Beats = Readonly<Record<string, Beat>>;

/**
 * A timer that has not fired for three periods. `last` (ISO 8601): when it last fired; left out where that was before
 * this worker began.
 */
export type StandingTimer = { readonly timer: Singleton; readonly last?: string; readonly dueSince: string };

const standing = (
  { settings }: Pick<Guardian, 'settings'>,
  timer: Singleton,
  beats: Beats,
  began: Date,
): StandingTimer | undefined => {
  const { nextDue } = settings.schedules[timer];
  const last = beats[timerBeat(timer)]?.at;
  const from = last === undefined ? began : new Date(last);
  if (missedAt(nextDue, from, PERIODS) >= new Date()) return undefined;
  return { timer, ...(last !== undefined && { last }), dueSince: nextDue(from).toISOString() };
};

/** The timers that do not fire any more, even if another caller has started their work. */
export const standingTimers = (
  guardian: Pick<Guardian, 'settings'>,
  beats: Beats,
  began: Date,
): readonly StandingTimer[] =>
  (Object.keys(SINGLETONS) as Singleton[]).flatMap((timer) => standing(guardian, timer, beats, began) ?? []);

/** The command that starts the timers again. */
export const restartCommand = ({ functionApp }: Guardian['settings']): string =>
  functionApp === undefined
    ? "`az functionapp restart --name '<app>' --resource-group '<group>'` (GUARDIAN_FUNCTION_APP does not say which app this is)"
    : command('az functionapp restart', byName(functionApp));

const sayThatTimerStands = async (guardian: Guardian, which: Singleton, since: string): Promise<void> => {
  if (!(await recordOnce(guardian, 'timer made up for', { timer: which, since }))) return;
  await guardian.notify({
    keyId: PRODUCT_CHAIN,
    verdict: 'report',
    sentences: [
      `The timer of the ${which} does not fire any more: last ${since}. What would not have come was started by a call or an event, as every next one will be that finds it missing. Restart the function app: ${restartCommand(guardian.settings)}.`,
    ],
  });
};

const makeUpFor = async (guardian: Guardian, durable: Durable, which: Singleton, beats: Beats, began: Date) => {
  const { nextDue } = guardian.settings.schedules[which];
  const now = new Date();
  const last = beats[which]?.at ?? began.toISOString();
  if (missedAt(nextDue, new Date(last), PERIODS) >= now) return;
  const claim = { at: now.toISOString(), since: last };
  const mayAgain = ({ at }: Beat): boolean => nextDue(new Date(at)) <= now;
  if (!(await guardian.store.beats.claim(startBeat(which), claim, mayAgain))) return;
  const started = await durable.start(which);
  if (started === 'atWork') return;
  guardian.log(`The ${which} has not come since ${last}: ${SINGLETONS[which]} was started.`);
  const stands = standing(guardian, which, beats, began);
  if (stands) await sayThatTimerStands(guardian, which, stands.last ?? `before ${began.toISOString()}`);
};

/** The work that every HTTP route and event does beside its own work. */
export type Attend = (durable: Durable, path?: EventPath) => Promise<void>;

/**
 * Starts the runs that are missing for three periods. Timers may stop for good (for example on Flex Consumption after a
 * deployment), and then any caller is the only clock. It does so at most once a minute in each worker, with one call to
 * storage where nothing is missing. Never throws, and delays no caller for longer than `PATIENCE_MS`, because the
 * caller's own work is more urgent. The rest goes on after the answer, and is given up and logged after `LONGEST_MS`.
 */
export const openAttend = (guardian: Guardian): Attend => {
  const began = new Date();
  const done = new Map<string, number>();
  let madeUp = { at: Number.NEGATIVE_INFINITY, work: Promise.resolve() };
  const isKept = (name: string): boolean => {
    const last = done.get(name);
    if (last !== undefined && Date.now() - last < KEPT_MS) return true;
    done.set(name, Date.now());
    return false;
  };
  const orLog = (work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) => guardian.warn(`What is missing could not be made up for now: ${String(error)}`));
  const orGivenUp = async (work: Promise<void>): Promise<void> => {
    if (await settledWithin(work, LONGEST_MS)) return;
    guardian.warn(
      `What is missing could not be made up for: storage or Durable Functions has not answered for ${LONGEST_MS / 1_000} seconds. Whoever comes next tries it anew.`,
    );
  };
  const makeUp = async (durable: Durable): Promise<void> => {
    const beats = await guardian.store.beats.read();
    for (const which of Object.keys(SINGLETONS) as Singleton[])
      await orLog(makeUpFor(guardian, durable, which, beats, began));
  };
  const beat = async (path: EventPath | undefined): Promise<void> => {
    if (path !== undefined && !isKept(path))
      await orLog(guardian.store.beats.beat(eventBeat(path), new Date().toISOString()));
  };
  return async (durable, path) => {
    const beaten = beat(path);
    if (Date.now() - madeUp.at >= KEPT_MS)
      madeUp = { at: Date.now(), work: orGivenUp(beaten.then(() => orLog(makeUp(durable)))) };
    // A caller that comes while another caller's work runs waits as well: the health of the product is read after it.
    await settledWithin(Promise.all([beaten, madeUp.work]), PATIENCE_MS);
  };
};

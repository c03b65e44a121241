/** The number of repairs that are tried first; all others wait until these are seen to have worked. */
export const TRIALS = 5;
/** The number of repairs that begin within a minute after that. */
export const EACH_MINUTE = 10;

const MINUTE_MS = 60_000;
/**
 * The keys that one sweep wakes ask within this time: the key with the nearest deadline may ask last, so that the lane waits for
 * it.
 */
const GATHER_MS = 30_000;
/** A trial that is not seen to have worked after this time proves nothing, and another repair may take its place. */
const TRIAL_MS = 10 * MINUTE_MS;
/** After this time without a repair the trials are needed again. */
const IDLE_MS = 60 * MINUTE_MS;
/** A repair that waits asks again at least this often, so that its instance does not outlive its hour. */
const LONGEST_WAIT_MS = 15 * MINUTE_MS;
/** A repair that asks this much later than it should is taken for dead, and holds up no others. */
const LATE_MS = 2 * MINUTE_MS;

/** A repair that wants to begin. `id`: of its step; `key`: the next look at this key shows whether the repair worked. */
export type Entrant = { readonly id: string; readonly key: string };

/** A repair that was admitted, and when (ISO 8601). */
type Start = { readonly id: string; readonly at: string };
type Trial = Start & { readonly key: string; readonly isProven?: true };

/** The row of one kind of repair, which all instances share. */
export type Lane = {
  readonly openedAt: string;
  readonly usedAt: string;
  readonly trials: readonly Trial[];
  /** The starts of the last minute. */
  readonly starts: readonly Start[];
};

/** `waiting` changes nothing in the lane, except that a new lane is now open. */
export type PaceAdmission =
  | { readonly kind: 'admitted'; readonly lane: Lane }
  | { readonly kind: 'waiting'; readonly lane: Lane; readonly until: string };

const iso = (instant: number): string => new Date(instant).toISOString();

const opened = (now: number): Lane => ({ openedAt: iso(now), usedAt: iso(now), trials: [], starts: [] });

const isIdle = (lane: Lane, now: number): boolean => now - Date.parse(lane.usedAt) > IDLE_MS;

/** Whether a repair that was told to ask again at this time (ISO 8601) still waits. */
export const isWaiting = (until: string, now: number): boolean => Date.parse(until) + LATE_MS > now;

const provenIn = ({ trials }: Lane): number => trials.filter(({ isProven }) => isProven).length;

const withStart = (lane: Lane, { id }: Entrant, now: number): Lane => {
  const recent = lane.starts.filter((start) => start.id !== id && now - Date.parse(start.at) < MINUTE_MS);
  return { ...lane, usedAt: iso(now), starts: [...recent, { id, at: iso(now) }] };
};

const waitUntil = (lane: Lane, until: number, now: number): PaceAdmission => ({
  kind: 'waiting',
  lane,
  until: iso(Math.min(Math.max(until, now + 1_000), now + LONGEST_WAIT_MS)),
});

/** Before the trials are seen to have worked: the repair becomes a trial where there is room for one more. */
const asTrial = (lane: Lane, own: Entrant, ahead: number, now: number): PaceAdmission => {
  const underWay = lane.trials.filter(({ at, isProven }) => !isProven && now - Date.parse(at) < TRIAL_MS);
  if (ahead >= TRIALS - provenIn(lane) - underWay.length)
    return waitUntil(lane, now + MINUTE_MS * (1 + ahead / EACH_MINUTE), now);
  const trials = lane.trials.filter((one) => one.isProven || underWay.includes(one));
  const trial = { id: own.id, key: own.key, at: iso(now) };
  return { kind: 'admitted', lane: withStart({ ...lane, trials: [...trials, trial] }, own, now) };
};

/**
 * After the trials: at most `EACH_MINUTE` repairs begin within a minute. A later one begins when earlier starts are a minute old.
 */
const inTurn = (lane: Lane, own: Entrant, ahead: number, now: number): PaceAdmission => {
  const begun = lane.starts.map(({ at }) => Date.parse(at)).filter((at) => now - at < MINUTE_MS);
  const late = ahead - (EACH_MINUTE - begun.length);
  if (late < 0) return { kind: 'admitted', lane: withStart(lane, own, now) };
  const since = begun.toSorted((a, b) => a - b)[late % EACH_MINUTE] ?? now;
  return waitUntil(lane, since + MINUTE_MS * (1 + Math.floor(late / EACH_MINUTE)), now);
};

const hasBegun = ({ starts, trials }: Lane, { id }: Entrant, now: number): boolean =>
  starts.some((start) => start.id === id && now - Date.parse(start.at) < MINUTE_MS) ||
  trials.some((trial) => trial.id === id && !trial.isProven && now - Date.parse(trial.at) < TRIAL_MS);

/**
 * Whether a repair may begin now, while a systemic cause is likely: first a few in order of their deadlines; once these are seen
 * to have worked, the rest, ten a minute. A repair that was admitted, and asks again because its activity was repeated or its
 * target was busy, is admitted again. `ahead`: how many repairs with a nearer deadline wait. `now`: ms since 1970.
 */
export const admit = (row: Lane | undefined, own: Entrant, ahead: number, now: number): PaceAdmission => {
  const lane = row === undefined || isIdle(row, now) ? opened(now) : row;
  if (hasBegun(lane, own, now)) return { kind: 'admitted', lane };
  const gathered = Date.parse(lane.openedAt) + GATHER_MS;
  if (now < gathered) return waitUntil(lane, gathered, now);
  return provenIn(lane) < TRIALS ? asTrial(lane, own, ahead, now) : inTurn(lane, own, ahead, now);
};

/** The trials of this key that no look has seen to have worked yet. */
export const openTrials = ({ trials }: Lane, key: string): readonly string[] =>
  trials.flatMap((trial) => (trial.key === key && !trial.isProven ? [trial.id] : []));

/** The lane after these trials were seen to have worked; `undefined` where nothing changes. */
export const proven = (lane: Lane | undefined, ids: readonly string[], now: number): Lane | undefined => {
  const isNews = lane?.trials.some(({ id, isProven }) => !isProven && ids.includes(id));
  if (!lane || !isNews) return undefined;
  const trials = lane.trials.map((one) => (ids.includes(one.id) ? { ...one, isProven: true as const } : one));
  return { ...lane, usedAt: iso(now), trials };
};

/** The lane without a trial that failed: another repair takes its place. `undefined` where this repair was no trial. */
export const withoutTrial = (lane: Lane | undefined, id: string): Lane | undefined =>
  lane?.trials.some((one) => one.id === id && !one.isProven)
    ? { ...lane, trials: lane.trials.filter((one) => one.id !== id || one.isProven) }
    : undefined;

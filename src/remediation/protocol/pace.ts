/** As many are tried first, and the rest waits until so many are seen well. */
export const TRIALS = 5;
/** As many begin within a minute once the trials are seen well. */
export const EACH_MINUTE = 10;

const MINUTE_MS = 60_000;
/** Keys that a sweep wakes together ask within so long: whoever has the nearest deadline may be the last of them. */
const GATHER_MS = 30_000;
/** A trial that is not seen well for so long proves nothing, and keeps nobody else from being one. */
const TRIAL_MS = 10 * MINUTE_MS;
/** What was proven so long ago, with nothing since, is proven anew. */
const IDLE_MS = 60 * MINUTE_MS;
/** Whoever waits asks again at least so often, so that its instance does not outlive its hour. */
const LONGEST_WAIT_MS = 15 * MINUTE_MS;
/** Whoever has not asked again for so long after it should have is dead, and keeps nobody waiting. */
const LATE_MS = 2 * MINUTE_MS;

/** A repair that wants to begin. `id`: of its step; `key`: whose next look tells whether it did well. */
export type Entrant = { readonly id: string; readonly key: string };

/** One that was let begin, and when (ISO 8601). */
type Start = { readonly id: string; readonly at: string };
type Trial = Start & { readonly key: string; readonly isProven?: true };

/** The row of a kind of repair: what all instances share. */
export type Lane = {
  readonly openedAt: string;
  readonly usedAt: string;
  readonly trials: readonly Trial[];
  /** The starts of the last minute. */
  readonly starts: readonly Start[];
};

/** `waiting` changes nothing but, where the lane is new, that it is open now. */
export type PaceAdmission =
  | { readonly kind: 'admitted'; readonly lane: Lane }
  | { readonly kind: 'waiting'; readonly lane: Lane; readonly until: string };

const iso = (instant: number): string => new Date(instant).toISOString();

const opened = (now: number): Lane => ({ openedAt: iso(now), usedAt: iso(now), trials: [], starts: [] });

const isIdle = (lane: Lane, now: number): boolean => now - Date.parse(lane.usedAt) > IDLE_MS;

/** Whether one who was told to ask again at this time (ISO 8601) still waits. */
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

/** Before the first ones are seen well: a trial, where fewer than that are under way. */
const asTrial = (lane: Lane, own: Entrant, ahead: number, now: number): PaceAdmission => {
  const underWay = lane.trials.filter(({ at, isProven }) => !isProven && now - Date.parse(at) < TRIAL_MS);
  if (ahead >= TRIALS - provenIn(lane) - underWay.length)
    return waitUntil(lane, now + MINUTE_MS * (1 + ahead / EACH_MINUTE), now);
  const trials = lane.trials.filter((one) => one.isProven || underWay.includes(one));
  const trial = { id: own.id, key: own.key, at: iso(now) };
  return { kind: 'admitted', lane: withStart({ ...lane, trials: [...trials, trial] }, own, now) };
};

/** Afterwards: as many as may begin in the minute that ends now; who comes later begins when their starts are a minute old. */
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
 * Whether a repair may begin now, while a systemic cause is likely: the first few in order of their deadlines, the rest once
 * those are seen well, ten a minute. Whoever was let begin and asks again, since its activity was repeated or its target was
 * busy, may still. `ahead`: how many wait whose deadline is nearer. `now`: ms since 1970.
 */
export const admit = (row: Lane | undefined, own: Entrant, ahead: number, now: number): PaceAdmission => {
  const lane = row === undefined || isIdle(row, now) ? opened(now) : row;
  if (hasBegun(lane, own, now)) return { kind: 'admitted', lane };
  const gathered = Date.parse(lane.openedAt) + GATHER_MS;
  if (now < gathered) return waitUntil(lane, gathered, now);
  return provenIn(lane) < TRIALS ? asTrial(lane, own, ahead, now) : inTurn(lane, own, ahead, now);
};

/** The trials of this key that nobody has seen well yet. */
export const openTrials = ({ trials }: Lane, key: string): readonly string[] =>
  trials.flatMap((trial) => (trial.key === key && !trial.isProven ? [trial.id] : []));

/** The lane once these trials were seen well; `undefined` where that is no news. */
export const proven = (lane: Lane | undefined, ids: readonly string[], now: number): Lane | undefined => {
  const isNews = lane?.trials.some(({ id, isProven }) => !isProven && ids.includes(id));
  if (!lane || !isNews) return undefined;
  const trials = lane.trials.map((one) => (ids.includes(one.id) ? { ...one, isProven: true as const } : one));
  return { ...lane, usedAt: iso(now), trials };
};

/** The lane without a trial that did not end well: another takes its place. `undefined` where it was none. */
export const withoutTrial = (lane: Lane | undefined, id: string): Lane | undefined =>
  lane?.trials.some((one) => one.id === id && !one.isProven)
    ? { ...lane, trials: lane.trials.filter((one) => one.id !== id || one.isProven) }
    : undefined;

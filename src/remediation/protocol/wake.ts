/**
 * The row of one key. `wanted` is the number of its last wake-up; `assessed` is the highest number that an assess has covered.
 * Numbers are used instead of flags: with a busy flag, a late duplicate of an activity could make a wake-up rely on a run that
 * has already looked.
 */
export type KeyRow = {
  readonly keyId: string;
  readonly wanted: number;
  readonly assessed: number;
  /** How many instances of this key were replaced because they outlived their time; left out where none was. */
  readonly generation?: number;
};

/** The row after a wake-up, whose number is the new `wanted`. The sender remembers `assessed` of the row before. */
export const raise = (row: KeyRow | undefined, keyId: string): KeyRow => ({
  keyId,
  wanted: (row?.wanted ?? 0) + 1,
  assessed: row?.assessed ?? 0,
  ...(row?.generation !== undefined && { generation: row.generation }),
});

/**
 * The row after a run that read `wanted` before it observed; `undefined` where a wake-up came since, so that the run must assess
 * again.
 */
export const settle = (row: KeyRow, wanted: number): KeyRow | undefined =>
  row.wanted === wanted ? { ...row, assessed: wanted } : undefined;

/** The row after the instance of this generation is given up; `undefined` where another process has done that already. */
export const giveUp = (row: KeyRow, generation: number): KeyRow | undefined =>
  (row.generation ?? 0) === generation ? { ...row, generation: generation + 1 } : undefined;

/**
 * The row that points at the next generation, before the history of its ended instance is purged: no wake-up may start an
 * instance whose history is being removed. `undefined` where a wake-up still waits for an assess, which that instance may be
 * about to begin.
 */
export const leave = (row: KeyRow, generation: number): KeyRow | undefined =>
  isForgotten(row) ? undefined : giveUp(row, generation);

/** Whether a run with this number has nothing left to look at, and must end at once. */
export const alreadyAssessed = (row: KeyRow | undefined, number: number): boolean =>
  row !== undefined && number <= row.assessed;

/** Whether a wake-up that could not start a run may rely on the run that lives. If not, its sender must deliver it again. */
export const coveredBy = (runningNumber: number, rememberedAssessed: number): boolean =>
  runningNumber > rememberedAssessed;

/** Whether no assess has covered the last wake-up: the sweep wakes such a key again where it has no live instance. */
export const isForgotten = (row: KeyRow): boolean => row.wanted > row.assessed;

/**
 * The row of one key. `wanted` is the number of its last wake-up; `assessed` is the highest number that an assess has
 * covered. Numbers instead of flags: with a busy flag, a late duplicate of an activity makes a wake-up believe in a
 * run that has already looked.
 */
export type KeyRow = {
  readonly keyId: string;
  readonly wanted: number;
  readonly assessed: number;
  /** How many instances of this key have been replaced, since they outlived their time; none where left out. */
  readonly generation?: number;
};

/** A wake-up: its number is the new `wanted`. The sender remembers `assessed` of the row it replaced. */
export const raise = (row: KeyRow | undefined, keyId: string): KeyRow => ({
  keyId,
  wanted: (row?.wanted ?? 0) + 1,
  assessed: row?.assessed ?? 0,
  ...(row?.generation !== undefined && { generation: row.generation }),
});

/** The row after a run that read `wanted` before it observed; `undefined` when a wake-up came since: assess again. */
export const settle = (row: KeyRow, wanted: number): KeyRow | undefined =>
  row.wanted === wanted ? { ...row, assessed: wanted } : undefined;

/** The row once the instance of this generation is given up; `undefined` where somebody else has done that already. */
export const giveUp = (row: KeyRow, generation: number): KeyRow | undefined =>
  (row.generation ?? 0) === generation ? { ...row, generation: generation + 1 } : undefined;

/**
 * The row that points at the next generation, once its instance has ended and is to be purged: no wake-up may start an instance
 * while its history is taken away. `undefined` where a wake-up still waits for an assess, which that instance may be about to begin.
 */
export const leave = (row: KeyRow, generation: number): KeyRow | undefined =>
  isForgotten(row) ? undefined : giveUp(row, generation);

/** A run with this number has nothing left to look at and ends at once. */
export const alreadyAssessed = (row: KeyRow | undefined, number: number): boolean =>
  row !== undefined && number <= row.assessed;

/** Whether a wake-up that could not start a run may rely on the one that lives. Else its sender must deliver again. */
export const coveredBy = (runningNumber: number, rememberedAssessed: number): boolean =>
  runningNumber > rememberedAssessed;

/** A wake-up that no assess has covered: the sweep wakes such a key again when it has no live instance. */
export const isForgotten = (row: KeyRow): boolean => row.wanted > row.assessed;

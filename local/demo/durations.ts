import type { Row } from './row.ts';

const firstOf = (rows: readonly Row[], stage: string): number | undefined =>
  rows.find((row) => row.stage === stage)?.at;

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;

/** `lost ─ 150 s → detected ─ 0 s → …` of these stages, up to the last one that was reached. */
export const stageDurations = (rows: readonly Row[], stages: readonly string[]): string => {
  const reached = stages.flatMap((stage) => {
    const at = firstOf(rows, stage);
    return at === undefined ? [] : [{ stage, at }];
  });
  return reached
    .map(({ stage, at }, index) => {
      const before = reached[index - 1];
      return before ? ` ─ ${seconds(at - before.at)} → ${stage}` : stage;
    })
    .join('');
};

/** How long users were locked out, in virtual ms; undefined if they never were, or still are. */
export const timeLockedOut = (rows: readonly Row[]): number | undefined => {
  const from = firstOf(rows, 'locked out');
  const to = firstOf(rows, 'revalidated');
  return from === undefined || to === undefined ? undefined : to - from;
};

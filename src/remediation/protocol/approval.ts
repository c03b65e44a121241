import type { Approval } from '../model/records.ts';

/**
 * An approval with what became of it. `used`: steps whose outcome used it up. Each approval counts its own, so that a
 * person who approves the same step anew, after somebody undid it, is heard.
 */
export type ApprovalRow = Approval & { readonly used: readonly string[] };

/** The steps that this approval still allows in this incident, at this moment. */
export const standingSteps = (row: ApprovalRow, incident: string, now: string): readonly string[] => {
  if (row.incident !== incident || Date.parse(row.expires) <= Date.parse(now)) return [];
  return row.stepIds.filter((step) => !row.used.includes(step));
};

/** Read by policy when it decides and by the write activity right before it sends. */
export const isApproved = (
  rows: readonly ApprovalRow[],
  step: { readonly stepId: string; readonly incident: string },
  now: string,
): boolean => rows.some((row) => standingSteps(row, step.incident, now).includes(step.stepId));

/**
 * The row after an outcome `done` of the step, or one that is `unknown`: who was approved once may not undo a second,
 * deliberate act by the same approval. `undefined` when nothing changes.
 */
export const useUp = (row: ApprovalRow, stepId: string): ApprovalRow | undefined =>
  row.stepIds.includes(stepId) && !row.used.includes(stepId) ? { ...row, used: [...row.used, stepId] } : undefined;

/** Whether every step of a plan was part of another: then what was said of that one holds for this one. */
export const isPartOf = (stepIds: readonly string[], whole: readonly string[]): boolean =>
  stepIds.every((step) => whole.includes(step));

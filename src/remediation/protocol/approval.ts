import type { Approval } from '../model/records.ts';
import type { LedgerRow } from './ledger.ts';

/**
 * An approval with what became of it. `used`: steps whose outcome used it up. Each approval counts its own, so that a
 * person who approves the same step anew, after somebody undid it, is heard.
 */
export type ApprovalRow = Approval & { readonly used: readonly string[] };

/** What an approver may have said beside the yes. An approval of before has none of it, and says the same as ever. */
export const saidBeside = ({ name, comment, ticket }: Pick<Approval, 'name' | 'comment' | 'ticket'>) => ({
  ...(name !== undefined && { name }),
  ...(comment !== undefined && { comment }),
  ...(ticket !== undefined && { ticket }),
});

/** The steps that this approval still allows in this incident, at this moment. */
export const standingSteps = (row: ApprovalRow, incident: string, now: string): readonly string[] => {
  if (row.incident !== incident || Date.parse(row.expires) <= Date.parse(now)) return [];
  return row.stepIds.filter((step) => !row.used.includes(step));
};

/** What the store (`standingSteps`) and policy (`hasApproval`) answer together: one rule for the model that plays every order of events. */
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

/** The approvals without the steps that, as the chain tells, have ended since in their incident, or may have. */
export const withoutUsed = (approvals: readonly Approval[], chain: readonly LedgerRow[]): readonly Approval[] => {
  const ended = chain.filter(({ outcome }) => outcome === 'done' || outcome === 'unknown');
  const isUsed = ({ incident, at }: Approval, step: string): boolean =>
    ended.some((row) => row.incident === incident && row.stepId === step && Date.parse(row.at) >= Date.parse(at));
  return approvals
    .map((approval) => ({ ...approval, stepIds: approval.stepIds.filter((step) => !isUsed(approval, step)) }))
    .filter(({ stepIds }) => stepIds.length > 0);
};

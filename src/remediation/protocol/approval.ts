import type { Approval } from '../model/records.ts';
import type { LedgerRow } from './ledger.ts';

/**
 * An approval and its use. `used`: steps whose outcome has used it up. Each approval has its own list: a person may approve the
 * same step again after somebody undid it.
 */
export type ApprovalRow = Approval & { readonly used: readonly string[] };

/**
 * The name, comment and ticket of an approval, as far as there are any. An approval of an older release has none, and its entry
 * must keep its hash.
 */
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

/**
 * Whether a step is approved: the rule of the store (`standingSteps`) and of the policy (`hasApproval`) as one, for the model in
 * the tests that plays every order of events.
 */
export const isApproved = (
  rows: readonly ApprovalRow[],
  step: { readonly stepId: string; readonly incident: string },
  now: string,
): boolean => rows.some((row) => standingSteps(row, step.incident, now).includes(step.stepId));

/**
 * The row after an outcome `done` or `unknown` of the step: the same approval must not undo a second, deliberate act. `undefined`
 * where nothing changes.
 */
export const useUp = (row: ApprovalRow, stepId: string): ApprovalRow | undefined =>
  row.stepIds.includes(stepId) && !row.used.includes(stepId) ? { ...row, used: [...row.used, stepId] } : undefined;

/** Whether every step of a plan was part of another plan: then an answer to the other plan holds for this one. */
export const isPartOf = (stepIds: readonly string[], whole: readonly string[]): boolean =>
  stepIds.every((step) => whole.includes(step));

/** The approvals without the steps that have ended since in the incident, or may have ended, as the chain shows. */
export const withoutUsed = (approvals: readonly Approval[], chain: readonly LedgerRow[]): readonly Approval[] => {
  const ended = chain.filter(({ outcome }) => outcome === 'done' || outcome === 'unknown');
  const isUsed = ({ incident, at }: Approval, step: string): boolean =>
    ended.some((row) => row.incident === incident && row.stepId === step && Date.parse(row.at) >= Date.parse(at));
  return approvals
    .map((approval) => ({ ...approval, stepIds: approval.stepIds.filter((step) => !isUsed(approval, step)) }))
    .filter(({ stepIds }) => stepIds.length > 0);
};

import { parseKeyId } from '../model/key-ref.ts';
import type { Attempt, PolicyRecords } from '../model/records.ts';

/**
 * The attempts of this incident that still count: a later request or approval of the step wants it tried again, and one that
 * waited for a person's change does so no more once something in its way was changed.
 */
export const standingAttempts = ({
  attempts,
  requests,
  approvals,
  wayChangedAt,
}: Pick<PolicyRecords, 'attempts' | 'requests' | 'approvals' | 'wayChangedAt'>): readonly Attempt[] =>
  attempts.filter(
    (attempt) =>
      !(attempt.cure === 'change' && wayChangedAt !== undefined && isLater({ at: wayChangedAt }, attempt)) &&
      !requests.some((request) => isLater(request, attempt) && isFor(request, attempt)) &&
      !approvals.some((approval) => isLater(approval, attempt) && approval.stepIds.includes(attempt.stepId)),
  );

const isLater = (wish: { readonly at: string }, attempt: Attempt): boolean => new Date(wish.at) > new Date(attempt.at);

/** A request that names the key asks for the step on whatever hangs on it. */
const isFor = ({ step, target }: PolicyRecords['requests'][number], attempt: Attempt): boolean =>
  step === attempt.step && (parseKeyId(target) !== undefined || target.toLowerCase() === attempt.target.toLowerCase());

import { parseKeyId } from '../model/key-ref.ts';
import { oncePer } from '../model/once-per.ts';
import type { Attempt, PolicyRecords } from '../model/records.ts';

/**
 * The attempts of this incident that still count. An attempt does not count where a later request or approval wants the step
 * tried again. An attempt that waited for a change by a person does not count once somebody has changed something that may have
 * blocked it.
 */
export const standingAttempts = oncePer(
  ({
    attempts,
    requests,
    approvals,
    wayChangedAt,
  }: Pick<PolicyRecords, 'attempts' | 'requests' | 'approvals' | 'wayChangedAt'>): readonly Attempt[] => {
    const asked = Map.groupBy(requests, ({ step }) => step);
    const approved = lastApproved(approvals);
    return attempts.filter(
      (attempt) =>
        !(attempt.cure === 'change' && wayChangedAt !== undefined && isLater({ at: wayChangedAt }, attempt)) &&
        !asked.get(attempt.step)?.some((request) => isLater(request, attempt) && isFor(request, attempt)) &&
        !((approved.get(attempt.stepId) ?? Number.NEGATIVE_INFINITY) > Date.parse(attempt.at)),
    );
  },
);

/** When each step was last approved, in ms. */
const lastApproved = (approvals: PolicyRecords['approvals']): ReadonlyMap<string, number> => {
  const last = new Map<string, number>();
  for (const { at, stepIds } of approvals)
    for (const id of stepIds) last.set(id, Math.max(Date.parse(at), last.get(id) ?? Number.NEGATIVE_INFINITY));
  return last;
};

const isLater = (wish: { readonly at: string }, attempt: Attempt): boolean => new Date(wish.at) > new Date(attempt.at);

/** A request that names the key asks for the step on every consumer of the key. */
const isFor = ({ step, target }: PolicyRecords['requests'][number], attempt: Attempt): boolean =>
  step === attempt.step && (parseKeyId(target) !== undefined || target.toLowerCase() === attempt.target.toLowerCase());

import type { Cure } from '../../remediation/model/records.ts';
import { classify } from './classify.ts';
import type { Failure } from './failure.ts';
import { byDenyAssignment } from './refusals/by-deny-assignment.ts';
import { byCapacity, byQuota, byRoleAssignmentLimit } from './refusals/by-limit.ts';
import { byLock } from './refusals/by-lock.ts';
import { byGroup, byProvider, byReadOnlyVault, bySubscription } from './refusals/by-place.ts';
import { byPolicy } from './refusals/by-policy.ts';
import { codes, type WriteRefusal } from './refusals/refusal.ts';
import type { CallSubject } from './subject.ts';

/** The first match decides. Rules on codes come before rules on texts, because a text may mention anything. */
const REFUSALS: readonly WriteRefusal[] = [
  byLock,
  bySubscription,
  byProvider,
  byGroup,
  byRoleAssignmentLimit,
  byCapacity,
  byDenyAssignment,
  byPolicy,
  byQuota,
  byReadOnlyVault,
];

/** The known reason of Azure's refusal, if any. */
export const refusalOf = (failure: Failure, subject: CallSubject): WriteRefusal | undefined =>
  REFUSALS.find((one) => one.fits(failure, subject));

/** Codes of refusals that only a person can end, although Azure's text alone does not say how. */
const BY_PEOPLE = codes('InvalidAuthenticationTokenTenant', 'SubscriptionNotFound', 'ResourceGroupNotFound');

/** The event that ends the refusal of a write. A person gives the product a missing right. `undefined`: unknown. */
export const cureOf = (failure: Failure, subject: CallSubject): Cure | undefined => {
  const isForPeople = classify(failure) === 'denied' || BY_PEOPLE(failure);
  return refusalOf(failure, subject)?.cure ?? (isForPeople ? 'change' : undefined);
};

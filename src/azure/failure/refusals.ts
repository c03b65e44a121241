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

/** The first that fits tells. Codes come before words: a text may speak of anything. */
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

/** Why Azure said no, where that is known. */
export const refusalOf = (failure: Failure, subject: CallSubject): WriteRefusal | undefined =>
  REFUSALS.find((one) => one.fits(failure, subject));

/** What nobody but a person mends, though Azure's words alone do not tell how. */
const BY_PEOPLE = codes('InvalidAuthenticationTokenTenant', 'SubscriptionNotFound', 'ResourceGroupNotFound');

/** What ends a refusal of a write: a right of ours that is missing is given by a person. `undefined`: nobody knows. */
export const cureOf = (failure: Failure, subject: CallSubject): Cure | undefined => {
  const isForPeople = classify(failure) === 'denied' || BY_PEOPLE(failure);
  return refusalOf(failure, subject)?.cure ?? (isForPeople ? 'change' : undefined);
};

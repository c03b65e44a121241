import { type Access, type ConsumerFacts, type Fact, type KeyObservation, unknown } from '../model/facts.ts';
import type { KeyPermission } from '../model/key-permission.ts';
import { missingPermissions } from './needed-permissions.ts';

/**
 * The permissions of a consumer's identity on the key. `absent` where the consumer has no identity, `unknown` where the look did
 * not ask.
 */
export const accessOf = (
  { principalId }: Pick<ConsumerFacts, 'principalId'>,
  { access }: KeyObservation,
): Fact<Access> =>
  principalId.kind === 'present'
    ? (access?.[principalId.value.toLowerCase()] ?? unknown('what the identity may do was not asked for'))
    : principalId;

/** Whether the look asked what the identity of a consumer may do. */
export const isAccessAsked = (
  { principalId }: Pick<ConsumerFacts, 'principalId'>,
  { access }: KeyObservation,
): boolean => principalId.kind === 'present' && access?.[principalId.value.toLowerCase()] !== undefined;

/** The permissions that a consumer needs and does not have; `undefined` where the product cannot tell. */
export const missingOf = (
  consumer: ConsumerFacts,
  observation: KeyObservation,
): readonly KeyPermission[] | undefined => {
  const access = accessOf(consumer, observation);
  return access.kind === 'present' ? missingPermissions(consumer.kind, access.value.permissions) : undefined;
};

/** The permissions that a consumer needs and is known not to have; empty where the product cannot tell. */
export const lackedBy = (consumer: ConsumerFacts, observation: KeyObservation): readonly KeyPermission[] =>
  missingOf(consumer, observation) ?? [];

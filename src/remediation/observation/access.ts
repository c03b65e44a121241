import {
  type Access,
  absent,
  type ConsumerFacts,
  type Fact,
  type KeyObservation,
  type KeyPermission,
} from '../model/facts.ts';
import { missingPermissions } from './needed-permissions.ts';

/** What the identity of a consumer may do with the key; `absent` where it has none, or nobody has asked. */
export const accessOf = (
  { principalId }: Pick<ConsumerFacts, 'principalId'>,
  { access }: KeyObservation,
): Fact<Access> => (principalId.kind === 'present' ? (access?.[principalId.value.toLowerCase()] ?? absent) : absent);

/** What a consumer needs and is known not to have; empty where nobody could tell. */
export const lackedBy = (consumer: ConsumerFacts, observation: KeyObservation): readonly KeyPermission[] => {
  const access = accessOf(consumer, observation);
  return access.kind === 'present' ? missingPermissions(consumer.kind, access.value.permissions) : [];
};

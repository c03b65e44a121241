import type { EncryptionSetIdentity } from '@azure/arm-compute/models/computeDisk';
import { absent, type ConsumerFacts, present, unknown } from '../../remediation/model/facts.ts';

/**
 * With which identity a disk encryption set uses its key: its own where it has one, else its user-assigned one. Azure does
 * not say which of several that would be.
 */
export const identityOfSet = (
  name: string,
  { principalId, type, userAssignedIdentities }: EncryptionSetIdentity = {},
): Pick<ConsumerFacts, 'principalId' | 'identity'> => {
  if (type?.includes('SystemAssigned'))
    return { principalId: principalId ? present(principalId.toLowerCase()) : absent, identity: { kind: 'system' } };
  const [first, ...more] = Object.entries(userAssignedIdentities ?? {});
  if (!first) return { principalId: absent };
  if (more.length > 0)
    return { principalId: unknown(`set ${name} has ${more.length + 1} identities and does not say which one it uses`) };
  const [id, stated] = first;
  return {
    principalId: stated.principalId
      ? present(stated.principalId.toLowerCase())
      : unknown(`set ${name} states no principal of ${id}`),
    identity: { kind: 'user', id: id.toLowerCase() },
  };
};

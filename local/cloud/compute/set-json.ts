import { COMPUTE_TYPES } from './compute-resource.ts';
import type { DiskEncryptionSet, SetIdentity, SetKey } from './disk-encryption-set.ts';

const keyJson = ({ keyUrl, sourceVault }: SetKey) => ({
  ...(sourceVault ? { sourceVault: { id: sourceVault } } : {}),
  keyUrl,
});

const identityJson = ({ system, user }: SetIdentity) => {
  const types = [...(system ? ['SystemAssigned'] : []), ...(Object.keys(user).length > 0 ? ['UserAssigned'] : [])];
  return {
    type: types.join(', ') || 'None',
    ...system,
    ...(Object.keys(user).length > 0 ? { userAssignedIdentities: user } : {}),
  };
};

/** `DiskEncryptionSet` of Microsoft.Compute 2025-01-02. */
export const setJson = (set: DiskEncryptionSet, provisioningState: 'Updating' | 'Succeeded' = 'Succeeded') => ({
  id: set.id,
  name: set.name,
  type: COMPUTE_TYPES.set,
  location: set.location,
  tags: set.tags,
  identity: identityJson(set.identity),
  properties: {
    activeKey: keyJson(set.activeKey),
    ...(set.previousKeys.length > 0 ? { previousKeys: set.previousKeys.map(keyJson) } : {}),
    encryptionType: set.encryptionType,
    rotationToLatestKeyVersionEnabled: set.rotationToLatestKeyVersionEnabled,
    ...(set.lastKeyRotationAt ? { lastKeyRotationTimestamp: new Date(set.lastKeyRotationAt).toISOString() } : {}),
    ...(set.autoKeyRotationError ? { autoKeyRotationError: set.autoKeyRotationError } : {}),
    ...(set.federatedClientId ? { federatedClientId: set.federatedClientId } : {}),
    provisioningState,
  },
});

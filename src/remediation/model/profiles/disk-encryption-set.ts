import { byName, command } from '../command.ts';
import { FAULTS, type FaultEffect } from '../faults.ts';
import type { Profile } from './profile.ts';

const NO_NEW_WRAP = 'running machines go on, but none with such a disk starts again (azure-docs issue 121652)';
const cannotWrap: FaultEffect = { effect: 'weakens', because: NO_NEW_WRAP };

/** A disk encryption set, together with the disks that use its key. */
export const diskEncryptionSet: Profile = {
  noun: 'disk encryption set',
  resourceType: 'microsoft.compute/diskencryptionsets',
  parts: [],
  migratesTo: 'never',
  hasKey: 'always',

  // learn.microsoft.com/azure/virtual-machines/disk-encryption
  needs: ['get', 'unwrapKey', 'wrapKey'],
  keys: { types: ['RSA', 'RSA-HSM'], sizes: [2048, 3072, 4096] },
  retentionDays: 0,
  identities: ['system', 'user'],
  readsVault: true,
  trusted: 'yes',

  copies: 'none',
  // A set can be made to name any key, also a deleted one, and does not show whether it can use the key.
  isMadeWithKey: false,
  stateProvesKey: false,
  triesByItself: false,
  rotatesByItself: true,
  // "Version segment of the Url is required regardless of rotationToLatestKeyVersionEnabled value" (DiskRP).
  namesVersion: { names: 'always' },
  hasMachines: true,
  hasHealth: false,

  sameKeyUpdate: 'looksAgain',
  mayBeRepointed: true,
  actions: {
    read: ['Microsoft.Compute/diskEncryptionSets/read'],
    setKey: ['Microsoft.Compute/diskEncryptionSets/write', 'Microsoft.Compute/locations/diskOperations/read'],
    assignIdentity: [],
  },
  commands: {
    setKey: ({ id, kid }) => command('az disk-encryption-set update', { ids: id, 'key-url': kid }),
    assignIdentity: ({ id, userAssigned }) =>
      command('az disk-encryption-set identity assign', {
        ...byName(id),
        ...(userAssigned === '' ? { 'system-assigned': true } : { 'user-assigned': userAssigned }),
      }),
  },

  effects: {
    keyNotYetActive: cannotWrap,
    keyExpired: cannotWrap,
    keyCannotWrap: cannotWrap,
    keyNearExpiry: { effect: 'weakens', because: `after the expiry ${NO_NEW_WRAP}` },
    consumerInaccessible: FAULTS.consumerInaccessible,
  },
  withoutKey:
    'its disks lose their key within the hour, and no machine with such a disk starts (learn.microsoft.com/azure/virtual-machines/disk-encryption)',
  acceptanceRows: { identityMissing: ['S1.18'], accessMissing: ['S1.19', 'S1.32'] },
  postureRows: ['every', 'disks'],
};

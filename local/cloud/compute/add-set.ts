import { parseKeyIdentifier } from '../key-vault/key-identifier.ts';
import type { World } from '../service.ts';
import { COMPUTE_TYPES, type ComputePlace } from './compute-resource.ts';
import type { DiskEncryptionSet, EncryptionType } from './disk-encryption-set.ts';
import { placed } from './place.ts';

/** Without `identities` (resource ids of user-assigned ones) the set gets an identity of its own. */
export type SetSpec = ComputePlace & {
  keyUrl: string;
  sourceVault?: string;
  encryptionType?: EncryptionType;
  identities?: string[];
  rotationToLatestKeyVersionEnabled?: boolean;
  federatedClientId?: string;
};

export const newSet = (world: World, spec: SetSpec): DiskEncryptionSet => {
  const { keyUrl, sourceVault, federatedClientId, identities = [] } = spec;
  if (parseKeyIdentifier(keyUrl)?.version === undefined)
    throw new Error(`'${keyUrl}' is not a key with its version: https://{vault}.vault.azure.net/keys/{key}/{version}.`);
  const set: DiskEncryptionSet = {
    ...placed(world, COMPUTE_TYPES.set, spec),
    encryptionType: spec.encryptionType ?? 'EncryptionAtRestWithCustomerKey',
    identity: { user: {} },
    activeKey: { keyUrl, ...(sourceVault === undefined ? {} : { sourceVault }) },
    previousKeys: [],
    rotationToLatestKeyVersionEnabled: spec.rotationToLatestKeyVersionEnabled ?? false,
    ...(federatedClientId === undefined ? {} : { federatedClientId }),
  };
  if (identities.length === 0) assignOwnIdentity(world, set);
  for (const id of identities) assignUserIdentity(world, set, id);
  return set;
};

/** Gives the set its system-assigned identity; a new identity if Entra no longer knows the old one. */
export const assignOwnIdentity = (world: World, set: DiskEncryptionSet): void => {
  const { objectId, tenantId } = world.entra.managedIdentity(set.id) ?? world.entra.createSystemIdentity(set.id);
  set.identity.system = { principalId: objectId, tenantId };
};

export const assignUserIdentity = (world: World, { identity }: DiskEncryptionSet, id: string): void => {
  const principal = world.entra.managedIdentity(id) ?? world.entra.createUserIdentity(id);
  identity.user[id] = { principalId: principal.objectId, clientId: principal.appId ?? principal.objectId };
};

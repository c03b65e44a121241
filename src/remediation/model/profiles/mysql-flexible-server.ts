import { apiVersion } from '../api-versions.ts';
import type { Json } from '../canonical.ts';
import { byName, command } from '../command.ts';
import type { FaultEffect } from '../faults.ts';
import { patchCommand } from '../patch-command.ts';
import type { Profile } from './profile.ts';

const NO_WRAP =
  'Microsoft keeps it accessible by design, as Key Vault still unwraps, but no restore, replica or key change can wrap a data key (learn.microsoft.com/azure/mysql/flexible-server/security-customer-managed-key)';
const cannotWrap: FaultEffect = { effect: 'weakens', because: NO_WRAP };

/** The CLI takes no key without an identity, and every identity must be named. */
const some = (userAssigned: string): string => userAssigned || '<id of an identity>';

const withIdentity = (userAssigned: string) => ({
  identity: { type: 'UserAssigned', userAssignedIdentities: { [some(userAssigned)]: {} } },
});

const withKey = (kid: string, userAssigned: string) => ({
  type: 'AzureKeyVault',
  primaryKeyURI: kid,
  primaryUserAssignedIdentityId: some(userAssigned),
});

/**
 * The Azure CLI refuses to set the key or identity of a replica before it asks the service. No document says whether the service
 * accepts it.
 */
const patchReplica = (id: string, body: Json): string =>
  `${patchCommand(id, apiVersion('Microsoft.DBforMySQL/flexibleServers'), body)} (it is a replica: if the service refuses, do it on its source)`;

/** Azure Database for MySQL, flexible server. */
export const mysqlFlexibleServer: Profile = {
  noun: 'flexible server',
  resourceType: 'microsoft.dbformysql/flexibleservers',
  parts: [],
  migratesTo: 'never',
  hasKey: { property: 'dataEncryption.type', is: 'AzureKeyVault' },

  // A flexible server also needs `list` (learn.microsoft.com/azure/mysql/flexible-server/security-customer-managed-key).
  needs: ['get', 'list', 'unwrapKey', 'wrapKey'],
  keys: { types: ['RSA', 'RSA-HSM'], sizes: [2048, 3072, 4096] },
  retentionDays: 90,
  identities: ['user'],
  readsVault: false,
  trusted: 'yes',

  copies: 'stateSource',
  isMadeWithKey: true,
  stateProvesKey: true,
  triesByItself: true,
  rotatesByItself: false,
  // No document mentions a flexible server whose key has no version.
  namesVersion: { names: 'always' },
  hasMachines: false,
  hasHealth: false,

  sameKeyUpdate: { mayBeIgnored: 'Data encryption, and choose Revalidate' },
  mayBeRepointed: true,
  actions: {
    read: ['Microsoft.DBforMySQL/flexibleServers/read'],
    setKey: [
      'Microsoft.DBforMySQL/flexibleServers/write',
      'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
      'Microsoft.DBforMySQL/locations/azureAsyncOperation/read',
    ],
    assignIdentity: [],
  },
  commands: {
    setKey: ({ id, isReplica, kid, userAssigned }) =>
      isReplica
        ? patchReplica(id, {
            ...withIdentity(userAssigned),
            properties: { dataEncryption: withKey(kid, userAssigned) },
          })
        : command('az mysql flexible-server update', { ids: id, key: kid, identity: some(userAssigned) }),
    assignIdentity: ({ id, isReplica, userAssigned }) =>
      isReplica
        ? patchReplica(id, withIdentity(userAssigned))
        : command('az mysql flexible-server identity assign', {
            ...byName(id, 'server-name'),
            identity: some(userAssigned),
          }),
  },

  effects: {
    keyNotYetActive: cannotWrap,
    keyExpired: cannotWrap,
    keyCannotWrap: {
      effect: 'weakens',
      because: 'Key Vault still unwraps, but no restore, replica or key change can wrap a data key',
    },
    keyNearExpiry: { effect: 'weakens', because: `after the expiry ${NO_WRAP}` },
  },
  withoutKey: '',
  acceptanceRows: {},
  postureRows: ['every', 'servers'],
};

import { byName, command } from '../command.ts';
import type { FaultEffect } from '../faults.ts';
import type { Profile } from './profile.ts';

const NEEDS_WRAP =
  'a single server needs wrapKey, which Key Vault refuses outside the validity of the version (learn.microsoft.com/azure/mysql/single-server/concepts-data-encryption-mysql)';
const refusesToWrap: FaultEffect = { effect: 'stops', because: NEEDS_WRAP };

/** Azure Database for MySQL, single server: retired by Azure in 2024. */
export const mysqlSingleServer: Profile = {
  noun: 'single server',
  resourceType: 'microsoft.dbformysql/servers',
  parts: ['microsoft.dbformysql/servers/keys'],
  // Azure migrates a single server to a flexible server of the same name, in the same group
  // (learn.microsoft.com/azure/mysql/migrate/whats-happening-to-mysql-single-server).
  migratesTo: 'microsoft.dbformysql/flexibleservers',
  hasKey: { property: 'byokEnforcement', is: 'Enabled' },

  needs: ['get', 'unwrapKey', 'wrapKey'],
  keys: { types: ['RSA', 'RSA-HSM'], sizes: [2048] },
  // Microsoft demands this for MySQL: "soft delete with 90 days of retention".
  retentionDays: 90,
  identities: ['system'],
  readsVault: false,
  trusted: 'yes',

  // A replica names its master. A restored server does not name its source.
  copies: 'mayHideSource',
  isMadeWithKey: true,
  stateProvesKey: true,
  triesByItself: true,
  rotatesByItself: false,
  // The name of the key resource of a server holds the version.
  namesVersion: { names: 'always' },
  hasMachines: false,
  hasHealth: true,

  sameKeyUpdate: 'looksAgain',
  mayBeRepointed: true,
  actions: {
    read: ['Microsoft.DBforMySQL/servers/read', 'Microsoft.DBforMySQL/servers/keys/read'],
    setKey: ['Microsoft.DBforMySQL/servers/keys/write', 'Microsoft.DBforMySQL/locations/azureAsyncOperation/read'],
    assignIdentity: ['Microsoft.DBforMySQL/servers/write'],
  },
  commands: {
    setKey: ({ id, kid }) => command('az mysql server key create', { ...byName(id), kid }),
    assignIdentity: ({ id }) => command('az mysql server update', { ...byName(id), 'assign-identity': true }),
  },

  effects: {
    keyNotYetActive: refusesToWrap,
    keyExpired: refusesToWrap,
    keyCannotWrap: { effect: 'stops', because: 'a single server needs wrapKey, which its key does not permit' },
    keyNearExpiry: { effect: 'willStop', because: NEEDS_WRAP },
  },
  withoutKey: '',
  acceptanceRows: {},
  postureRows: ['every', 'servers', 'singles'],
};

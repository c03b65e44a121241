import type { ConsumerKind } from '../../model/facts.ts';

const LONG_OPERATION = [
  'Microsoft.DBforMySQL/locations/azureAsyncOperation/read',
  'Microsoft.DBforMySQL/locations/operationResults/read',
];

/** Vault and key version are read for their do-not-heal marks, right before the write. */
const MARKS = ['Microsoft.KeyVault/vaults/read', 'Microsoft.KeyVault/vaults/keys/read'];

const ACTIONS: Readonly<Record<ConsumerKind, readonly string[]>> = {
  mysqlSingleServer: [
    'Microsoft.DBforMySQL/servers/read',
    'Microsoft.DBforMySQL/servers/keys/read',
    'Microsoft.DBforMySQL/servers/keys/write',
    ...LONG_OPERATION,
  ],
  mysqlFlexibleServer: [
    'Microsoft.DBforMySQL/flexibleServers/read',
    'Microsoft.DBforMySQL/flexibleServers/write',
    'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
    ...LONG_OPERATION,
  ],
  diskEncryptionSet: [
    'Microsoft.Compute/diskEncryptionSets/read',
    'Microsoft.Compute/diskEncryptionSets/write',
    'Microsoft.Compute/locations/diskOperations/read',
  ],
};

/** Azure actions that setting the key of a consumer needs, the same one or another. */
export const actionsOnKeyOf = (kind: ConsumerKind): readonly string[] => [...MARKS, ...ACTIONS[kind]];

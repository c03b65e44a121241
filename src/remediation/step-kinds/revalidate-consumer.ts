import type { ConsumerKind } from '../facts.ts';
import type { SpecOf, StepKindOf } from './step-kind.ts';

type Spec = SpecOf<'revalidateConsumer'>;

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
};

export const revalidateConsumer: StepKindOf<Spec> = {
  risk: 'restore',
  actions: ({ parameters }) => [...MARKS, ...ACTIONS[parameters.consumerKind]],
  undo: () => 'Nothing to undo: the server keeps the key version that it had.',
  sentence: ({ target, parameters }) => `Revalidate ${target} with the key version that it has, ${parameters.kid}.`,
};

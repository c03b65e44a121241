import type { SpecOf, StepKindOf } from './step-kind.ts';

type Spec = SpecOf<'assignIdentity'>;

/** The new identity has no access yet: who it is shows only then. */
export const assignIdentity: StepKindOf<Spec> = {
  risk: 'reversal',
  reveals: true,
  actions: ({ parameters }) => [
    ...{
      mysqlSingleServer: ['Microsoft.DBforMySQL/servers/read', 'Microsoft.DBforMySQL/servers/write'],
      mysqlFlexibleServer: ['Microsoft.DBforMySQL/flexibleServers/read', 'Microsoft.DBforMySQL/flexibleServers/write'],
      diskEncryptionSet: ['Microsoft.Compute/diskEncryptionSets/read', 'Microsoft.Compute/diskEncryptionSets/write'],
    }[parameters.consumerKind],
    ...(parameters.identity.kind === 'user' ? ['Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'] : []),
  ],
  undo: ({ target }) =>
    `Take the identity away again, which takes the key from it: az resource update --ids ${target} --set identity.type=None.`,
  sentence: ({ target, parameters }) =>
    `Give ${target} ${parameters.identity.kind === 'user' ? `the identity ${parameters.identity.id}` : 'a system-assigned identity'} again.`,
};

import { nameOf } from '../model/resource-id.ts';
import type { RoleAssignmentFacts, VaultDependents } from '../model/vault-dependents.ts';

/**
 * Identifies a role assignment by principal, role and scope. Its name is left out: a person who makes the assignment again may
 * choose another name.
 */
const gift = ({ principalId, roleDefinitionId, scope }: RoleAssignmentFacts): string =>
  [scope, principalId, nameOf(roleDefinitionId)].join('\n').toLowerCase();

const named = ({ name }: { readonly name: string }): string => name.toLowerCase();

const without = <Item>(
  items: readonly Item[],
  gone: readonly Item[],
  identity: (item: Item) => string,
): readonly Item[] => {
  const there = new Set(gone.map(identity));
  return items.filter((item) => !there.has(identity(item)));
};

/**
 * The parts of the snapshot that the vault lacks now. A part of the same name counts as there, also where its content has
 * changed.
 */
export const notRebuilt = (snapshot: VaultDependents, now: VaultDependents): VaultDependents => ({
  roleAssignments: without(snapshot.roleAssignments, now.roleAssignments, gift),
  eventSubscriptions: without(snapshot.eventSubscriptions, now.eventSubscriptions, named),
  diagnosticSettings: without(snapshot.diagnosticSettings, now.diagnosticSettings, named),
  locks: without(snapshot.locks, now.locks, named),
});

import type { RoleAssignmentFacts, VaultDependents } from '../model/facts.ts';
import { nameOf } from '../model/resource-id.ts';

/** What an assignment gives to whom and where: its name says nothing, whoever gives it again may choose another. */
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

/** What the snapshot of a vault holds and the vault lacks now. One that is there otherwise than it was is there. */
export const notRebuilt = (snapshot: VaultDependents, now: VaultDependents): VaultDependents => ({
  roleAssignments: without(snapshot.roleAssignments, now.roleAssignments, gift),
  eventSubscriptions: without(snapshot.eventSubscriptions, now.eventSubscriptions, named),
  diagnosticSettings: without(snapshot.diagnosticSettings, now.diagnosticSettings, named),
  locks: without(snapshot.locks, now.locks, named),
});

import { type Fact, present, type RoleAssignmentFacts, unknown } from '../model/facts.ts';
import { nameOf } from '../model/resource-id.ts';

/** One write that has succeeded, as the activity log tells of it. `at`: ISO 8601. */
export type Told = { readonly at: string; readonly operation: string; readonly resourceId: string };

const isOperation =
  (name: string) =>
  ({ operation }: Told): boolean =>
    operation.toLowerCase() === name.toLowerCase();

/** A GUID; ids differ in casing between Azure's services. */
const guidOf = (id: string): string => nameOf(id).toLowerCase();

/**
 * Which of these assignments somebody took away before the vault was deleted. `log`: what was written to the vault and below
 * it since they were noted. The log lags behind by minutes: it tells of what was before the deletion only when it tells of
 * the deletion itself. An assignment that nobody has noted may have been anyone's.
 */
export const takenAway = (
  noted: readonly RoleAssignmentFacts[],
  log: readonly Told[],
): Fact<readonly RoleAssignmentFacts[]> => {
  const deletion = log.filter(isOperation('Microsoft.KeyVault/vaults/delete')).at(-1);
  if (!deletion) return unknown('the activity log does not show yet how the vault was deleted');
  const removals = log
    .filter(isOperation('Microsoft.Authorization/roleAssignments/delete'))
    .filter(({ at }) => Date.parse(at) < Date.parse(deletion.at));
  const names = new Set(removals.map(({ resourceId }) => guidOf(resourceId)));
  const gone = noted.filter(({ id }) => names.has(guidOf(id)));
  return names.size > gone.length
    ? unknown('a role assignment that was given and taken away since the last snapshot may have been anyone’s')
    : present(gone);
};

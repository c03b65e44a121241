import { type Fact, present, type RoleAssignmentFacts, unknown } from '../model/facts.ts';
import { nameOf } from '../model/resource-id.ts';

/** One write that has succeeded, as the activity log tells of it. `at`: ISO 8601. */
export type LoggedWrite = { readonly at: string; readonly operation: string; readonly resourceId: string };

const isOperation =
  (...names: readonly string[]) =>
  ({ operation }: LoggedWrite): boolean =>
    names.some((name) => operation.toLowerCase() === name.toLowerCase());

/** A GUID; ids differ in casing between Azure's services. */
const guidOf = (id: string): string => nameOf(id).toLowerCase();

const isDeletion = isOperation('Microsoft.KeyVault/vaults/delete');
const NOT_SHOWN = unknown('the activity log does not show yet how the vault was deleted');

/** When the vault was last deleted (ISO 8601); `undefined` where the log does not show it yet. */
export const deletedAt = (log: readonly LoggedWrite[]): string | undefined => log.findLast(isDeletion)?.at;

/**
 * Removals that are somebody's act: before the vault was deleted, and after it was back, which the log shows by the next write
 * to the vault. In between Azure itself removes what hung on it.
 */
const removalsIn = (
  log: readonly LoggedWrite[],
  deletion: string,
  names: readonly string[],
): readonly LoggedWrite[] => {
  const at = Date.parse(deletion);
  const written = log.find((one) => isOperation('Microsoft.KeyVault/vaults/write')(one) && Date.parse(one.at) > at)?.at;
  const back = written === undefined ? Number.POSITIVE_INFINITY : Date.parse(written);
  return log.filter(isOperation(...names)).filter((one) => Date.parse(one.at) < at || Date.parse(one.at) > back);
};

/**
 * Which of these assignments somebody took away before the vault was deleted, or after it was back. `log`: what was written
 * to the vault and below it since they were noted. The log lags behind by minutes: it tells of what was before the deletion
 * only when it tells of the deletion itself. An assignment that nobody has noted may have been anyone's.
 */
export const takenAway = (
  noted: readonly RoleAssignmentFacts[],
  log: readonly LoggedWrite[],
): Fact<readonly RoleAssignmentFacts[]> => {
  const deletion = deletedAt(log);
  if (deletion === undefined) return NOT_SHOWN;
  const removals = removalsIn(log, deletion, ['Microsoft.Authorization/roleAssignments/delete']);
  const names = new Set(removals.map(({ resourceId }) => guidOf(resourceId)));
  const gone = noted.filter(({ id }) => names.has(guidOf(id)));
  return names.size > gone.length
    ? unknown('a role assignment that was given and taken away since the last snapshot may have been anyone’s')
    : present(gone);
};

/** Ids, lower-cased, of the event subscriptions and diagnostic settings that somebody deleted then. */
export const partsTaken = (log: readonly LoggedWrite[]): Fact<readonly string[]> => {
  const deletion = deletedAt(log);
  if (deletion === undefined) return NOT_SHOWN;
  const removals = removalsIn(log, deletion, [
    'Microsoft.EventGrid/eventSubscriptions/delete',
    'Microsoft.Insights/diagnosticSettings/delete',
  ]);
  return present(removals.map(({ resourceId }) => resourceId.toLowerCase()));
};

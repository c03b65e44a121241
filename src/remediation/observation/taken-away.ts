import { type Fact, present, unknown } from '../model/facts.ts';
import { nameOf } from '../model/resource-id.ts';
import type { RoleAssignmentFacts } from '../model/vault-dependents.ts';

/** One successful write from the activity log. `at`: ISO 8601. */
export type LoggedWrite = { readonly at: string; readonly operation: string; readonly resourceId: string };

const isOperation =
  (...names: readonly string[]) =>
  ({ operation }: LoggedWrite): boolean =>
    names.some((name) => operation.toLowerCase() === name.toLowerCase());

/** The GUID at the end of an id, lower-cased: the casing of ids differs between Azure's services. */
const guidOf = (id: string): string => nameOf(id).toLowerCase();

const isDeletion = isOperation('Microsoft.KeyVault/vaults/delete');
const NOT_SHOWN = unknown('the activity log does not show yet how the vault was deleted');

/** When the vault was last deleted (ISO 8601); `undefined` where the activity log does not show the deletion yet. */
export const deletedAt = (log: readonly LoggedWrite[]): string | undefined => log.findLast(isDeletion)?.at;

/**
 * The removals that somebody made on purpose: those before the vault was deleted, and those after it was recovered, which the log
 * shows by the next write to the vault. Between the two Azure itself removes the dependent resources of the vault.
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
 * The assignments that somebody took away before the vault was deleted or after it was recovered. `log`: all writes to the vault
 * and below it since `noted` was recorded. The log is late by minutes: it is complete up to the deletion only when it shows the
 * deletion itself. A removed assignment that was never noted gives `unknown`, since it may have been one of any principal.
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

/**
 * Ids, lower-cased, of the event subscriptions and diagnostic settings that somebody deleted before the vault was deleted or
 * after it was recovered.
 */
export const partsTaken = (log: readonly LoggedWrite[]): Fact<readonly string[]> => {
  const deletion = deletedAt(log);
  if (deletion === undefined) return NOT_SHOWN;
  const removals = removalsIn(log, deletion, [
    'Microsoft.EventGrid/eventSubscriptions/delete',
    'Microsoft.Insights/diagnosticSettings/delete',
  ]);
  return present(removals.map(({ resourceId }) => resourceId.toLowerCase()));
};

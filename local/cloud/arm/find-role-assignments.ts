import type { Call, World } from '../service.ts';
import { AzureError } from './error.ts';
import type { RoleAssignment } from './rbac.ts';
import { normalScope, within } from './scope.ts';

/** The scope in front of the provider in the path. */
export const scopeOf = ({ params }: Call): string => `/${params['scope'] ?? ''}`;

/** The assignment that a path names, if there is one. */
export const existingAssignment = ({ rbac }: World, call: Call): RoleAssignment | undefined =>
  rbac
    .assignments()
    .find(
      (each) =>
        each.name === call.params['name']?.toLowerCase() && normalScope(each.scope) === normalScope(scopeOf(call)),
    );

/**
 * The assignments that a list shows: those that hold at the scope, and without atScope() also the assignments below it. The list
 * may lag behind (Azure RBAC, troubleshoot: "role assignment changes are not being detected").
 */
export const listedAssignments = (world: World, call: Call): RoleAssignment[] => {
  const scope = normalScope(scopeOf(call));
  const chosen = filterOf(call.query.get('$filter') ?? '');
  const holders = holdersOf(world, chosen);
  const above = world.subscriptions.above(scope).map(normalScope);
  const shownUntil = world.clock.now() - (world.switches.assignmentListSeconds ?? 0) * 1000;
  return world.rbac.assignments().filter((each) => {
    const at = normalScope(each.scope);
    const seen =
      each.madeAt <= shownUntil && (within(scope, at) || above.includes(at) || (!chosen.atScope && within(at, scope)));
    return seen && (holders === undefined || holders.includes(each.principalId));
  });
};

type Chosen = { atScope: boolean; principalId?: string; throughGroups?: true };

/** `assignedTo` resolves groups; no document says whether it does for service principals too. */
const holdersOf = ({ entra, switches }: World, { principalId, throughGroups }: Chosen): string[] | undefined => {
  if (principalId === undefined) return undefined;
  const isUser = entra.principal(principalId)?.kind === 'User';
  const resolves = throughGroups && (isUser || switches.assignedToResolves !== 'users');
  return [principalId, ...(resolves ? entra.groups.of(principalId) : [])];
};

/**
 * `atScope()`, `principalId eq '…'`, `assignedTo('…')`, joined by `and`; `assignedTo` also leaves out assignments below the
 * scope.
 */
const filterOf = (filter: string): Chosen => {
  const chosen: Chosen = { atScope: false };
  for (const term of filter.split(/ and /i).map((each) => each.trim())) {
    const principal = /^(?:principalId eq '([^']+)'|assignedTo\('([^']+)'\))$/i.exec(term);
    if (principal) {
      chosen.principalId = (principal[1] ?? principal[2] ?? '').toLowerCase();
      if (principal[2] !== undefined) chosen.throughGroups = true;
    } else if (/^atScope\(\)$/i.test(term)) chosen.atScope = true;
    else if (term !== '') throw new AzureError(400, 'UnsupportedQuery', `The filter '${term}' is not supported.`);
  }
  return chosen;
};

import { apiVersion } from '../../remediation/model/api-versions.ts';
import { type Fact, present, unknown } from '../../remediation/model/facts.ts';
import { nameOf } from '../../remediation/model/resource-id.ts';
import type { Connection } from '../connection/connection.ts';
import { definitionIn } from '../connection/definition-in.ts';
import { keptFor } from '../connection/kept-for.ts';
import { liesIn, outermost } from '../connection/scope.ts';
import { readFact } from '../failure/read-fact.ts';
import type { RolePermission } from './role.ts';
import type { RoleAssignment } from './role-access.ts';

/** The role assignments that apply at a resource, including those of the scopes above. The list may hold others as well. */
export type AssignmentsAt = (resourceId: string) => Promise<Fact<readonly RoleAssignment[]>>;

/** The assignments that a principal holds itself or as a member of a group, as far as Azure resolves the groups. */
export type AssignedTo = (resourceId: string, principalId: string) => Promise<Fact<readonly RoleAssignment[]>>;

/**
 * Microsoft.Authorization, read by the ARM client like its writes: `@azure/arm-authorization` doubles the slash at the
 * beginning of a scope.
 */
export type RoleReads = {
  /** The present assignments: one call. */
  readonly assignmentsAt: AssignmentsAt;
  /**
   * The present assignments of a principal: one call. No document says whether Azure resolves the groups of a service
   * principal like those of a user.
   */
  readonly assignedTo: AssignedTo;
  /**
   * For many resources: one call (per page) for the whole configured scope of a resource. The result is kept for a
   * minute, so that the parts of one sweep share it.
   */
  readonly assignmentsAround: AssignmentsAt;
  /**
   * The permissions of a role by the id of its definition: one call in ten minutes. `absent`: the definition was
   * deleted.
   */
  readonly roleOf: (roleDefinitionId: string) => Promise<Fact<readonly RolePermission[]>>;
};

const ASSIGNMENTS = 'Microsoft.Authorization/roleAssignments';
const DEFINITIONS = 'Microsoft.Authorization/roleDefinitions';
const MINUTE = 60_000;

type AssignmentJson = {
  readonly properties?: {
    readonly scope?: string;
    readonly principalId?: string;
    readonly principalType?: string | null;
    readonly roleDefinitionId?: string;
    readonly condition?: string | null;
  };
};
type DefinitionJson = { readonly properties?: { readonly permissions?: readonly Partial<RolePermission>[] } };

const assignmentOf = (item: unknown): RoleAssignment => {
  const { condition, principalId, principalType, roleDefinitionId, scope } = (item as AssignmentJson).properties ?? {};
  return {
    scope: scope?.toLowerCase() ?? '',
    principalId: principalId?.toLowerCase() ?? '',
    principalType: principalType ?? '',
    roleDefinitionId: roleDefinitionId?.toLowerCase() ?? '',
    ...(condition ? { condition } : {}),
  };
};

const permissionsOf = (definition: unknown): readonly RolePermission[] =>
  ((definition as DefinitionJson).properties?.permissions ?? []).map((block) => ({
    actions: block.actions ?? [],
    notActions: block.notActions ?? [],
    dataActions: block.dataActions ?? [],
    notDataActions: block.notDataActions ?? [],
  }));

export const openRoleReads = ({ arm, scopes }: Pick<Connection, 'arm' | 'scopes'>): RoleReads => {
  /** By the name of a role: the id under which it can be read. */
  const ids = new Map<string, string>();
  const list = async (scope: string, query: Readonly<Record<string, string>>) => {
    const path = `${scope}/providers/${ASSIGNMENTS}`;
    const listed = await readFact({ what: `the role assignments at ${scope}`, scope }, async () =>
      (await arm()).list(path, apiVersion(ASSIGNMENTS), query),
    );
    if (listed.kind === 'absent') return unknown(`${scope} is gone, and its role assignments with it`);
    if (listed.kind !== 'present') return listed;
    const all = listed.value.map(assignmentOf);
    for (const { roleDefinitionId: id } of all) ids.set(nameOf(id), definitionIn(scope, id));
    return present(all);
  };
  const assignmentsAt: AssignmentsAt = (resourceId) => list(resourceId, { $filter: 'atScope()' });
  const ofScope = keptFor(MINUTE, (scope) => list(scope, {}));
  const definition = keptFor(10 * MINUTE, async (guid) => {
    const id = ids.get(guid) ?? guid;
    const read = await readFact({ what: `role definition ${id}`, scope: id }, async () =>
      (await arm()).get(id, apiVersion(DEFINITIONS)),
    );
    return read.kind === 'present' ? present(permissionsOf(read.value)) : read;
  });
  return {
    assignmentsAt,
    assignedTo: (resourceId, principalId) =>
      list(resourceId, { $filter: `atScope() and assignedTo('${principalId}')` }),
    assignmentsAround: (resourceId) => {
      const scope = outermost(scopes()).find((one) => liesIn(resourceId, one));
      return scope ? ofScope(scope.id) : assignmentsAt(resourceId);
    },
    roleOf: (id) => {
      if (!ids.has(nameOf(id))) ids.set(nameOf(id), id);
      return definition(nameOf(id));
    },
  };
};

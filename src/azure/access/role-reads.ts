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
   * Begins the lists of `assignmentsAround` that this process was asked for within the hour, so that they are there when the
   * parts of a sweep ask for them: their pages come one after the other. What fails is asked again by who needs it.
   */
  readAhead(): Promise<void>;
  /**
   * The permissions of a role by the id of its definition: one call in ten minutes. `absent`: the definition was
   * deleted.
   */
  readonly roleOf: (roleDefinitionId: string) => Promise<Fact<readonly RolePermission[]>>;
};

const ASSIGNMENTS = 'Microsoft.Authorization/roleAssignments';
const DEFINITIONS = 'Microsoft.Authorization/roleDefinitions';
const MINUTE = 60_000;
/** A list that nobody has asked for so long is not read ahead: no key of its scope needs it. */
const WANTED_MS = 60 * MINUTE;

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

/** Lists by scope, kept for a minute, and which of them this process needs. */
const openAround = (
  scopes: Connection['scopes'],
  list: AssignmentsAt,
  assignmentsAt: AssignmentsAt,
): Pick<RoleReads, 'assignmentsAround' | 'readAhead'> => {
  const ofScope = keptFor(MINUTE, list);
  /** When each scope was last asked for, in ms since 1970. */
  const askedAt = new Map<string, number>();
  return {
    assignmentsAround: (resourceId) => {
      const scope = outermost(scopes()).find((one) => liesIn(resourceId, one));
      if (!scope) return assignmentsAt(resourceId);
      askedAt.set(scope.id, Date.now());
      return ofScope(scope.id);
    },
    readAhead: async () => {
      const wanted = outermost(scopes()).filter(({ id }) => Date.now() - (askedAt.get(id) ?? 0) < WANTED_MS);
      await Promise.allSettled(wanted.map(({ id }) => ofScope(id)));
    },
  };
};

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
  const around = openAround(scopes, (scope) => list(scope, {}), assignmentsAt);
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
    ...around,
    roleOf: (id) => {
      if (!ids.has(nameOf(id))) ids.set(nameOf(id), id);
      return definition(nameOf(id));
    },
  };
};

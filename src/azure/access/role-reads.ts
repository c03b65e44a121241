import { apiVersion } from '../../remediation/model/api-versions.ts';
import { type Fact, present, unknown } from '../../remediation/model/facts.ts';
import { nameOf } from '../../remediation/model/resource-id.ts';
import type { Connection } from '../connection/connection.ts';
import { keptFor } from '../connection/kept-for.ts';
import { isWithin, outermost } from '../connection/scope.ts';
import { readFact } from '../failure/read-fact.ts';
import type { RolePermission } from './role.ts';
import type { RoleAssignment } from './role-access.ts';

/** The role assignments that hold at a resource, those above it included; more may be among them. */
export type AssignmentsAt = (resourceId: string) => Promise<Fact<readonly RoleAssignment[]>>;

/** Those of them that a principal holds itself, or as a member of a group, as far as Azure resolves that. */
export type AssignedTo = (resourceId: string, principalId: string) => Promise<Fact<readonly RoleAssignment[]>>;

/**
 * Microsoft.Authorization, by the ARM client as its writes are: `@azure/arm-authorization` doubles the slash
 * that a scope begins with.
 */
export type RoleReads = {
  /** As they are now: one call. */
  readonly assignmentsAt: AssignmentsAt;
  /** As they are now: one call. Whether Azure resolves the groups of a service principal as it does those of a user is documented nowhere. */
  readonly assignedTo: AssignedTo;
  /**
   * For many resources: one call, and page, for the whole configured scope that a resource is in, kept for a minute so
   * that the parts of one sweep share it.
   */
  readonly assignmentsAround: AssignmentsAt;
  /** What a role allows, by the id of its definition: one call in ten minutes. `absent`: the definition was deleted. */
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
  const list = async (scope: string, query: Readonly<Record<string, string>>) => {
    const path = `${scope}/providers/${ASSIGNMENTS}`;
    const listed = await readFact({ what: `the role assignments at ${scope}`, scope }, async () =>
      (await arm()).list(path, apiVersion(ASSIGNMENTS), query),
    );
    if (listed.kind === 'absent') return unknown(`${scope} is gone, and its role assignments with it`);
    return listed.kind === 'present' ? present(listed.value.map(assignmentOf)) : listed;
  };
  const assignmentsAt: AssignmentsAt = (resourceId) => list(resourceId, { $filter: 'atScope()' });
  const ofScope = keptFor(MINUTE, (scope) => list(scope, {}));
  const ids = new Map<string, string>();
  // The role of an assignment above all subscriptions is named there, where the product may read nothing.
  const inSubscription = (id: string): string =>
    id.startsWith('/subscriptions/') ? id : `/subscriptions/${scopes[0]?.subscriptionId}${id}`;
  const definition = keptFor(10 * MINUTE, async (guid) => {
    const id = inSubscription(ids.get(guid) ?? guid);
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
      const scope = outermost(scopes).find((one) => isWithin(resourceId, [one]));
      return scope ? ofScope(scope.id) : assignmentsAt(resourceId);
    },
    roleOf: (id) => {
      ids.set(nameOf(id), id);
      return definition(nameOf(id));
    },
  };
};

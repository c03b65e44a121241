import { type Access, type Fact, type HeldRole, present, unknown } from '../../remediation/model/facts.ts';
import type { GivenRight } from '../../remediation/model/given-roles.ts';
import type { KeyPermission } from '../../remediation/model/key-permission.ts';
import { nameOf, within } from '../../remediation/model/resource-id.ts';
import { type Right, type RolePermission, roleGives } from './role.ts';

/** A role assignment (Microsoft.Authorization/roleAssignments). Ids and scope are lower-cased. */
export type RoleAssignment = {
  readonly scope: string;
  readonly principalId: string;
  /** `ServicePrincipal`, `User`, `Group`, `ForeignGroup`, `Device`; empty where it is not stated. */
  readonly principalType: string;
  readonly roleDefinitionId: string;
  /** The condition of the assignment, which only Azure can evaluate. */
  readonly condition?: string;
};

/** `role` is `absent` where the definition was deleted: then it gives nothing. */
export type RoleGrant = RoleAssignment & {
  readonly role: Fact<readonly RolePermission[]>;
  /** For a group's assignment: the principal that is a member, as Azure itself says. */
  readonly holder?: string;
};

/** The principal and the key of a question about access. Ids are lower-cased. */
export type AccessQuestion = {
  readonly principalId: string;
  /** `{vault id}/keys/{name}`. */
  readonly keyScope: string;
  readonly vaultScope: string;
  readonly rights: readonly Right[];
};

export const KEY_RIGHTS: readonly KeyPermission[] = ['get', 'list', 'unwrapKey', 'wrapKey'];

/**
 * A list of Azure may hold assignments from outside subscriptions (management groups, the root): it lists only those
 * that apply at the resource.
 */
const reaches = ({ scope }: RoleAssignment, resource: string): boolean =>
  !scope.startsWith('/subscriptions/') || within(resource, scope);

/** Whether the assignment applies at the key: only then can it give access. */
export const reachesKey = ({ keyScope }: AccessQuestion, assignment: RoleAssignment): boolean =>
  reaches(assignment, keyScope);

/** Whether the principal may be a group: the product cannot read the members of a group. */
export const mayBeGroup = ({ principalType }: RoleAssignment): boolean =>
  ['', 'group', 'foreigngroup'].includes(principalType.toLowerCase());

const reachesRight = ({ keyScope, vaultScope }: AccessQuestion, grant: RoleGrant, right: Right): boolean =>
  reaches(grant, right === 'reader' ? vaultScope : keyScope);

const isSure = ({ principalId }: AccessQuestion, grant: RoleGrant): boolean =>
  (grant.principalId === principalId || grant.holder === principalId) && grant.condition === undefined;

const concerns = ({ principalId }: AccessQuestion, grant: RoleGrant): boolean =>
  grant.principalId === principalId || mayBeGroup(grant);

const givesRight = (question: AccessQuestion, grant: RoleGrant, right: Right): boolean =>
  isSure(question, grant) &&
  reachesRight(question, grant, right) &&
  grant.role.kind === 'present' &&
  roleGives(grant.role.value, right);

const hasRight = (question: AccessQuestion, grants: readonly RoleGrant[], right: Right): boolean =>
  grants.some((grant) => givesRight(question, grant, right));

const givenBy = (question: AccessQuestion, grant: RoleGrant): readonly GivenRight[] => [
  ...new Set(
    question.rights
      .filter((right) => givesRight(question, grant, right))
      .map((right) => (right === 'reader' ? right : 'key')),
  ),
];

/**
 * The roles of the principal's own (not of a group) that give it any of the needed rights. The record tells which roles
 * were deleted with the vault and which are above it.
 */
const heldRoles = (question: AccessQuestion, grants: readonly RoleGrant[]): readonly HeldRole[] => {
  const held = grants
    .filter(({ principalId }) => principalId === question.principalId)
    .map((one) => ({ scope: one.scope, role: nameOf(one.roleDefinitionId), gives: givenBy(question, one) }))
    .filter(({ gives }) => gives.length > 0)
    .map((one) => [`${one.scope} ${one.role}`, one] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [...new Map(held).values()];
};

/** The grant that may give the missing right, although the product cannot decide it. */
const doubtOf = (question: AccessQuestion, grants: readonly RoleGrant[], right: Right): RoleGrant | undefined =>
  grants.find((grant) => {
    if (!concerns(question, grant) || !reachesRight(question, grant, right)) return false;
    if (grant.role.kind !== 'present') return grant.role.kind === 'unknown';
    return !isSure(question, grant) && roleGives(grant.role.value, right);
  });

const reasonOf = ({ principalId, keyScope }: AccessQuestion, right: Right, grant: RoleGrant): string => {
  const asked = `whether ${principalId} may ${right} with ${keyScope}`;
  if (grant.role.kind === 'unknown') return `${asked} depends on a role that could not be read: ${grant.role.reason}`;
  const holder = grant.principalId === principalId ? 'it holds' : `the group ${grant.principalId} holds`;
  const condition = grant.condition === undefined ? '' : ' under a condition';
  return `${asked} depends on a role that ${holder} at ${grant.scope || '/'}${condition}. Assign it the role itself`;
};

/**
 * A principal's permissions on a key in a vault with Azure RBAC: the union of the roles that it holds itself at the key
 * or above, and `reader` at the vault or above. `unknown` where a role of a group, a role under a condition, or a role
 * that could not be read may give a missing permission. `reader` is left out where this doubt is about `reader` alone.
 */
export const roleAccess = (grants: readonly RoleGrant[], question: AccessQuestion): Fact<Access> => {
  const lacking = question.rights.filter((right) => !hasRight(question, grants, right));
  const doubts = new Map(lacking.map((right) => [right, doubtOf(question, grants, right)]));
  const [right, doubt] = [...doubts].find(([one, grant]) => one !== 'reader' && grant !== undefined) ?? [];
  if (right && doubt) return unknown(reasonOf(question, right, doubt));
  const permissions = KEY_RIGHTS.filter((one) => question.rights.includes(one) && !lacking.includes(one));
  const held = { permissions, roles: heldRoles(question, grants) };
  if (!question.rights.includes('reader') || doubts.get('reader')) return present(held);
  return present({ ...held, reader: !lacking.includes('reader') });
};

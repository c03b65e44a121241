import { KEY_PERMISSIONS } from '../remediation/model/data-actions.ts';
import type { AccessPolicy, Fact, VaultFacts } from '../remediation/model/facts.ts';
import { within } from '../remediation/model/resource-id.ts';
import { grantsCondition, PART_NAMES, ROLE_PARTS } from '../remediation/model/role-parts.ts';
import { deletePolicy, deleteRoleAssignment, givePart, setPolicy } from './commands.ts';
import type { OwnGrant, OwnRights } from './coverage-facts.ts';
import { fail, type Judgement, pass, unclear } from './judgement.ts';
import { unreadAt } from './unread-at.ts';

const ASSIGN = 'microsoft.authorization/roleassignments/write';

const lowered = (some: readonly string[]): readonly string[] => some.map((one) => one.toLowerCase());
const WRITES = new Set(PART_NAMES.flatMap((part) => lowered(ROLE_PARTS[part].writes)));
const DATA = new Set(PART_NAMES.flatMap((part) => lowered(ROLE_PARTS[part].dataActions)));

/** A read of any single resource type is within the part `observe`. A wildcard is more than any part has. */
const isWithinRole = (action: string): boolean =>
  WRITES.has(action.toLowerCase()) || (/\/read$/i.test(action) && !action.includes('*'));

const withoutBlanks = (text: string): string => text.replace(/\s+/g, '').toLowerCase();

/**
 * Whether the condition forbids the product to assign roles to itself, as infra/role-assignment-condition.txt does. Any
 * other condition is not judged.
 */
const isOurCondition = (condition: string | undefined, objectId: string): boolean =>
  condition !== undefined && withoutBlanks(condition) === withoutBlanks(grantsCondition(objectId));

/** Whether the scope of an assignment is the vault, above it, or one of its keys. */
const concerns = ({ scope }: OwnGrant, vaultId: string): boolean =>
  !scope.startsWith('/subscriptions/') || within(vaultId, scope) || within(scope, vaultId);

type Excess = { readonly why: string; readonly commands: readonly string[] };

const excessOfGrant = (grant: OwnGrant, objectId: string, vaultId: string): readonly Excess[] => {
  const { assignmentId = '<id of the assignment>', actions, dataActions, condition, scope } = grant;
  const away = deleteRoleAssignment(assignmentId);
  const beyond = [
    ...actions.filter((one) => !isWithinRole(one)),
    ...dataActions.filter((one) => !DATA.has(one.toLowerCase())),
  ];
  if (beyond.length > 0) return [{ why: `an assignment at ${scope} gives ${beyond.join(', ')}`, commands: [away] }];
  return lowered(actions).includes(ASSIGN) && !isOurCondition(condition, objectId)
    ? [
        {
          why: `an assignment at ${scope} lets it assign roles without the condition of its role, to itself too`,
          commands: [away, givePart('grants', objectId, vaultId)],
        },
      ]
    : [];
};

/** Permissions in the product's own access policies beyond those that it needs: `keys purge`, `secrets get`, … */
export const excessOfPolicies = (policies: readonly AccessPolicy[], objectId: string): readonly string[] => {
  const own = policies.filter((one) => one.objectId === objectId.toLowerCase());
  return own.flatMap(({ keys, others = [] }) => [
    ...keys.filter((one) => !KEY_PERMISSIONS.includes(one)).map((one) => `keys ${one}`),
    ...others,
  ]);
};

/**
 * The entry is deleted as a whole and then created as it should be, because `set-policy` alone keeps permissions that
 * it does not name.
 */
export const withdrawPolicy = ({ id, permissionModel }: VaultFacts, objectId: string): readonly string[] => [
  deletePolicy(id, objectId),
  ...(permissionModel === 'accessPolicies' ? [setPolicy(id, objectId, KEY_PERMISSIONS)] : []),
];

/**
 * Judges that the product has no more rights on a vault than its role says; otherwise gives the commands that remove
 * the excess.
 */
export const judgeOwnRights = (vault: Fact<VaultFacts>, own: Fact<OwnRights>): Judgement => {
  if (vault.kind !== 'present') return unclear(vault.kind === 'unknown' ? vault.reason : 'the vault is not there');
  if (own.kind !== 'present') return unclear(own.kind === 'unknown' ? own.reason : 'the product has no identity');
  const { objectId, grants } = own.value;
  const policy = excessOfPolicies(vault.value.accessPolicies, objectId);
  const held = grants.kind === 'present' ? grants.value.filter((one) => concerns(one, vault.value.id)) : [];
  const excess: readonly Excess[] = [
    ...(policy.length > 0
      ? [{ why: `its access policy gives ${policy.join(', ')}`, commands: withdrawPolicy(vault.value, objectId) }]
      : []),
    ...held.flatMap((grant) => excessOfGrant(grant, objectId, vault.value.id)),
  ];
  if (excess.length > 0) {
    const commands = [...new Set(excess.flatMap((one) => one.commands))];
    return fail(`The product may do more than its role says: ${excess.map(({ why }) => why).join('; ')}.`, ...commands);
  }
  const hidden = grants.kind === 'unknown' ? grants.reason : unreadAt(own.value.unread, vault.value.id);
  return hidden !== undefined ? unclear(hidden) : pass('the product may do what its role says');
};

import { covers } from '../remediation/model/action-pattern.ts';
import { DATA_ACTIONS, dataActionFor, KEY_PERMISSIONS } from '../remediation/model/data-actions.ts';
import type { VaultFacts } from '../remediation/model/facts.ts';
import { within } from '../remediation/model/resource-id.ts';
import { type PartName, partOfAction, ROLE_PARTS, scopeOfPart } from '../remediation/model/role-parts.ts';
import { givePart, setPolicy } from './commands.ts';
import type { OwnGrant, OwnRights } from './coverage-facts.ts';
import { type Obstacle, unsure } from './obstacle.ts';
import { unreadAt } from './unread-at.ts';

const reaches = ({ scope }: OwnGrant, id: string): boolean => !scope.startsWith('/subscriptions/') || within(id, scope);

export const mayDo = (grants: readonly OwnGrant[], action: string, id: string): boolean =>
  grants.some((one) => reaches(one, id) && covers(one.actions, action) && !covers(one.notActions, action));

export const mayDoWithKeys = (grants: readonly OwnGrant[], action: string, id: string): boolean =>
  grants.some((one) => reaches(one, id) && covers(one.dataActions, action) && !covers(one.notDataActions, action));

/** Whether a role lets the product use keys in a subscription, or in some part of it. */
export const usesKeysIn = (grants: readonly OwnGrant[], id: string): boolean =>
  DATA_ACTIONS.some((action) =>
    grants.some(
      (one) =>
        (reaches(one, id) || within(one.scope, id)) &&
        covers(one.dataActions, action) &&
        !covers(one.notDataActions, action),
    ),
  );

/** The missing actions of one part of the role at one scope, in one sentence for all resources there. */
const missingPart = (part: PartName, actions: readonly string[], id: string, objectId: string): Obstacle => ({
  certain: true,
  why: `The product may not ${actions.join(', ')} at ${id}: the part ${ROLE_PARTS[part].roleName} of its role is missing there.`,
  commands: [givePart(part, objectId, id)],
});

/** The actions that Resource Manager would refuse at any of these ids, by the part of the role that allows them. */
export const missingActions = (
  actions: readonly string[],
  ids: readonly string[],
  { objectId, grants, unread }: OwnRights,
): readonly Obstacle[] => {
  if (grants.kind !== 'present') return [unsure(grants.kind === 'unknown' ? grants.reason : 'the product has no role')];
  const found = new Map<string, Obstacle>();
  for (const id of ids) {
    const missing = actions.filter((action) => !mayDo(grants.value, action, id));
    const hidden = unreadAt(unread, id);
    if (missing.length > 0 && hidden !== undefined) {
      found.set(hidden, unsure(hidden));
      continue;
    }
    for (const [part, lacking] of Map.groupBy(missing, partOfAction)) {
      const place = `${part} ${scopeOfPart(part, id)}`.toLowerCase();
      if (!found.has(place)) found.set(place, missingPart(part, lacking, id, objectId));
    }
  }
  return [...found.values()];
};

/** The permissions that the data plane would refuse, by the vault's own permission model. */
export const missingPermissions = (
  permissions: readonly string[],
  vault: VaultFacts,
  { objectId, grants, unread }: OwnRights,
): readonly Obstacle[] => {
  if (vault.permissionModel === 'rbac') {
    if (grants.kind !== 'present')
      return [unsure(grants.kind === 'unknown' ? grants.reason : 'the product has no role')];
    const missing = permissions.filter((one) => !mayDoWithKeys(grants.value, dataActionFor(one) ?? one, vault.id));
    if (missing.length === 0) return [];
    const hidden = unreadAt(unread, vault.id);
    if (hidden !== undefined) return [unsure(hidden)];
    return [
      {
        certain: true,
        why: `No role lets the product ${missing.join(', ')} keys of ${vault.name}: the part ${ROLE_PARTS.keys.roleName} of its role is missing there.`,
        commands: [givePart('keys', objectId, vault.id)],
      },
    ];
  }
  const held = vault.accessPolicies
    .filter((one) => one.objectId === objectId.toLowerCase() && one.applicationId === undefined)
    .flatMap(({ keys }) => keys);
  const missing = permissions.filter((one) => !held.includes(one) && !held.includes('all'));
  if (missing.length === 0) return [];
  return [
    {
      certain: true,
      why: `No access policy of ${vault.name} lets the product ${missing.join(', ')} keys.`,
      commands: [setPolicy(vault.id, objectId, KEY_PERMISSIONS)],
    },
  ];
};

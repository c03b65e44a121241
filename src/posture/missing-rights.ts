import { covers } from '../remediation/model/action-pattern.ts';
import { dataActionFor, KEY_PERMISSIONS } from '../remediation/model/data-actions.ts';
import type { VaultFacts } from '../remediation/model/facts.ts';
import { formatResourceId, subscriptionOf, within } from '../remediation/model/resource-id.ts';
import { assignRole, setPolicy } from './commands.ts';
import type { OwnGrant, OwnRights } from './coverage-facts.ts';
import { type Obstacle, unsure } from './obstacle.ts';

const ROLE = 'CMK Guardian';

const reaches = ({ scope }: OwnGrant, id: string): boolean => !scope.startsWith('/subscriptions/') || within(id, scope);

const mayDo = (grants: readonly OwnGrant[], action: string, id: string): boolean =>
  grants.some((one) => reaches(one, id) && covers(one.actions, action) && !covers(one.notActions, action));

const mayDoWithKeys = (grants: readonly OwnGrant[], action: string, id: string): boolean =>
  grants.some((one) => reaches(one, id) && covers(one.dataActions, action) && !covers(one.notDataActions, action));

/** What Resource Manager would refuse, at the first of the ids where it does. */
export const missingActions = (
  actions: readonly string[],
  ids: readonly string[],
  { objectId, grants }: OwnRights,
): readonly Obstacle[] => {
  if (grants.kind !== 'present') return [unsure(grants.kind === 'unknown' ? grants.reason : 'the product has no role')];
  for (const id of ids) {
    const missing = actions.filter((action) => !mayDo(grants.value, action, id));
    if (missing.length > 0)
      return [
        {
          certain: true,
          why: `The product may not ${missing.join(', ')} at ${id}.`,
          commands: [assignRole(ROLE, objectId, formatResourceId({ subscriptionId: subscriptionOf(id) }))],
        },
      ];
  }
  return [];
};

/** What the data plane would refuse, by the vault's own permission model. */
export const missingPermissions = (
  permissions: readonly string[],
  vault: VaultFacts,
  { objectId, grants }: OwnRights,
): readonly Obstacle[] => {
  if (vault.permissionModel === 'rbac') {
    if (grants.kind !== 'present')
      return [unsure(grants.kind === 'unknown' ? grants.reason : 'the product has no role')];
    const missing = permissions.filter((one) => !mayDoWithKeys(grants.value, dataActionFor(one) ?? one, vault.id));
    if (missing.length === 0) return [];
    return [
      {
        certain: true,
        why: `No role lets the product ${missing.join(', ')} keys of ${vault.name}.`,
        commands: [assignRole(ROLE, objectId, vault.id)],
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

import type { Permission, RoleAssignment } from './rbac.ts';
import { normalScope, within } from './scope.ts';

/** An assignment and its time: it counts from an instant on, and after its removal until another instant (milliseconds). */
export type Grant = RoleAssignment & { from: number; until?: number };

/** Whether a permission allows an operation: `*` in a pattern stands for any text; the subtracted patterns win. */
export const permits = (permission: Permission, asked: { action: string } | { dataAction: string }): boolean =>
  'action' in asked
    ? covers(permission.actions, asked.action) && !covers(permission.notActions, asked.action)
    : covers(permission.dataActions, asked.dataAction) && !covers(permission.notDataActions, asked.dataAction);

/** Whether a grant counts now. */
export const isEffective = ({ from, until }: Grant, now: number): boolean =>
  now >= from && (until === undefined || now < until);

/** Whether a grant at one scope reaches another: scopes inherit downwards. */
export const reaches = (grant: Grant, scope: string): boolean => within(normalScope(scope), normalScope(grant.scope));

const covers = (patterns: string[], operation: string): boolean =>
  patterns.some((pattern) => {
    const source = pattern.split('*').map((part) => part.replace(/[.+?^$()|[\]\\{}]/g, '\\$&'));
    return new RegExp(`^${source.join('.*')}$`, 'i').test(operation);
  });

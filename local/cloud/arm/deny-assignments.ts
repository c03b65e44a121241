import { guid } from '../draw.ts';
import { permits } from './access.ts';
import type { Asked, Permission } from './rbac.ts';
import { normalScope, within } from './scope.ts';

/**
 * Actions that are denied at a scope and below, whatever roles a principal has; made by a deployment stack, a managed application
 * or a blueprint. `excluded`: object ids that the denial does not bind.
 */
export type DenyAssignment = {
  scope: string;
  name: string;
  actions: string[];
  dataActions: string[];
  excluded: string[];
};

export type DenyAssignments = {
  put(one: DenyAssignment): DenyAssignment;
  remove(scope: string, name: string): boolean;
  all(): DenyAssignment[];
  /** The deny assignment that forbids this action. */
  denying(asked: Asked): DenyAssignment | undefined;
};

export const DENIALS = 'Microsoft.Authorization/denyAssignments';

export const denyAssignmentId = ({ scope, name }: Pick<DenyAssignment, 'scope' | 'name'>): string =>
  guid('deny assignment', normalScope(scope), name.toLowerCase());

const permission = ({ actions, dataActions }: DenyAssignment): Permission => ({
  actions,
  dataActions,
  notActions: [],
  notDataActions: [],
});

/** The deny assignments of a world, of which there is none at first. */
export const createDenyAssignments = (): DenyAssignments => {
  const all = new Map<string, DenyAssignment>();
  return {
    put: (one) => {
      all.set(denyAssignmentId(one), one);
      return one;
    },
    remove: (scope, name) => all.delete(denyAssignmentId({ scope, name })),
    all: () => [...all.values()],
    denying: (asked) =>
      [...all.values()].find(
        (one) =>
          within(normalScope(asked.scope), normalScope(one.scope)) &&
          !one.excluded.includes(asked.principalId) &&
          permits(permission(one), asked),
      ),
  };
};

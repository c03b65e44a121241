import { mayBeGroup, type RoleAssignment } from './role-access.ts';

/** `mayBeOfGroups`: the assignments of all principals that may be groups. */
export type Held = {
  readonly byPrincipal: ReadonlyMap<string, readonly RoleAssignment[]>;
  readonly mayBeOfGroups: readonly RoleAssignment[];
};

const known = new WeakMap<readonly RoleAssignment[], Held>();

/**
 * The assignments of a list by who holds them. All keys of a sweep share one list, and a subscription holds up to 4,000 assignments:
 * if each key searched the whole list, that would be millions of comparisons.
 */
export const heldIn = (assignments: readonly RoleAssignment[]): Held => {
  const before = known.get(assignments);
  if (before !== undefined) return before;
  const held = {
    byPrincipal: Map.groupBy(assignments, ({ principalId }) => principalId),
    mayBeOfGroups: assignments.filter(mayBeGroup),
  };
  known.set(assignments, held);
  return held;
};

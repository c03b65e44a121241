import type { Assigning } from './assignment-condition.ts';

export type Permission = { actions: string[]; notActions: string[]; dataActions: string[]; notDataActions: string[] };

/** `name` is the GUID, `roleName` the words. */
export type RoleDefinition = {
  name: string;
  roleName: string;
  description: string;
  kind: 'BuiltInRole' | 'CustomRole';
  permissions: Permission[];
  assignableScopes: string[];
};

/** `name` is the GUID; `role` is the GUID of the definition; `madeAt` is an instant in milliseconds. */
export type RoleAssignment = {
  name: string;
  scope: string;
  role: string;
  principalId: string;
  principalType: string;
  madeAt: number;
  madeBy: string;
  /** What its principal may assign by it; anything where there is none. */
  condition?: string;
};

export type Asked = { principalId: string; scope: string } & ({ action: string } | { dataAction: string });

/** Role definitions and assignments, and what follows from them at world.clock.now(). */
export type Rbac = {
  /** Whether a grant reaches the scope, counting only what has become effective by now. */
  allows(asked: Asked): boolean;
  /** Whether a principal may make this assignment: a condition on its own may limit that. */
  mayAssign(principalId: string, scope: string, assigning: Assigning): boolean;
  define(role: { roleName: string; permissions: Partial<Permission>[]; scopes: string[] }): RoleDefinition;
  definition(name: string): RoleDefinition | undefined;
  definitions(): RoleDefinition[];
  /** `role` is a definition's GUID or roleName. It becomes effective after the propagation delay. */
  assign(grant: {
    scope: string;
    role: string;
    principalId: string;
    principalType?: string;
    name?: string;
    madeBy?: string;
    condition?: string;
  }): RoleAssignment;
  /** Undefined if there is none; stays effective for the propagation delay. */
  unassign(scope: string, name: string): RoleAssignment | undefined;
  /** What deleting a resource does: assignments at the scope and below go at once. */
  dropScope(scope: string): void;
  assignments(): RoleAssignment[];
};

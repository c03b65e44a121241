import type { Attempted } from './assignment-condition.ts';

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
  /** The instant and the author of the last write. */
  writtenAt: number;
  writtenBy: string;
  /**
   * The condition, version 2.0, as it was given: it limits the principal's use of the role; without one the role is unlimited.
   */
  condition?: string;
};

export type Asked = { principalId: string; scope: string } & ({ action: string } | { dataAction: string });

/** Role definitions and assignments, and the access that follows from them at world.clock.now(). */
export type Rbac = {
  /**
   * Whether a grant reaches the scope, counting only what has become effective by now, and its condition lets it be done.
   * Writes and deletions of assignments are allowed here as far as `mayChange` is asked about them afterwards.
   */
  allows(asked: Asked): boolean;
  /** Whether a principal may write or delete this assignment: a condition on the principal's own assignments may limit that. */
  mayChange(principalId: string, scope: string, tried: Attempted): boolean;
  define(role: { roleName: string; permissions: Partial<Permission>[]; scopes: string[] }): RoleDefinition;
  /** Writes a custom role under its GUID; what changes takes effect after the propagation delay. */
  putDefinition(role: Omit<RoleDefinition, 'kind'>): RoleDefinition;
  removeDefinition(name: string): void;
  /** Where the role of this GUID can be assigned, as far as Azure knows by now. */
  assignableScopes(role: string): string[];
  definition(name: string): RoleDefinition | undefined;
  definitions(): RoleDefinition[];
  /**
   * `role` is a definition's GUID or roleName. The assignment becomes effective after the propagation delay. Throws where
   * `condition` is not a valid condition.
   */
  assign(grant: {
    scope: string;
    role: string;
    principalId: string;
    principalType?: string;
    name?: string;
    madeBy?: string;
    condition?: string;
  }): RoleAssignment;
  /** Writes an assignment again with this condition, or with none; at once, unlike a new one. */
  rewrite(assignment: RoleAssignment, by: string, condition?: string): RoleAssignment;
  /** Undefined if there is none; stays effective for the propagation delay. */
  unassign(scope: string, name: string): RoleAssignment | undefined;
  /** Deletes the assignments of a deleted resource: the assignments at its scope and below go at once. */
  dropScope(scope: string): void;
  assignments(): RoleAssignment[];
};

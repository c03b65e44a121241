/**
 * Built-in roles of the directory, by display name: https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-
 * reference
 */
export type DirectoryRole =
  | 'Global Administrator'
  | 'Application Administrator'
  | 'Cloud Application Administrator'
  | 'Application Developer'
  | 'Global Reader';

/** The roles that each principal holds, by its object id. */
export type DirectoryRoles = {
  give(objectId: string, role: DirectoryRole): void;
  of(objectId: string): DirectoryRole[];
};

export const createDirectoryRoles = (): DirectoryRoles => {
  const held = new Map<string, DirectoryRole[]>();
  return {
    give: (objectId, role) => {
      held.set(objectId, [...(held.get(objectId) ?? []), role]);
    },
    of: (objectId) => held.get(objectId) ?? [],
  };
};

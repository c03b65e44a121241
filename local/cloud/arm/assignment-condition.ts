/** What a role assignment would give, and to what kind of principal. */
export type Assigning = { role: string; principalType: string };

const ROLES = /RoleDefinitionId\]\s+ForAnyOfAnyValues:GuidEquals\s+\{([^}]*)\}/i;
const TYPES = /PrincipalType\]\s+ForAnyOfAnyValues:StringEqualsIgnoreCase\s+\{([^}]*)\}/i;

const listed = (pattern: RegExp, condition: string): string[] =>
  (pattern.exec(condition)?.[1] ?? '').split(',').map((each) => each.trim().replaceAll("'", '').toLowerCase());

/**
 * Whether a condition lets an assignment be made: the one form that Azure's documents give for delegating role assignments
 * ("Delegate Azure role assignment management to others with conditions"). What is not written in it is refused.
 */
export const conditionAllows = (condition: string | undefined, { role, principalType }: Assigning): boolean =>
  condition === undefined ||
  (listed(ROLES, condition).includes(role.toLowerCase()) &&
    listed(TYPES, condition).includes(principalType.toLowerCase()));

/**
 * The roles that the product assigns, by the last part of the id of their definition (Microsoft Learn, Azure built-in roles).
 */
export const GIVEN_ROLES = {
  /** Key Vault Crypto Service Encryption User. */
  key: 'e147488a-f6f5-4113-8e2d-b22465e65bf6',
  /** Reader, which gives no access to any key. */
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
} as const;

/** The right that a role of `GIVEN_ROLES` gives a principal: to the key, or to the vault as a resource. */
export type GivenRight = keyof typeof GIVEN_ROLES;

/** Whether an assignment, given the id of its role definition, is to this role. */
export const isRole = (roleDefinitionId: string, right: GivenRight): boolean =>
  roleDefinitionId.toLowerCase().endsWith(GIVEN_ROLES[right]);

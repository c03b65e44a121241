/** The roles that the product gives, by the last part of their definition's id (Microsoft Learn, Azure built-in roles). */
export const GIVEN_ROLES = {
  /** Key Vault Crypto Service Encryption User. */
  key: 'e147488a-f6f5-4113-8e2d-b22465e65bf6',
  /** Reader, which opens no key. */
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
} as const;

/** What a principal has by such a role: the key, or the vault as a resource. */
export type GivenRight = keyof typeof GIVEN_ROLES;

/** Whether an assignment, by the id of its role definition, is to this role. */
export const isRole = (roleDefinitionId: string, right: GivenRight): boolean =>
  roleDefinitionId.toLowerCase().endsWith(GIVEN_ROLES[right]);

import { sha256 } from '../../remediation/model/canonical.ts';

/** What makes a role assignment this one and no other. */
export type Assignment = { readonly scope: string; readonly principalId: string; readonly roleId: string };

/**
 * The GUID that names an assignment: made of what it is, so that a second run writes the same one, and an identity that was
 * made anew gets another (RoleAssignmentUpdateNotPermitted). UUID version 8 (RFC 9562, 5.8 and B.2): the first 128 bits of
 * the SHA-256 of scope, principal and role, lower-cased and joined by line feeds, with version and variant set.
 */
export const roleAssignmentName = ({ scope, principalId, roleId }: Assignment): string => {
  const hex = sha256([scope, principalId, roleId].join('\n').toLowerCase());
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  const digits = `${hex.slice(0, 12)}8${hex.slice(13, 16)}${variant}${hex.slice(17, 32)}`;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

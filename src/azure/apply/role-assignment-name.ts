import { sha256 } from '../../remediation/model/canonical.ts';

/** The parts that identify a role assignment. */
export type Assignment = { readonly scope: string; readonly principalId: string; readonly roleId: string };

/**
 * The GUID that names an assignment, computed from its parts: a second run writes the same assignment (invariant
 * `every-step-may-run-twice`), and a recreated identity gets another name (RoleAssignmentUpdateNotPermitted). UUID
 * version 8 (RFC 9562, 5.8 and B.2): the first 128 bits of the SHA-256 of scope, principal and role, lower-cased and
 * joined by line feeds, with version and variant set.
 */
export const roleAssignmentName = ({ scope, principalId, roleId }: Assignment): string => {
  const hex = sha256([scope, principalId, roleId].join('\n').toLowerCase());
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  const digits = `${hex.slice(0, 12)}8${hex.slice(13, 16)}${variant}${hex.slice(17, 32)}`;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

import { callerClaims } from '../activity-log/caller-claims.ts';
import type { World } from '../service.ts';

/** Names of the claims by which the audit log of a vault shows a caller. */
export const CLAIMS = {
  objectId: 'http://schemas.microsoft.com/identity/claims/objectidentifier',
  upn: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn',
  appId: 'appid',
};

/** The claims of a principal; for a deleted principal only its object id. */
export const claimsIn = ({ entra }: World, objectId: string): Record<string, string> => {
  const found = entra.principal(objectId);
  if (!found) return { [CLAIMS.objectId]: objectId };
  return callerClaims({ ...found, scopes: [] });
};

import { AzureError } from '../arm/error.ts';
import type { World } from '../service.ts';
import type { Site, SiteIdentity } from './site.ts';
import type { SiteIdentityBody } from './site-body.ts';

/** The identity that a PUT asks for; none where the PUT leaves it out. */
export const identityIn = (body: SiteIdentityBody | undefined): SiteIdentity => {
  const { type = 'None', userAssignedIdentities } = body ?? {};
  const assigned = Object.entries(userAssignedIdentities ?? {}).flatMap(([id, value]) => (value === null ? [] : [id]));
  return { hasOwn: type.startsWith('SystemAssigned'), assigned: type.endsWith('UserAssigned') ? assigned : [] };
};

/** Gives the site its new identities and takes its old ones away: the identity endpoint answers accordingly. */
export const applyIdentity = ({ entra }: Pick<World, 'entra'>, { id, identity }: Site, before?: SiteIdentity): void => {
  const missing = identity.assigned.filter((one) => !entra.managedIdentity(one));
  if (missing.length > 0)
    throw new AzureError(
      400,
      'FailedIdentityOperation',
      `Identity operation for resource '${id}' failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'. Response: The resource(s) '${missing.join(',')}' were not found.'`,
    );
  for (const one of before?.assigned ?? []) entra.detachIdentity(id, one);
  for (const one of identity.assigned) entra.attachIdentity(id, one);
  if (identity.hasOwn) entra.createSystemIdentity(id);
  else if (before?.hasOwn) entra.deleteIdentity(id);
};

/** The identity as ARM shows it. */
export const siteIdentityJson = ({ entra }: Pick<World, 'entra'>, { id, identity: { hasOwn, assigned } }: Site) => {
  if (!hasOwn && assigned.length === 0) return undefined;
  const own = hasOwn ? entra.managedIdentity(id) : undefined;
  const type = [hasOwn ? 'SystemAssigned' : [], assigned.length > 0 ? 'UserAssigned' : []].flat().join(', ');
  const users = assigned.map((one) => {
    const principal = entra.managedIdentity(one);
    return [one, { principalId: principal?.objectId, clientId: principal?.appId }] as const;
  });
  return {
    type,
    ...(own && { principalId: own.objectId, tenantId: own.tenantId }),
    ...(users.length > 0 && { userAssignedIdentities: Object.fromEntries(users) }),
  };
};

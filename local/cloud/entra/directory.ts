import type { Clock } from '../../clock/clock.ts';
import { createDirectoryRoles } from './directory-roles.ts';
import type { Entra, Principal } from './entra.ts';
import { createRegistrations } from './graph/registrations.ts';
import { createGroups } from './groups.ts';
import { createIdentities } from './identities.ts';
import { issueToken } from './issue-token.ts';
import { createPrincipals } from './principals.ts';
import { createSecrets } from './secrets.ts';
import type { Signer } from './signer.ts';

/** The directory, empty. */
export const createDirectory = (clock: Clock, signer: Signer, tenantId: string): Entra => {
  const principals = createPrincipals(clock.now);
  const identities = createIdentities();
  const secrets = createSecrets();
  const groups = createGroups(tenantId);
  const registrations = createRegistrations(clock.now, tenantId);
  const tokenSources = { now: clock.now, signer, principals, groups, registrations };

  const createIdentity = (resourceId: string): Principal => {
    const existing = identities.of(resourceId);
    if (existing) return existing;
    const name = resourceId.split('/').at(-1) ?? resourceId;
    const key = resourceId.toLowerCase();
    const made = principals.add({ tenantId, kind: 'ServicePrincipal', name, roles: [], resourceId }, key);
    identities.set(resourceId, made);
    return made;
  };

  return {
    tenantId,
    groups,
    directoryRoles: createDirectoryRoles(),
    registrations,
    tenants: () => [...new Set([tenantId, ...principals.tenants()])],
    principal: principals.get,
    principals: principals.all,
    managedIdentity: identities.of,
    createSystemIdentity: createIdentity,
    createUserIdentity: createIdentity,
    deleteIdentity: (resourceId) => {
      const removed = identities.remove(resourceId);
      if (removed) principals.remove(removed.objectId);
    },
    attachIdentity: identities.attach,
    detachIdentity: identities.detach,
    attachedIdentities: identities.attached,
    createUser: ({ name, roles = [], tenantId: tenant = tenantId }) =>
      principals.add({ tenantId: tenant, kind: 'User', name, roles }, `user:${name}`),
    createServicePrincipal: ({ name, secret, roles = [], tenantId: tenant = tenantId, appId }) => {
      const kind = 'ServicePrincipal' as const;
      const made = principals.add({ tenantId: tenant, kind, name, roles, ...(appId && { appId }) }, `app:${name}`);
      if (secret !== undefined) secrets.set(made.objectId, secret);
      return made;
    },
    proves: secrets.proves,
    issue: (request) => issueToken(tokenSources, request),
  };
};

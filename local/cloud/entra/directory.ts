import type { Clock } from '../../clock/clock.ts';
import { createDirectoryRoles } from './directory-roles.ts';
import type { Entra, Principal } from './entra.ts';
import { createRegistrations } from './graph/registrations.ts';
import { createGroups } from './groups.ts';
import { createIdentities } from './identities.ts';
import { createPrincipals } from './principals.ts';
import { createSecrets } from './secrets.ts';
import type { Signer } from './signer.ts';
import { audienceOf, registrationOf } from './token-claims.ts';

/** What was asked for of what is offered; `.default` stands for all of it. */
const narrowed = (offered: string[], asked: readonly string[] | undefined): string[] =>
  asked === undefined || asked.includes('.default') ? offered : offered.filter((scope) => asked.includes(scope));

/** The directory, empty. */
export const createDirectory = (clock: Clock, signer: Signer, tenantId: string): Entra => {
  const principals = createPrincipals(clock.now);
  const identities = createIdentities();
  const secrets = createSecrets();
  const groups = createGroups(tenantId);
  const registrations = createRegistrations(clock.now, tenantId);

  /** What a registration has to say of a token; nothing where the audience is none of ours. */
  const registered = (principal: Principal, audience: string) => {
    const application = registrationOf(registrations, audience);
    if (!application) return undefined;
    const resource = principals.all().find(({ appId }) => appId === application.appId);
    const asked = { principal, audience, groups: groups.of(principal.objectId), resource };
    return audienceOf(registrations, application, asked);
  };

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
    issue: async ({
      principal,
      audience,
      holder,
      client,
      scopes,
      version = '1.0',
      seconds = principal.resourceId ? 86_400 : 3_600,
    }) => {
      const own = registered(principal, audience);
      const asked = { principal, audience, version, now: clock.now(), seconds, holder, client };
      if (!own) return signer.sign(asked);
      const { roles, ...rest } = own;
      const given = narrowed(rest.scopes, scopes);
      return signer.sign({ ...asked, ...rest, scopes: given, principal: { ...principal, roles } });
    },
  };
};

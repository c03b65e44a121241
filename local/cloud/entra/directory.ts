import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../clock/clock.ts';
import { guid } from '../draw.ts';
import type { Entra, Principal } from './entra.ts';
import type { Signer } from './signer.ts';

type NewPrincipal = Omit<Principal, 'objectId' | 'appId' | 'createdAt'>;

/** The directory, empty. Object ids follow from names, so that every run has the same ones. */
export const createDirectory = (clock: Clock, signer: Signer, tenantId: string): Entra => {
  const principals = new Map<string, Principal>();
  const identities = new Map<string, Principal>();
  const attachments = new Map<string, Set<string>>();
  const secrets = new Map<string, string>();
  const births = new Map<string, number>();

  const add = (principal: NewPrincipal, key: string): Principal => {
    const birth = (births.get(key) ?? 0) + 1;
    births.set(key, birth);
    const made: Principal = {
      ...principal,
      createdAt: clock.now(),
      objectId: guid('object', principal.tenantId, key, birth),
      ...(principal.kind === 'ServicePrincipal' ? { appId: guid('app', principal.tenantId, key, birth) } : {}),
    };
    principals.set(made.objectId, made);
    return made;
  };
  const createIdentity = (resourceId: string): Principal => {
    const key = resourceId.toLowerCase();
    const name = resourceId.split('/').at(-1) ?? resourceId;
    const existing = identities.get(key);
    if (existing) return existing;
    const made = add({ tenantId, kind: 'ServicePrincipal', name, roles: [], resourceId }, key);
    identities.set(key, made);
    return made;
  };

  return {
    tenantId,
    principal: (objectId) => principals.get(objectId.toLowerCase()),
    principals: () => [...principals.values()],
    managedIdentity: (resourceId) => identities.get(resourceId.toLowerCase()),
    createSystemIdentity: createIdentity,
    createUserIdentity: createIdentity,
    deleteIdentity: (resourceId) => {
      const found = identities.get(resourceId.toLowerCase());
      if (found) principals.delete(found.objectId);
      identities.delete(resourceId.toLowerCase());
    },
    attachIdentity: (resourceId, identityId) => {
      const key = resourceId.toLowerCase();
      attachments.set(key, (attachments.get(key) ?? new Set()).add(identityId.toLowerCase()));
    },
    attachedIdentities: (resourceId) =>
      [...(attachments.get(resourceId.toLowerCase()) ?? [])].flatMap((id) => identities.get(id) ?? []),
    createUser: ({ name, roles = [], tenantId: tenant = tenantId }) =>
      add({ tenantId: tenant, kind: 'User', name, roles }, `user:${name}`),
    createServicePrincipal: ({ name, secret, roles = [], tenantId: tenant = tenantId }) => {
      const made = add({ tenantId: tenant, kind: 'ServicePrincipal', name, roles }, `app:${name}`);
      if (secret !== undefined) secrets.set(made.objectId, secret);
      return made;
    },
    proves: (objectId, secret) => sameText(secrets.get(objectId), secret),
    tenants: () => [...new Set([tenantId, ...[...principals.values()].map((each) => each.tenantId)])],
    issue: ({ principal, audience, seconds, version }) =>
      signer.sign({
        principal,
        audience,
        version: version ?? '1.0',
        now: clock.now(),
        seconds: seconds ?? (principal.resourceId ? 86_400 : 3_600),
      }),
  };
};

const sameText = (known: string | undefined, given: string): boolean => {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return known !== undefined && timingSafeEqual(hash(known), hash(given));
};

import type { Principal } from './entra.ts';

/** The managed identity of each resource, and the user-assigned identities that the resource may also use. */
export type Identities = {
  of(resourceId: string): Principal | undefined;
  set(resourceId: string, principal: Principal): void;
  remove(resourceId: string): Principal | undefined;
  attach(resourceId: string, identityId: string): void;
  detach(resourceId: string, identityId: string): void;
  attached(resourceId: string): Principal[];
};

export const createIdentities = (): Identities => {
  const identities = new Map<string, Principal>();
  const attachments = new Map<string, Set<string>>();
  const of = (resourceId: string) => identities.get(resourceId.toLowerCase());
  return {
    of,
    set: (resourceId, principal) => {
      identities.set(resourceId.toLowerCase(), principal);
    },
    remove: (resourceId) => {
      const found = of(resourceId);
      identities.delete(resourceId.toLowerCase());
      return found;
    },
    attach: (resourceId, identityId) => {
      const key = resourceId.toLowerCase();
      attachments.set(key, (attachments.get(key) ?? new Set()).add(identityId));
    },
    detach: (resourceId, identityId) => {
      const own = attachments.get(resourceId.toLowerCase()) ?? new Set();
      for (const one of own) if (one.toLowerCase() === identityId.toLowerCase()) own.delete(one);
    },
    attached: (resourceId) => [...(attachments.get(resourceId.toLowerCase()) ?? [])].flatMap((id) => of(id) ?? []),
  };
};

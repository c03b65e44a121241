import { guid } from '../draw.ts';
import type { Principal } from './entra.ts';

/** `appId`: of an application of Microsoft's own, which has the same in every tenant. */
export type NewPrincipal = Omit<Principal, 'objectId' | 'createdAt'>;

/** All principals of the directory. */
export type Principals = {
  /** Object and application ids follow from `key` and how often it was used: the same in every run, new after a deletion. */
  add(principal: NewPrincipal, key: string): Principal;
  get(objectId: string): Principal | undefined;
  remove(objectId: string): void;
  all(): Principal[];
  /** The tenants of all principals that ever were in the directory. */
  tenants(): string[];
};

export const createPrincipals = (now: () => number): Principals => {
  const principals = new Map<string, Principal>();
  const tenants = new Set<string>();
  const births = new Map<string, number>();
  return {
    add: (principal, key) => {
      const birth = (births.get(key) ?? 0) + 1;
      births.set(key, birth);
      const { tenantId, kind } = principal;
      const made: Principal = {
        ...(kind === 'ServicePrincipal' ? { appId: guid('app', tenantId, key, birth) } : {}),
        ...principal,
        createdAt: now(),
        objectId: guid('object', tenantId, key, birth),
      };
      principals.set(made.objectId, made);
      tenants.add(tenantId);
      return made;
    },
    get: (objectId) => principals.get(objectId.toLowerCase()),
    remove: (objectId) => {
      principals.delete(objectId);
    },
    all: () => [...principals.values()],
    tenants: () => [...tenants],
  };
};

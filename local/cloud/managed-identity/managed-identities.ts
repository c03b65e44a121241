import { resourceId } from '../arm/resource-id.ts';
import type { World } from '../service.ts';

export const IDENTITY_TYPE = 'Microsoft.ManagedIdentity/userAssignedIdentities';

export type UserIdentity = { id: string; name: string; location: string; tags: Record<string, string> };

/** User-assigned identities as resources; the principals behind them are Entra's. */
export type ManagedIdentities = {
  create(identity: {
    subscription: string;
    group: string;
    name: string;
    location?: string;
    tags?: Record<string, string>;
  }): UserIdentity;
  get(id: string): UserIdentity | undefined;
  remove(id: string): void;
  all(): UserIdentity[];
};

export const createManagedIdentities = ({ entra, onChange }: World): ManagedIdentities => {
  const identities = new Map<string, UserIdentity>();
  onChange(({ kind, resourceId: id }) => {
    if (kind === 'identityDeleted') identities.delete(id.toLowerCase());
  });
  return {
    create: ({ subscription, group, name, location = 'koreacentral', tags = {} }) => {
      const id = resourceId({ subscription, group, type: IDENTITY_TYPE, name });
      const made = { id: identities.get(id.toLowerCase())?.id ?? id, name, location, tags };
      identities.set(id.toLowerCase(), made);
      entra.createUserIdentity(made.id);
      return made;
    },
    get: (id) => identities.get(id.toLowerCase()),
    remove: (id) => {
      identities.delete(id.toLowerCase());
      entra.deleteIdentity(id);
    },
    all: () => [...identities.values()],
  };
};

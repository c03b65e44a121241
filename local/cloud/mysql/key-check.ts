import { sameId } from '../arm/resource-id.ts';
import type { KeyOperation, World } from '../service.ts';
import { type KeyRefusal, keyRefusal, NO_IDENTITY } from './key-refusal.ts';
import type { DataEncryption, FlexibleServer, Server } from './server.ts';

/** The key that a server uses, and the principal of its identity; no principal when the identity is not assigned. */
export type KeyUsage = { kid: string; principalId: string | undefined };

/**
 * The key operations that a running server does all the time. Key Vault refuses wrapKey with an expired key but not unwrapKey, so
 * an expired key stops a single server ("Azure Database for MySQL data encryption with a customer-managed key") and not a
 * flexible one ("even if the key expired, the server stays accessible by design").
 */
export const RUNNING: Record<Server['generation'], KeyOperation[]> = {
  single: ['wrapKey', 'unwrapKey'],
  flexible: ['unwrapKey'],
};

/** The key operations that setting or revalidating the key needs: the permissions that each page requires. */
export const CONFIGURING: Record<Server['generation'], KeyOperation[]> = {
  single: ['get', 'wrapKey', 'unwrapKey'],
  flexible: ['get', 'list', 'unwrapKey'],
};

export const keyUsage = (server: Server): KeyUsage | undefined => {
  if (server.generation === 'single')
    return server.key && { kid: server.key.uri, principalId: server.identity?.principalId };
  return server.dataEncryption && primaryUsage(server.identities, server.dataEncryption);
};

export const primaryUsage = (identities: FlexibleServer['identities'], encryption: DataEncryption): KeyUsage => ({
  kid: encryption.primaryKeyURI,
  principalId: principalOf(identities, encryption.primaryUserAssignedIdentityId),
});

export const geoBackupUsage = (
  identities: FlexibleServer['identities'],
  { geoBackupKeyURI: kid, geoBackupUserAssignedIdentityId: identity }: DataEncryption,
): KeyUsage | undefined => (kid && identity ? { kid, principalId: principalOf(identities, identity) } : undefined);

const principalOf = (identities: FlexibleServer['identities'], id: string): string | undefined =>
  Object.entries(identities).find(([assigned]) => sameId(assigned, id))?.[1].principalId;

/** Really uses the key, one operation after the other; undefined when all of them work. */
export const useKey = async (
  world: World,
  { kid, principalId }: KeyUsage,
  operations: KeyOperation[],
): Promise<KeyRefusal | undefined> => {
  const principal = principalId === undefined ? undefined : world.entra.principal(principalId);
  if (!principal) return NO_IDENTITY;
  const user = { principalId: principal.objectId, tenantId: principal.tenantId, trustedService: true };
  for (const operation of operations) {
    const use = await world.keyVault.use(user, kid, operation);
    if (!use.ok) return keyRefusal(kid, principal.objectId, use);
  }
  return undefined;
};

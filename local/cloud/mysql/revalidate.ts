import { sameId } from '../arm/resource-id.ts';
import type { World } from '../service.ts';
import { failRevalidation, serveAgain } from './availability.ts';
import { CONFIGURING, geoBackupUsage, primaryUsage, useKey } from './key-check.ts';
import type { KeyRefusal } from './key-refusal.ts';
import type { DataEncryption, FlexibleServer, Server, ServerKey, SingleServer } from './server.ts';

/** Sets the key of a single server, or the same key again; the server keeps its old key when the new one cannot be used. */
export const setServerKey = async (
  world: World,
  server: SingleServer,
  { name, uri }: Omit<ServerKey, 'createdAt'>,
): Promise<KeyRefusal | undefined> => {
  const refusal = await useKey(world, { kid: uri, principalId: server.identity?.principalId }, CONFIGURING.single);
  if (refusal) return refuse(world, server, refusal);
  const createdAt = server.key && sameId(server.key.name, name) ? server.key.createdAt : world.clock.now();
  server.key = { name, uri, createdAt };
  return serve(world, server);
};

export type Encryption = { identities: FlexibleServer['identities']; dataEncryption: DataEncryption };

/** Sets identities and data encryption of a flexible server, or the same ones again. A new key must also wrap. */
export const setDataEncryption = async (
  world: World,
  server: FlexibleServer,
  { identities, dataEncryption }: Encryption,
): Promise<KeyRefusal | undefined> => {
  const refusal = await tryEncryption(world, { identities, dataEncryption }, server.dataEncryption);
  if (refusal) return refuse(world, server, refusal);
  server.identities = identities;
  server.dataEncryption = dataEncryption;
  return serve(world, server);
};

/** Uses the primary key and, if there is one, that of the geo-redundant backup. */
export const tryEncryption = async (
  world: World,
  { identities, dataEncryption }: Encryption,
  before?: DataEncryption,
): Promise<KeyRefusal | undefined> => {
  const known = [before?.primaryKeyURI, before?.geoBackupKeyURI];
  for (const usage of [primaryUsage(identities, dataEncryption), geoBackupUsage(identities, dataEncryption)]) {
    if (!usage) continue;
    const isNew = !known.some((kid) => kid !== undefined && sameId(kid, usage.kid));
    const refusal = await useKey(world, usage, isNew ? [...CONFIGURING.flexible, 'wrapKey'] : CONFIGURING.flexible);
    if (refusal) return refusal;
  }
  return undefined;
};

const refuse = (world: World, server: Server, refusal: KeyRefusal): KeyRefusal => {
  failRevalidation(server.availability, world.clock.now(), refusal);
  return refusal;
};

const serve = (world: World, server: Server): undefined => {
  const wasInaccessible = server.availability.condition === 'inaccessible';
  const at = world.clock.now();
  serveAgain(server.availability, at);
  if (wasInaccessible) world.changed({ kind: 'serverReady', resourceId: server.id, at });
};

import { resourceId } from '../arm/resource-id.ts';
import type { World } from '../service.ts';
import { available } from './availability.ts';
import { type KeyRefusal, NO_IDENTITY } from './key-refusal.ts';
import type { CopyMode } from './server.ts';
import { type FlexibleServer, SERVER_TYPES, type Server, type SingleServer } from './server.ts';

/** The place of a copy. The location is that of its source when left out. */
export type CopyPlace = { subscription: string; group: string; name: string; location?: string };

/**
 * The copy that a restore or a replica makes (createMode of servers 2017-12-01, flexibleServers 2023-12-30). A single server
 * inherits the key but no identity; a flexible one keeps the user-assigned identity. With a key of the customer it refuses
 * connections until its key is revalidated on the copy ("Restore and replicas", data encryption with customer-managed keys, both
 * generations).
 */
export const copyOf = (world: World, source: Server, mode: CopyMode, place: CopyPlace): Server =>
  source.generation === 'single'
    ? copyOfSingle(world, source, mode, place)
    : copyOfFlexible(world, source, mode, place);

export const copyOfSingle = (world: World, source: SingleServer, mode: CopyMode, place: CopyPlace): SingleServer => {
  const { identity: _identity, key, ...rest } = source;
  const now = world.clock.now();
  const copy = { ...rest, ...born(source, mode, place, now) };
  if (!key) return { ...copy, availability: available(now) };
  return { ...copy, key: { ...key, createdAt: now }, availability: awaitingAccess(now) };
};

export const copyOfFlexible = (
  world: World,
  source: FlexibleServer,
  mode: CopyMode,
  place: CopyPlace,
): FlexibleServer => {
  const { geoBackupLoss: _geoBackupLoss, dataEncryption, ...rest } = source;
  const now = world.clock.now();
  const copy = { ...rest, identities: { ...source.identities }, ...born(source, mode, place, now) };
  if (!dataEncryption) return { ...copy, availability: available(now) };
  const starts = world.switches.flexibleCopyStarts ?? 'Inaccessible';
  return {
    ...copy,
    dataEncryption: mode === 'GeoRestore' ? ofPairedRegion(dataEncryption) : { ...dataEncryption },
    availability: starts === 'Ready' ? available(now) : awaitingAccess(now),
  };
};

/** In the paired region the key of the geo-redundant backup becomes the primary one. */
const ofPairedRegion = ({
  geoBackupKeyURI,
  geoBackupUserAssignedIdentityId,
  ...primary
}: NonNullable<FlexibleServer['dataEncryption']>) => ({
  primaryKeyURI: geoBackupKeyURI ?? primary.primaryKeyURI,
  primaryUserAssignedIdentityId: geoBackupUserAssignedIdentityId ?? primary.primaryUserAssignedIdentityId,
});

const born = (source: Server, mode: CopyMode, { location, ...place }: CopyPlace, createdAt: number) => ({
  ...place,
  id: resourceId({ ...place, type: SERVER_TYPES[source.generation] }),
  location: location ?? source.location,
  tags: {},
  createdAt,
  copiedFrom: { id: source.id, mode },
});

const AWAITING: KeyRefusal = {
  code: NO_IDENTITY.code,
  message: 'The data encryption of the restored server or replica must be revalidated before it accepts connections.',
};

const awaitingAccess = (at: number): Server['availability'] => ({
  condition: 'inaccessible',
  accepting: false,
  since: at,
  loss: { at, refusesAt: at, reason: AWAITING },
  history: [{ at, kind: 'refused', reason: AWAITING }],
});

/** None, or a server's part in replication; a server is a source as long as a replica of it is there. */
export const replicationRole = (server: Server, copies: Server[]): 'None' | 'Source' | 'Replica' => {
  if (server.copiedFrom?.mode === 'Replica') return 'Replica';
  const isSource = copies.some(
    ({ copiedFrom }) => copiedFrom?.mode === 'Replica' && copiedFrom.id.toLowerCase() === server.id.toLowerCase(),
  );
  return isSource ? 'Source' : 'None';
};

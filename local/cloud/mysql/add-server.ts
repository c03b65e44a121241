import { resourceId } from '../arm/resource-id.ts';
import type { World } from '../service.ts';
import { available } from './availability.ts';
import { type FlexibleServer, SERVER_TYPES, type Server, type SingleServer } from './server.ts';
import { serverKeyName } from './server-key-name.ts';

export type ServerSpec = {
  subscription: string;
  group: string;
  name: string;
  location?: string;
  tags?: Record<string, string>;
  version?: string;
  administratorLogin?: string;
  storageGB?: number;
};

/** `keyUri` is the versioned id of the key; a server with a key gets a system-assigned identity. */
export type SingleServerSpec = ServerSpec & { keyUri?: string; sku?: SingleServer['sku'] };

/** `identity` is the resource id of the user-assigned identity with which `keyUri` is used; made if it is not there. */
export type FlexibleServerSpec = ServerSpec & {
  sku?: FlexibleServer['sku'];
  encryption?: { keyUri: string; identity: string };
};

/** A single server as it is when its creation is over: Ready, the key not yet used. */
export const newSingleServer = (world: World, { keyUri, sku, ...spec }: SingleServerSpec): SingleServer => {
  const server: SingleServer = {
    ...anyServer(world, spec, 'single'),
    generation: 'single',
    sku: sku ?? { name: 'GP_Gen5_2', tier: 'GeneralPurpose', family: 'Gen5', capacity: 2 },
  };
  if (keyUri === undefined) return server;
  assignSystemIdentity(world, server);
  server.key = { name: nameOfKey(keyUri), uri: keyUri, createdAt: world.clock.now() };
  return server;
};

/** Gives the server its system-assigned identity; a new identity if Entra no longer knows the old one. */
export const assignSystemIdentity = (world: World, server: SingleServer): void => {
  const { objectId, tenantId } = world.entra.managedIdentity(server.id) ?? world.entra.createSystemIdentity(server.id);
  server.identity = { principalId: objectId, tenantId };
};

/** A flexible server as it is when its creation is over: Ready, the key not yet used. */
export const newFlexibleServer = (world: World, { encryption, sku, ...spec }: FlexibleServerSpec): FlexibleServer => {
  const server: FlexibleServer = {
    ...anyServer(world, spec, 'flexible'),
    generation: 'flexible',
    sku: sku ?? { name: 'Standard_D2ds_v4', tier: 'GeneralPurpose' },
    identities: {},
  };
  if (!encryption) return server;
  nameOfKey(encryption.keyUri);
  const { identity, keyUri } = encryption;
  const principal = world.entra.managedIdentity(identity) ?? world.entra.createUserIdentity(identity);
  server.identities[identity] = { principalId: principal.objectId, clientId: principal.appId ?? principal.objectId };
  server.dataEncryption = { primaryKeyURI: keyUri, primaryUserAssignedIdentityId: identity };
  return server;
};

const anyServer = (world: World, spec: ServerSpec, generation: Server['generation']) => {
  const { subscription, group, name } = spec;
  const now = world.clock.now();
  return {
    id: resourceId({ subscription, group, type: SERVER_TYPES[generation], name }),
    subscription,
    group,
    name,
    location: spec.location ?? 'koreacentral',
    tags: spec.tags ?? {},
    version: spec.version ?? (generation === 'single' ? '8.0' : '8.0.21'),
    administratorLogin: spec.administratorLogin ?? 'mysqladmin',
    storageGB: spec.storageGB ?? 100,
    createdAt: now,
    availability: available(now),
  };
};

const nameOfKey = (keyUri: string): string => {
  const name = serverKeyName(keyUri);
  if (name === undefined)
    throw new Error(`'${keyUri}' is not a key with its version: https://{vault}.vault.azure.net/keys/{key}/{version}.`);
  return name;
};

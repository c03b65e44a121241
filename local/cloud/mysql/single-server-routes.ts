import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { readBody, TAGS } from '../arm/read-body.ts';
import type { Answer, Call, Route, World } from '../service.ts';
import { assignSystemIdentity, newSingleServer } from './add-server.ts';
import { asksForCopy } from './copy-body.ts';
import { placeOf, serverId, singleServerOf } from './find-server.ts';
import type { MySql } from './mysql.ts';
import { putSingleCopy } from './put-copy.ts';
import type { SingleServer } from './server.ts';
import { accepted, written } from './server-operations.ts';
import { serverRoutes } from './server-routes.ts';
import { singleServerJson, storageProfileJson } from './single-server-json.ts';
import { refuseUnlessReady, refuseWhenStopped, refuseWhileBusy } from './write-guard.ts';

/** `None` takes the identity away, as for every resource of Azure. */
const IDENTITY = z.object({ type: z.enum(['SystemAssigned', 'None']) });
const SKU = z.looseObject({
  name: z.string(),
  tier: z.string(),
  family: z.string().optional(),
  capacity: z.number().optional(),
});
const UPDATE = z.strictObject({
  identity: IDENTITY.optional(),
  tags: TAGS.optional(),
  properties: z.strictObject({ storageProfile: z.record(z.string(), z.unknown()).optional() }).optional(),
});
const CREATE = z.object({
  location: z.string(),
  tags: TAGS.optional(),
  sku: SKU.optional(),
  identity: IDENTITY.optional(),
  properties: z.object({
    createMode: z.literal('Default').default('Default'),
    administratorLogin: z.string(),
    administratorLoginPassword: z.string(),
    version: z.enum(['5.6', '5.7', '8.0']).optional(),
    storageProfile: z.looseObject({ storageMB: z.number().optional() }).optional(),
  }),
});

/** Microsoft.DBforMySQL/servers, api-version 2017-12-01. */
export const singleServerRoutes = (world: World, mysql: MySql): Route[] =>
  serverRoutes<SingleServer>(world, mysql, {
    generation: 'single',
    apiVersions: ['2017-12-01'],
    of: (call) => singleServerOf(mysql.servers, call),
    json: (server) => singleServerJson(server, mysql.servers.copies()),
    put: (call) => (asksForCopy(call.body) ? putSingleCopy(world, mysql, call) : putServer(world, mysql, call)),
    patch: (call) => updateServer(world, mysql, singleServerOf(mysql.servers, call), call),
  });

const putServer = (world: World, mysql: MySql, call: Call): Answer => {
  const { location, tags, sku, identity, properties } = readBody(CREATE, call.body);
  const existing = mysql.servers.single(serverId(call, 'single'));
  if (existing) return update(world, mysql, existing, call, { tags, identity });
  const { administratorLogin, version, storageProfile } = properties;
  return accepted(
    world,
    call,
    { id: serverId(call, 'single'), location },
    {
      kind: 'create',
      run: async () => {
        const server = newSingleServer(world, {
          ...placeOf(call),
          location,
          administratorLogin,
          ...(tags ? { tags } : {}),
          ...(sku ? { sku: given(sku) } : {}),
          ...(version ? { version } : {}),
          ...(storageProfile?.storageMB ? { storageGB: storageProfile.storageMB / 1024 } : {}),
        });
        if (identity?.type === 'SystemAssigned') assignSystemIdentity(world, server);
        mysql.put(server);
        written(world, server);
        return singleServerJson(server, mysql.servers.copies());
      },
    },
  );
};

const given = ({ name, tier, family, capacity }: z.infer<typeof SKU>): SingleServer['sku'] => ({
  name,
  tier,
  ...(family === undefined ? {} : { family }),
  ...(capacity === undefined ? {} : { capacity }),
});

type Update = { tags?: Record<string, string> | undefined; identity?: z.infer<typeof IDENTITY> | undefined };

const updateServer = (world: World, mysql: MySql, server: SingleServer, call: Call): Answer => {
  const { properties, ...rest } = readBody(UPDATE, call.body);
  refuseOtherStorage(server, properties?.storageProfile ?? {});
  return update(world, mysql, server, call, rest);
};

/** `az mysql server update` sends the storage as it has read it with whatever it changes. Another storage is not played here. */
const refuseOtherStorage = (server: SingleServer, asked: Readonly<Record<string, unknown>>): void => {
  const there: Readonly<Record<string, unknown>> = storageProfileJson(server);
  const other = Object.keys(asked).find((name) => asked[name] !== there[name]);
  if (other === undefined) return;
  throw new AzureError(400, 'InvalidParameterValue', `This cloud does not change storageProfile.${other} of a server.`);
};

const changeIdentity = (world: World, server: SingleServer, { type }: z.infer<typeof IDENTITY>): void => {
  if (type === 'SystemAssigned') {
    assignSystemIdentity(world, server);
    return;
  }
  delete server.identity;
  world.entra.deleteIdentity(server.id);
};

/**
 * Assigning the identity is the one update that an inaccessible server permits: without an identity the server cannot use a key.
 */
const update = (world: World, mysql: MySql, server: SingleServer, call: Call, { tags, identity }: Update): Answer => {
  refuseWhileBusy(world, server);
  if (tags || !identity) refuseUnlessReady(server, 'UpdateServer');
  refuseWhenStopped(server, 'UpdateServer');
  return accepted(world, call, server, {
    kind: 'update',
    run: async () => {
      if (tags) server.tags = tags;
      if (identity) changeIdentity(world, server, identity);
      written(world, server);
      return singleServerJson(server, mysql.servers.copies());
    },
  });
};

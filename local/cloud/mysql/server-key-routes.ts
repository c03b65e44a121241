import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { readBody } from '../arm/read-body.ts';
import { sameId } from '../arm/resource-id.ts';
import type { Answer, Call, Route, World } from '../service.ts';
import { singleServerOf } from './find-server.ts';
import type { MySql } from './mysql.ts';
import { setServerKey } from './revalidate.ts';
import type { ServerKey, SingleServer } from './server.ts';
import { serverKeyName } from './server-key-name.ts';
import { accepted, failOnRefusal, written } from './server-operations.ts';
import { serverKeyJson } from './single-server-json.ts';
import { refuseUnlessReady, refuseWhenStopped, refuseWhileBusy } from './write-guard.ts';

const BODY = z.object({ properties: z.object({ serverKeyType: z.literal('AzureKeyVault'), uri: z.string() }) });

/** Microsoft.DBforMySQL/servers/keys, api-version 2020-01-01. A server has one key; the last one set is in use. */
export const serverKeyRoutes = (world: World, mysql: MySql): Route[] => {
  const path =
    '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.DBforMySQL/servers/{server}/keys';
  const arm = (
    method: string,
    tail: string,
    action: string,
    handle: (server: SingleServer, call: Call) => Answer,
  ): Route => ({
    plane: 'arm',
    method,
    path: path + tail,
    apiVersions: ['2020-01-01'],
    action: `Microsoft.DBforMySQL/servers/keys/${action}`,
    handle: (call) => handle(singleServerOf(mysql.servers, call), call),
  });
  return [
    arm('GET', '', 'read', (server) => ({
      status: 200,
      body: { value: server.key ? [serverKeyJson(server, server.key)] : [] },
    })),
    arm('GET', '/{key}', 'read', (server, call) => ({ status: 200, body: serverKeyJson(server, keyOf(server, call)) })),
    arm('PUT', '/{key}', 'write', (server, call) => putKey(world, mysql, server, call)),
    arm('DELETE', '/{key}', 'delete', (server, call) => deleteKey(world, server, call)),
  ];
};

/** Sets the key. Setting the same key again is the revalidation, which brings an inaccessible server back. */
const putKey = (world: World, mysql: MySql, server: SingleServer, call: Call): Answer => {
  const { uri } = readBody(BODY, call.body).properties;
  const name = checkedName(uri, call.params['key'] ?? '');
  refuseWhileBusy(world, server);
  refuseWhenStopped(server, 'UpsertServerKey');
  return accepted(world, call, server, {
    kind: 'encrypt',
    run: async () => {
      failOnRefusal(await setServerKey(world, server, { name, uri }));
      mysql.watch();
      written(world, server);
      return server.key && serverKeyJson(server, server.key);
    },
  });
};

const checkedName = (uri: string, given: string): string => {
  const name = serverKeyName(uri);
  if (name === undefined)
    throw new AzureError(
      400,
      'AzureKeyVaultInvalidUri',
      `The key URI '${uri}' is invalid; it must be https://YourVaultName.vault.azure.net/keys/YourKeyName/YourKeyVersion.`,
    );
  if (sameId(name, given)) return name;
  throw new AzureError(
    400,
    'InvalidKeyName',
    `An invalid value was given for the server key name '${given}'; for this key URI it must be '${name}'.`,
  );
};

/** Back to the service-managed key, which an inaccessible server does not permit. */
const deleteKey = (world: World, server: SingleServer, call: Call): Answer => {
  keyOf(server, call);
  refuseWhileBusy(world, server);
  refuseUnlessReady(server, 'DropServerKey');
  return accepted(world, call, server, {
    kind: 'encrypt',
    run: async () => {
      delete server.key;
      written(world, server);
    },
  });
};

const keyOf = (server: SingleServer, { params }: Call): ServerKey => {
  const name = params['key'] ?? '';
  if (server.key && sameId(server.key.name, name)) return server.key;
  throw new AzureError(404, 'ServerKeyNotFound', `The requested server key '${name}' was not found.`);
};

import type { MySQLManagementClient, Server, ServerKey } from '@azure/arm-mysql';
import { apiVersion } from '../../remediation/model/api-versions.ts';
import { isSameJson } from '../../remediation/model/canonical.ts';
import { absent, type ConsumerFacts, type ConsumerState, present, unknown } from '../../remediation/model/facts.ts';
import { PROFILES } from '../../remediation/model/profiles.ts';
import { placeOf } from '../../remediation/model/resource-id.ts';
import { begun } from '../connection/begun.ts';
import { type Connection, cachedBy } from '../connection/connection.ts';
import { inParallel } from '../connection/in-parallel.ts';
import { readInGroup } from '../failure/missing-group.ts';
import { answerOf } from '../http/another-answer.ts';
import type { ArmWrite } from '../http/arm-client.ts';
import { onlyTo } from '../http/only-to.ts';
import { ONLY_LISTS } from '../http/pages.ts';
import { birthOf } from './birth.ts';
import {
  type ConsumerReading,
  type ConsumerType,
  type ListedReading,
  listedOf,
  orUnavailable,
  type Recall,
  stateIn,
  whileDown,
} from './consumer-type.ts';
import { pinnedKey, whyNotPinned } from './pinned-key.ts';
import { readList } from './read-list.ts';
import { tagsOf, understoodLater } from './understood.ts';

/** `userVisibleState` of Microsoft.DBforMySQL/servers. The portal shows Available where this value is Ready. */
const STATES: Readonly<Record<string, ConsumerState>> = {
  ready: 'ready',
  inaccessible: 'inaccessible',
  dropping: 'busy',
  disabled: 'stopped',
};

const SERVERS_API = apiVersion('Microsoft.DBforMySQL/servers');
const KEYS_API = apiVersion('Microsoft.DBforMySQL/servers/keys');

/** `{vault}_{key}_{version}`: "the server key API requires that the server key has a specific name" (Azure CLI). */
const keyNameOf = (kid: string): string => {
  const { hostname, pathname } = new URL(kid);
  const [, , key, version] = pathname.split('/');
  return `${hostname.split('.')[0]}_${key}_${version}`;
};

const keyWrite = (id: string, keyName: string | undefined, uri: string): ArmWrite => ({
  method: 'PUT',
  path: `${id}/keys/${keyName}`,
  apiVersion: KEYS_API,
  body: { properties: { serverKeyType: 'AzureKeyVault', uri } },
});

/**
 * Creates a new identity where Entra does not know the former one any more. The source is Azure SQL's text on
 * AzureKeyVaultNoServerIdentity ("Common errors for transparent data encryption"), whose servers and keys have the same
 * API shape.
 */
const identityWrite = (id: string): ArmWrite => ({
  method: 'PATCH',
  path: id,
  apiVersion: SERVERS_API,
  body: { identity: { type: 'SystemAssigned' } },
});

/** `byokEnforcement`: "whether the server data encryption is enabled with customer-managed keys". */
const usesOwnKey = ({ byokEnforcement }: Server): boolean => byokEnforcement?.toLowerCase() !== 'disabled';

const reading = (server: Server, keys: readonly ServerKey[]): ConsumerReading => {
  const { earliestRestoreDate, id = '', identity, location, masterServerId, name = '' } = server;
  const { userVisibleState: raw } = server;
  const key = keys.find(({ serverKeyType }) => serverKeyType === 'AzureKeyVault');
  if (!key?.uri) return { kind: 'notEncrypted', id };
  const { uri } = key;
  const pinned = pinnedKey(PROFILES.mysqlSingleServer.namesVersion, uri);
  const reason = `server ${name}${whileDown(raw)} ${whyNotPinned(uri)}`;
  if (!pinned) return { kind: 'unknown', id, reason, namesNoKey: true };
  return {
    kind: 'consumer',
    facts: {
      id,
      kind: 'mysqlSingleServer',
      name,
      location,
      state: raw ? present({ state: stateIn(STATES, raw), raw }) : unknown(`server ${name} states no userVisibleState`),
      pinned,
      principalId: identity?.principalId ? present(identity.principalId.toLowerCase()) : absent,
      identity: { kind: 'system' },
      ...birthOf(undefined, earliestRestoreDate),
      ...(identity?.tenantId ? { tenantId: identity.tenantId } : {}),
      // The source of a replica. A restored server does not state its source, and an empty text counts as none.
      ...(masterServerId ? { copyOf: masterServerId.toLowerCase() } : {}),
      tags: tagsOf(server.tags),
    },
    others: [],
    // Revalidation sends the same key once more: "How to: data encryption with Azure CLI", Azure Database for MySQL.
    revalidation: () => keyWrite(id, key.name, uri),
    repointing: (_use, { kid }) => keyWrite(id, keyNameOf(kid), kid),
    assigning: (_use, { kind }) => (kind === 'system' ? identityWrite(id) : undefined),
  };
};

const all = async <T>(pages: AsyncIterable<T>): Promise<T[]> => {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
};

type Clients = (subscriptionId: string) => Promise<MySQLManagementClient>;

const openClients = ({ cloud, credential, httpClient }: Connection): Clients =>
  cachedBy(async (subscriptionId) => {
    // This CommonJS client needs the ES modules of the HTTP client, which must be loaded before it.
    const shared = { httpClient: onlyTo(cloud.armEndpoint, await httpClient()), retryOptions: { maxRetries: 0 } };
    const { MySQLManagementClient } = await import('@azure/arm-mysql');
    const { armEndpoint: endpoint } = cloud;
    return new MySQLManagementClient(await credential(), subscriptionId, { ...shared, endpoint, $host: endpoint });
  });

type ListKeys = () => Promise<readonly ServerKey[]>;

const keysOf =
  (clients: Clients, id: string): ListKeys =>
  async () => {
    const { subscriptionId, resourceGroup, name } = placeOf(id);
    const { serverKeys } = await clients(subscriptionId);
    return all(serverKeys.list(resourceGroup, name, ONLY_LISTS));
  };

const withKeys = async (server: Server, listKeys: ListKeys): Promise<ConsumerReading> => {
  const id = server.id ?? '';
  if (!usesOwnKey(server)) return { kind: 'notEncrypted', id };
  const about = { what: `the keys of server ${placeOf(id).name}`, scope: id };
  const keys = await readInGroup(about, listKeys);
  if (keys.kind === 'absent') return { kind: 'gone', id };
  return keys.kind === 'unknown' ? { ...keys, id } : reading(server, keys.value);
};

/** The server as listed now, with its recalled key, if nothing else of it has changed: no list shows the key. */
const recalled = (server: Server, recall: Recall): ConsumerReading | undefined => {
  const last = recall(server.id ?? '');
  if (!last || !usesOwnKey(server)) return undefined;
  const { kid } = last.pinned;
  const supposed = reading(server, [{ serverKeyType: 'AzureKeyVault', uri: kid, name: keyNameOf(kid) }]);
  if (supposed.kind !== 'consumer' || !isSame(supposed.facts, last)) return undefined;
  const { existsSince } = supposed.facts;
  // The same facts as recorded, which are in memory already.
  return { ...supposed, facts: { ...last, ...(existsSince !== undefined && { existsSince }) } };
};

/** The oldest restore point moves on by itself, so it is not compared. */
const comparable = ({ existsSince: _, ...facts }: ConsumerFacts): Omit<ConsumerFacts, 'existsSince'> => facts;

const isSame = (one: ConsumerFacts, other: ConsumerFacts): boolean => isSameJson(comparable(one), comparable(other));

const readPin = async (clients: Clients, server: Server): Promise<ConsumerReading> => {
  const read = await withKeys(server, keysOf(clients, server.id ?? ''));
  return read.kind === 'consumer' ? { ...read, pinRead: true } : read;
};

type Unread = { readonly unread: Server };

/** Of a list only the servers whose pin takes a call are kept as Azure has sent them. */
const keptOf = (server: Server, recall: Recall): ListedReading | Unread => {
  try {
    const one = recalled(server, recall);
    return one ? listedOf(one) : { unread: server };
  } catch {
    return { unread: server };
  }
};

const readListed = async (clients: Clients, server: Server): Promise<ListedReading> =>
  listedOf(await understoodLater(server, () => orUnavailable(server.id ?? '', readPin(clients, server))));

/** MySQL single server, retired by Azure in 2024. */
export const mysqlSingleServer = (connection: Connection): ConsumerType => {
  const clients = openClients(connection);
  return {
    list: async (scope, recall) => {
      const { subscriptionId, resourceGroup } = scope;
      const { servers } = await clients(subscriptionId);
      const listOf = () =>
        resourceGroup ? servers.listByResourceGroup(resourceGroup, ONLY_LISTS) : servers.list(ONLY_LISTS);
      const pages = () => listOf().byPage();
      const listed = await readList('the MySQL single servers', scope, pages, (server) => keptOf(server, recall));
      if (listed.kind !== 'present') return listed;
      // After the last page: no page waits for these reads.
      const readings = await inParallel(listed.value, (one) =>
        'unread' in one ? readListed(clients, one.unread) : Promise.resolve(one),
      );
      return present(readings);
    },
    read: async (id) => {
      const { subscriptionId, resourceGroup, name } = placeOf(id);
      const { servers } = await clients(subscriptionId);
      // A server does not name its key: both are asked for at once, so that a read takes as long as one answer.
      const listKeys = begun(keysOf(clients, id));
      const server = await readInGroup({ what: `server ${name}`, scope: id }, async () =>
        answerOf(id, await servers.get(resourceGroup, name)),
      );
      if (server.kind === 'absent') return { kind: 'gone', id };
      return server.kind === 'unknown' ? { ...server, id } : withKeys(server.value, listKeys);
    },
  };
};

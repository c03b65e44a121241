import { absent, type ConsumerState, type Fact, present, unknown } from '../../remediation/facts.ts';
import { parseKeyId } from '../../remediation/key-ref.ts';
import { sameResource } from '../../signals/resource-id.ts';
import type { Connection } from '../connection.ts';
import { readFact } from '../failure/read-fact.ts';
import { type ConsumerReading, type ConsumerType, stateIn } from './consumer-type.ts';

/** The newest stable version; `@azure/arm-mysql-flexible` 3.1 speaks 2021-05-01 and silently drops the encryption. */
const API = '2024-12-30';

/** `state` of a flexible server. Inaccessible is in the documentation, though not in the enumeration of the API. */
const STATES: Readonly<Record<string, ConsumerState>> = {
  ready: 'ready',
  inaccessible: 'inaccessible',
  updating: 'busy',
  starting: 'busy',
  stopping: 'busy',
  dropping: 'busy',
  stopped: 'stopped',
  disabled: 'stopped',
};

type Identities = Readonly<Record<string, { readonly principalId?: string; readonly clientId?: string } | null>>;
type DataEncryption = {
  readonly type?: string;
  readonly primaryKeyURI?: string;
  readonly primaryUserAssignedIdentityId?: string;
};
type FlexibleServer = {
  readonly id?: string;
  readonly name?: string;
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly identity?: { readonly type?: string; readonly userAssignedIdentities?: Identities };
  readonly properties?: { readonly state?: string; readonly dataEncryption?: DataEncryption };
};

/** Object id of the identity that the server uses the key with. */
const principalOf = (identities: Identities, identityId: string | undefined, name: string): Fact<string> => {
  const [, identity] = Object.entries(identities).find(([id]) => identityId && sameResource(id, identityId)) ?? [];
  if (identity === undefined) return absent;
  return identity?.principalId
    ? present(identity.principalId)
    : unknown(`server ${name} states no principal of ${identityId}`);
};

const reading = (server: FlexibleServer): ConsumerReading => {
  const { id = '', identity, location = '', name = '', properties, tags = {} } = server;
  const { dataEncryption, state: raw } = properties ?? {};
  if (dataEncryption?.type?.toLowerCase() !== 'azurekeyvault') return { kind: 'notEncrypted', id };
  const kid = dataEncryption.primaryKeyURI ?? '';
  const pinned = parseKeyId(kid);
  if (!pinned?.version) return { kind: 'unknown', id, reason: `server ${name} names no key version: '${kid}'` };
  const identities = identity?.userAssignedIdentities ?? {};
  return {
    kind: 'consumer',
    facts: {
      id,
      kind: 'mysqlFlexibleServer',
      name,
      location,
      state: raw ? present({ state: stateIn(STATES, raw), raw }) : unknown(`server ${name} states no state`),
      pinned: { key: pinned.key, version: pinned.version, kid },
      principalId: principalOf(identities, dataEncryption.primaryUserAssignedIdentityId, name),
      tags,
    },
    // The same identity and the whole encryption as just read; whether that revalidates is documented nowhere.
    revalidation: {
      method: 'PATCH',
      path: id,
      apiVersion: API,
      body: {
        identity: {
          type: identity?.type ?? 'UserAssigned',
          userAssignedIdentities: Object.fromEntries(Object.keys(identities).map((one) => [one, {}])),
        },
        properties: { dataEncryption },
      },
    },
  };
};

/** MySQL flexible server 2024-12-30. A list shows all of a server, so that listing needs no further read. */
export const mysqlFlexibleServer = ({ arm }: Connection): ConsumerType => ({
  kind: 'mysqlFlexibleServer',
  resourceType: 'microsoft.dbformysql/flexibleservers',
  list: async ({ id: scope }) => {
    const listed = await readFact({ what: `the MySQL flexible servers of ${scope}`, scope }, async () =>
      (await arm()).list(`${scope}/providers/Microsoft.DBforMySQL/flexibleServers`, API),
    );
    return listed.kind === 'present'
      ? present(listed.value.map((server) => reading(server as FlexibleServer)))
      : listed;
  },
  read: async (id) => {
    const server = await readFact({ what: `flexible server ${id}`, scope: id }, async () => (await arm()).get(id, API));
    if (server.kind === 'absent') return { kind: 'gone', id };
    return server.kind === 'unknown' ? { ...server, id } : reading(server.value as FlexibleServer);
  },
});

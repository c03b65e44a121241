import { apiVersion } from '../../remediation/model/api-versions.ts';
import type { ConsumerIdentity } from '../../remediation/model/consumer-identity.ts';
import {
  absent,
  type ConsumerFacts,
  type ConsumerState,
  type Fact,
  type KeyUse,
  present,
  unknown,
} from '../../remediation/model/facts.ts';
import { PROFILES } from '../../remediation/model/profiles.ts';
import { sameResource } from '../../remediation/model/resource-id.ts';
import type { Connection } from '../connection/connection.ts';
import type { SystemData } from '../connection/system-data.ts';
import { readInGroup } from '../failure/missing-group.ts';
import type { ArmWrite } from '../http/arm-client.ts';
import { birthOf } from './birth.ts';
import { type ConsumerReading, type ConsumerType, listedOf, stateIn, whileDown } from './consumer-type.ts';
import { isAnother } from './is-another.ts';
import { pinnedKey, whyNotPinned } from './pinned-key.ts';
import { pagesOf, readList } from './read-list.ts';
import { understood } from './understood.ts';

/** The newest stable version. The version in `@azure/arm-mysql-flexible` 3.1 silently drops the encryption. */
const FLEXIBLE_API = apiVersion('Microsoft.DBforMySQL/flexibleServers');

/** `state` of a flexible server. Inaccessible is documented, although the API's enumeration lacks it. */
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
  readonly geoBackupKeyURI?: string | null;
  readonly geoBackupUserAssignedIdentityId?: string | null;
};
type FlexibleServer = {
  readonly id?: string;
  readonly name?: string;
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly identity?: {
    readonly type?: string;
    readonly tenantId?: string;
    readonly userAssignedIdentities?: Identities;
  };
  readonly systemData?: SystemData;
  readonly properties?: {
    readonly backup?: { readonly earliestRestoreDate?: string };
    readonly state?: string;
    readonly dataEncryption?: DataEncryption;
    readonly sourceServerResourceId?: string;
    readonly replicationRole?: string;
  };
};

/** Object id of the identity with which the server uses a key. */
const principalOf = (identities: Identities, identityId: string, name: string): Fact<string> => {
  const [, identity] = Object.entries(identities).find(([id]) => sameResource(id, identityId)) ?? [];
  if (identity === undefined) return absent;
  return identity?.principalId
    ? present(identity.principalId.toLowerCase())
    : unknown(`server ${name} states no principal of ${identityId}`);
};

type Usage = { readonly kid: string; readonly identityId: string; readonly use?: KeyUse };

/** The key of the server, and the key of its geo-redundant backups in the paired region, if there is one. */
const usagesIn = (encryption: DataEncryption): readonly [Usage, ...Usage[]] => {
  const { geoBackupKeyURI: kid, geoBackupUserAssignedIdentityId: identityId } = encryption;
  const geoBackup: Usage[] = kid ? [{ kid, identityId: identityId ?? '', use: 'geoBackup' }] : [];
  const { primaryKeyURI = '', primaryUserAssignedIdentityId = '' } = encryption;
  return [{ kid: primaryKeyURI, identityId: primaryUserAssignedIdentityId }, ...geoBackup];
};

const factsOf = (server: FlexibleServer, { kid, identityId, use }: Usage): ConsumerFacts | undefined => {
  const pinned = pinnedKey(PROFILES.mysqlFlexibleServer.namesVersion, kid);
  if (!pinned) return undefined;
  const { id = '', identity, location = '', name = '', properties, systemData, tags = {} } = server;
  const { backup, replicationRole, sourceServerResourceId: source, state: raw } = properties ?? {};
  return {
    id,
    kind: 'mysqlFlexibleServer',
    name,
    location,
    state: raw ? present({ state: stateIn(STATES, raw), raw }) : unknown(`server ${name} states no state`),
    pinned,
    ...(use === undefined ? {} : { use }),
    principalId: principalOf(identity?.userAssignedIdentities ?? {}, identityId, name),
    ...(identityId === '' ? {} : { identity: { kind: 'user', id: identityId.toLowerCase() } }),
    ...birthOf(systemData, backup?.earliestRestoreDate),
    ...(identity?.tenantId ? { tenantId: identity.tenantId } : {}),
    ...(source ? { copyOf: source.toLowerCase() } : {}),
    ...(replicationRole?.toLowerCase() === 'replica' ? { isReplica: true as const } : {}),
    tags,
  };
};

/**
 * All identities and the whole encryption as just read, with only the given change. No document says whether an update
 * without a change revalidates.
 */
const encryptionWrite = (
  { id = '', identity, properties }: FlexibleServer,
  changes: Partial<DataEncryption> = {},
  added: readonly string[] = [],
): ArmWrite => ({
  method: 'PATCH',
  path: id,
  apiVersion: FLEXIBLE_API,
  body: {
    identity: {
      type: identity?.type ?? 'UserAssigned',
      userAssignedIdentities: Object.fromEntries(
        [...Object.keys(identity?.userAssignedIdentities ?? {}), ...added].map((one) => [one, {}]),
      ),
    },
    properties: { dataEncryption: { ...properties?.dataEncryption, ...changes } },
  },
});

/**
 * Adds this identity and keeps the others, like `az mysql flexible-server identity assign`. The encryption is not sent:
 * setting it needs an identity that already has access, and the principal of a new identity is known only after it is
 * assigned.
 */
const identityWrite = ({ id = '', properties }: FlexibleServer, identityId: string): ArmWrite => {
  const { geoBackupUserAssignedIdentityId: geo, primaryUserAssignedIdentityId: primary } =
    properties?.dataEncryption ?? {};
  const spelled = [primary, geo].find((one) => one && sameResource(one, identityId)) ?? identityId;
  return {
    method: 'PATCH',
    path: id,
    apiVersion: FLEXIBLE_API,
    body: { identity: { type: 'UserAssigned', userAssignedIdentities: { [spelled]: {} } } },
  };
};

/** An identity that already serves a key is put on the server again. Any other identity becomes part of the encryption. */
const assignmentOf = (
  server: FlexibleServer,
  use: ConsumerFacts,
  wanted: Extract<ConsumerIdentity, { kind: 'user' }>,
): ArmWrite => {
  if (!isAnother(use, wanted)) return identityWrite(server, wanted.id);
  const field = use.use === 'geoBackup' ? 'geoBackupUserAssignedIdentityId' : 'primaryUserAssignedIdentityId';
  return encryptionWrite(server, { [field]: wanted.id }, [wanted.id]);
};

const reading = (server: FlexibleServer): ConsumerReading => {
  const { id = '', name = '', properties } = server;
  const { dataEncryption } = properties ?? {};
  if (dataEncryption?.type?.toLowerCase() !== 'azurekeyvault') return { kind: 'notEncrypted', id };
  const usages = usagesIn(dataEncryption);
  const [facts, ...others] = usages.map((usage) => factsOf(server, usage));
  // A server with one key outside of a vault is still a known consumer of its other key.
  const known = others.filter((one) => one !== undefined);
  if (!facts) {
    const reason = `server ${name}${whileDown(properties?.state)} ${whyNotPinned(usages[0].kid)}`;
    return { kind: 'unknown', id, reason, ...(known.length === 0 && { namesNoKey: true }) };
  }
  return {
    kind: 'consumer',
    facts,
    others: known,
    revalidation: () => encryptionWrite(server),
    repointing: ({ use }, { kid }) =>
      encryptionWrite(server, use === 'geoBackup' ? { geoBackupKeyURI: kid } : { primaryKeyURI: kid }),
    assigning: (use, identity) => (identity.kind === 'user' ? assignmentOf(server, use, identity) : undefined),
  };
};

/** MySQL flexible server. A list shows everything of a server, so a listing needs no further read. */
export const mysqlFlexibleServer = ({ arm }: Connection): ConsumerType => ({
  showsAll: true,
  list: (scope) =>
    readList(
      'the MySQL flexible servers',
      scope,
      () => pagesOf(arm, `${scope.id}/providers/Microsoft.DBforMySQL/flexibleServers`, FLEXIBLE_API),
      (server) => listedOf(understood<FlexibleServer>(server, reading)),
    ),
  read: async (id) => {
    const server = await readInGroup({ what: `flexible server ${id}`, scope: id }, async () =>
      (await arm()).get(id, FLEXIBLE_API),
    );
    if (server.kind === 'absent') return { kind: 'gone', id };
    return server.kind === 'unknown' ? { ...server, id } : understood<FlexibleServer>(server.value, reading);
  },
});

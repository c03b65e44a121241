import type { OwnGrant } from '../posture/coverage-facts.ts';
import { API_VERSIONS } from '../remediation/model/api-versions.ts';
import type { ConsumerFacts, Fact, KeyObservation, KeyVersionFacts } from '../remediation/model/facts.ts';
import { absent } from '../remediation/model/facts.ts';
import type { KeyRef } from '../remediation/model/key-ref.ts';
import type { VaultDependents } from '../remediation/model/vault-dependents.ts';
import type { Place } from '../remediation/observation/places.ts';
import { WINDOW_MS } from '../remediation/observation/read-cost.ts';
import type { Listed } from '../remediation/protocol/followed.ts';
import type { Step } from '../remediation/steps/step.ts';
import type { StepSpec } from '../remediation/steps/steps.ts';
import type { Tagged } from '../remediation/steps/tagged.ts';
import { openRoleReads } from './access/role-reads.ts';
import { poll } from './apply/poll.ts';
import type { Polled } from './apply/poll-operation.ts';
import { readTags } from './apply/read-tags.ts';
import { readTarget } from './apply/read-target.ts';
import type { AzureOperation, Target } from './apply/target.ts';
import { type Activity, openActivityLog } from './connection/activity-log.ts';
import { openAuditLog } from './connection/audit-log.ts';
import type { Backups } from './connection/backups.ts';
import { type AzureSettings, type Connection, openConnection } from './connection/connection.ts';
import { readDescendants } from './connection/descendants.ts';
import { inParallel } from './connection/in-parallel.ts';
import { keptFor } from './connection/kept-for.ts';
import { once, onceIn } from './connection/once.ts';
import { listOwnAssignments, type OwnAssignment } from './connection/own-assignments.ts';
import { readPlaces } from './connection/places.ts';
import { openServedVersion, type ReadServed } from './connection/served-version.ts';
import { openTopic, type SendToTopic } from './connection/topic.ts';
import { openEstate } from './consumers/estate.ts';
import { type KeyUser, openKeyUsers } from './consumers/key-users.ts';
import type { ConsumerListing } from './consumers/list-consumers.ts';
import { readFact } from './failure/read-fact.ts';
import { orRefusedInEach, patientlyInEach } from './http/ration.ts';
import { DETOURS, LISTS } from './http/rations.ts';
import type { Share } from './http/share.ts';
import { type ControlPlaneKeys, openControlPlaneKeys } from './key-vault/control-plane-keys.ts';
import { openDeletedKeys } from './key-vault/deleted-keys.ts';
import { openFirstKeys } from './key-vault/first-keys.ts';
import { type KeyClients, openKeyClients } from './key-vault/key-clients.ts';
import { openKeyVersions } from './key-vault/key-versions.ts';
import { locateAtOnce, openKeysInScope } from './key-vault/keys-in-scope.ts';
import { openVersionLists } from './key-vault/list-key-versions.ts';
import { type KeyList, openDataPlaneList, openResourceManagerList } from './key-vault/list-keys.ts';
import { openManagementClients } from './key-vault/management-clients.ts';
import type { VersionSources } from './key-vault/observe-versions.ts';
import { openParts } from './key-vault/parts.ts';
import { openReadKey } from './key-vault/read-key.ts';
import { openReadRation, type ReadPace } from './key-vault/read-ration.ts';
import { openVaultMemory, type VaultMemory } from './key-vault/seen-vaults.ts';
import { readVaultDependents } from './key-vault/vault-dependents.ts';
import { openVaults, type Vaults } from './key-vault/vault-directory.ts';
import { openVaultLists } from './key-vault/vault-lists.ts';
import { VAULT_API } from './key-vault/vault-resource.ts';
import { openLastReads } from './observe/last-reads.ts';
import { OF_A_SWEEP, OF_THE_PROBE, openGlances, openReads } from './observe/look-again.ts';
import {
  type ByLists,
  type Observations,
  observeKey,
  observeKeyAround,
  observeKeys,
  observeKeysByLists,
} from './observe/observe.ts';
import type { ObserveHints, ObserveRequest } from './observe/observe-request.ts';
import type { Sources } from './observe/observe-shared.ts';
import { type Foreseen, type Lists, openProbe, type Probe, type ProbeRequest } from './observe/probe.ts';
import { openRationedReads } from './observe/rationed-reads.ts';
import type { Shown } from './observe/still-as-shown.ts';
import { readGrantsOf } from './posture/own-rights.ts';
import { openPostureReads, type PostureReads } from './posture/posture-reads.ts';

/** `unread`: ids of scopes for which the product's rights are unknown. */
export type OwnGrants = {
  readonly objectId: string;
  readonly grants: readonly OwnGrant[];
  readonly unread: readonly string[];
};

/** `beside`: how many parts the turn has. */
export type RunPace = ReadPace & { readonly beside?: number };

/** The product's interface to Azure. Reads throw only what a later try can cure; every other result is a value. */
export type Azure = {
  observeKey(key: KeyRef, hints?: ObserveHints): Promise<KeyObservation>;
  /**
   * Observes several keys of one sweep. Resources that the keys have in common are read once. `pace`: for keys that no
   * plan has spread over time; reads of versions wait for their share of the quotas, and a key for which there is no
   * time is missing.
   */
  observeKeys(requests: readonly ObserveRequest[], pace?: RunPace): Promise<Observations>;
  /**
   * Like `observeKeys`, by lists of the vaults as with `probeKeysByLists`, which may be a minute old, where the setting
   * `look` allows lists.
   */
  observeKeysByLists(requests: readonly ObserveRequest[], pace?: RunPace): Promise<Observations & ByLists>;
  /**
   * Reads only the pinned versions of several keys. A refusal of one vault does not throw: this process then leaves the
   * vault alone until the time that the vault asked for.
   */
  probeKeys(requests: readonly ProbeRequest[]): Promise<Probe>;
  /**
   * Like `probeKeys`, by lists of the vaults, where the setting `look` allows lists and they take fewer calls. A
   * version that was read within the hour is not read again if the list shows no write to it since. Reads of the others
   * wait for their share of the quotas; a key for which there is no time is missing.
   */
  probeKeysByLists(requests: readonly ProbeRequest[], pace: RunPace): Promise<Probe>;
  /** Like `probeKeys`, for keys that no plan has spread over time: reads wait as with `probeKeysByLists`. */
  probeKeysPaced(requests: readonly ProbeRequest[], pace: RunPace): Promise<Probe>;
  /**
   * Of keys that `probeKeysByLists` has seen by lists before, those of which it would show the same now, by the same lists.
   * Nothing is read: it says nothing of the others. Never throws.
   */
  stillAsShown<One extends Shown>(shown: readonly One[]): Promise<readonly One[]>;
  /**
   * Without a call: the keys that `probeKeysByLists`, or `observeKeysByLists` of a sweep, would not read in this
   * process now, and how many calls the lists take. `undefined` where the setting `look` allows no lists.
   */
  foreseeLists(keys: readonly KeyRef[], whose: 'probe' | 'sweep'): Promise<Foreseen | undefined>;
  /**
   * Every consumer in the scopes, by key. A consumer of `known` counts as pinning the same version as before, if its
   * list entry shows no change.
   */
  listConsumers(known?: readonly ConsumerFacts[]): Promise<ConsumerListing>;
  /** Lists the role assignments that the next looks need, as far as this process knows of them. Never throws. */
  readAhead(): Promise<void>;
  /**
   * The subscriptions below each of these management groups, by the group's name: one call for each, and
   * page. A refusal of Azure never throws.
   */
  readDescendants(managementGroups: readonly string[]): Promise<Readonly<Record<string, Fact<readonly Listed[]>>>>;
  /** The subscriptions in scope, and the resource groups of these resources that Azure does not find: two calls for each. */
  readPlaces(resourceIds: readonly string[]): Promise<readonly Place[]>;
  /**
   * A consumer with every key that it pins, the active key first; `absent` when it is gone or has no key. Outside the
   * scopes it is `unknown`.
   */
  readConsumer(resourceId: string): Promise<Fact<readonly [ConsumerFacts, ...ConsumerFacts[]]>>;
  /** The key with this name in the vault with this ARM id, which gives the host. Outside the scopes it is `unknown`. */
  keyInVault(vaultId: string, keyName: string): Promise<Fact<KeyRef>>;
  /**
   * Which of these hosts are of vaults, deleted or not, at a place: a subscription or a resource group. This asks Azure at that
   * place alone. Throws `AzureUnavailable` where Azure does not answer there.
   */
  vaultsAt(place: string, hosts: readonly string[]): Promise<readonly string[]>;
  /** ARM ids of vaults by host, without a retry: a vault that Azure does not answer for is left out, and delays nobody. */
  locateVaultsAtOnce(hosts: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Whether the key's vault, deleted or not, is in the scopes. `absent` where all scopes were read without it. No call
   * where it was asked for within the last ten minutes.
   */
  isInScope(key: KeyRef): Promise<Fact<true>>;
  /**
   * The tags of a consumer, and the ids of the keys that it uses; `absent` when it is gone. Outside the scopes it is
   * `unknown`.
   */
  readKeyUser(resourceId: string): Promise<Fact<KeyUser>>;
  /**
   * One version of a key, or the current one, as it is now: one ARM call, one of the data plane. Outside the scopes it
   * is `unknown`.
   */
  readKeyVersion(key: KeyRef, version?: string): Promise<Fact<KeyVersionFacts>>;
  /** Reads what a step would change, right before the write. */
  readTarget(step: StepSpec & Pick<Step, 'seen' | 'networkWas' | 'assigned'>): Promise<Target>;
  /** The present tags of the consumers that exist. `unknown` where one of them cannot be read. */
  readTags(consumerIds: readonly string[]): Promise<Fact<readonly Tagged[]>>;
  /**
   * Writes to a resource and below it, since `from` and before `until` (ISO 8601). The log lags behind by minutes. One
   * ARM call per page.
   */
  activitySince(resourceId: string, from: string, until?: string): Promise<Fact<readonly Activity[]>>;
  /**
   * Acts of others on a key itself, since `from` and before `until` (ISO 8601), from the audit log: one query without a
   * retry. `absent` where no workspace is configured.
   */
  keyActsSince(key: KeyRef, from: string, until?: string): Promise<Fact<readonly Activity[]>>;
  /** The dependents of a vault, by its ARM id: four ARM calls. */
  readVaultDependents(vaultId: string): Promise<Fact<VaultDependents>>;
  /** Object id of the product's own identity, from its token; `undefined` where it cannot be told now. */
  ownObjectId(): Promise<string | undefined>;
  /** The product's object id, and the roles that it holds itself: one list per scope. May throw `AzureUnavailable`. */
  ownAssignments(): Promise<Fact<{ readonly objectId: string; readonly assignments: readonly OwnAssignment[] }>>;
  /**
   * The product's rights in those scopes where they can be read: one list per scope, and one call per role. May throw
   * `AzureUnavailable`.
   */
  ownGrants(): Promise<Fact<OwnGrants>>;
  /** Sends events to the product's own topic; left out where no topic is set. */
  readonly sendToTopic?: SendToTopic;
  /** Reads that only posture needs. */
  readonly posture: PostureReads;
  /** One read of an operation's status. */
  pollOperation(operation: AzureOperation): Promise<Polled>;
};

const versionsBy = (
  connection: Connection,
  keyClients: KeyClients,
  controlPlaneKeys: ControlPlaneKeys,
): VersionSources => ({
  keyVersions: openKeyVersions({ readKey: openReadKey(connection), keyClients, controlPlaneKeys }),
  listVersions: openVersionLists(connection, controlPlaneKeys),
  deletedKeys: openDeletedKeys(connection, keyClients),
});

/** For the probe, which soon runs again: a read above the ration is refused. */
const openHastily = (connection: Connection, readServed: ReadServed): VersionSources => {
  const httpClient = connection.hastyHttpClient;
  const rationed = once(async () => {
    const { sendRequest } = await httpClient();
    return { sendRequest: await orRefusedInEach(sendRequest, DETOURS, connection.share) };
  });
  const keys = openControlPlaneKeys({ ...connection, httpClient: rationed }, readServed);
  return versionsBy({ ...connection, httpClient }, openKeyClients({ ...connection, httpClient }), keys);
};

/**
 * For the probe and for planning: a subscription that does not answer delays no vault of another. A read above the
 * ration waits, since they are few, and a vault that is refused loses its turn.
 */
const openHastyVaults = (connection: Connection, memory: VaultMemory): Vaults => {
  const httpClient = once(async () => {
    const { sendRequest } = await connection.hastyHttpClient();
    return { sendRequest: patientlyInEach(sendRequest, DETOURS, connection.share) };
  });
  const hasty = { ...connection, httpClient };
  return openVaults(hasty, openManagementClients(hasty, VAULT_API), memory);
};

/**
 * A list of Resource Manager takes no call of the vault, so it comes first where both are allowed. A setting that names one kind
 * of list allows no other, since the other kind may lag: where that list is over its ration, keys are read.
 */
const waysOf = (look: AzureSettings['look'], dataPlane: KeyList, resourceManager: KeyList): readonly KeyList[] => {
  if (look === 'dataPlaneList') return [dataPlane];
  if (look === 'resourceManagerList') return [resourceManager];
  return look === 'auto' ? [resourceManager, dataPlane] : [];
};

/** `undefined` where every version is to be read each time. */
const openLists = (connection: Connection, readServed: ReadServed, look: AzureSettings['look']): Lists | undefined => {
  const httpClient = connection.hastyHttpClient;
  const rationed = once(async () => {
    const { sendRequest } = await httpClient();
    return { sendRequest: await orRefusedInEach(sendRequest, LISTS, connection.share) };
  });
  const controlPlaneKeys = openControlPlaneKeys({ ...connection, httpClient: rationed }, readServed);
  const ways = waysOf(
    look,
    openDataPlaneList({ ...connection, httpClient }),
    openResourceManagerList(controlPlaneKeys),
  );
  return ways.length === 0 ? undefined : { lists: openVaultLists(ways), lastReads: openLastReads() };
};

/** For a sweep, which has time: a read above the ration waits. */
const openPatiently = (connection: Connection, keyClients: KeyClients, readServed: ReadServed): VersionSources => {
  const rationed = once(async () => {
    const { sendRequest } = await connection.httpClient();
    return { sendRequest: patientlyInEach(sendRequest, DETOURS, connection.share) };
  });
  const keys = openControlPlaneKeys({ ...connection, httpClient: rationed }, readServed);
  return versionsBy(connection, keyClients, keys);
};

/** Without `lists` the plan alone holds the quotas, and every version is read. */
const openSweeps = (sources: Sources, lists: Lists | undefined): Pick<Azure, 'observeKeys' | 'observeKeysByLists'> => {
  const readAll = async (requests: readonly ObserveRequest[]): Promise<Observations> => {
    const seen = await observeKeys(sources, requests);
    for (const observation of seen.observations) lists?.lastReads.note(observation);
    return seen;
  };
  if (!lists)
    return {
      observeKeys: readAll,
      observeKeysByLists: async (requests) => ({ ...(await readAll(requests)), listed: [] }),
    };
  const looks = { ...sources, ...lists };
  const parts = openParts(WINDOW_MS);
  const ration = openReadRation(parts);
  const glance = openGlances(looks, OF_A_SWEEP);
  const planned = { glance, read: openReads(looks) };
  const rationed = (pace: RunPace) => openRationedReads(looks, ration, pace);
  return {
    observeKeys: (requests, pace) =>
      pace ? parts.during(pace.beside ?? 1, () => observeKeys(sources, requests, rationed(pace))) : readAll(requests),
    observeKeysByLists: (requests, pace) =>
      pace
        ? parts.during(pace.beside ?? 1, () => observeKeysByLists(sources, requests, { glance, read: rationed(pace) }))
        : observeKeysByLists(sources, requests, planned),
  };
};

const MINUTE = 60_000;

/**
 * Opens nothing yet: on first use clients are created, SDKs loaded and tokens fetched. They are kept for the process. `share`:
 * the part of the requests to Resource Manager that this process may send; all of them where it is left out.
 */
export const openAzure = (settings: AzureSettings, backups?: Backups, share?: Share): Azure => {
  const connection = openConnection(settings, share);
  const memory = openVaultMemory();
  const vaults = openVaults(connection, openManagementClients(connection, VAULT_API), memory);
  const hastyVaults = openHastyVaults(connection, memory);
  const readServed = openServedVersion(API_VERSIONS['Microsoft.KeyVault/vaults/keys']);
  const controlPlaneKeys = openControlPlaneKeys(connection, readServed);
  const keyClients = openKeyClients(connection);
  const estate = openEstate(connection);
  const sources = {
    estate,
    vaults,
    ...versionsBy(connection, keyClients, controlPlaneKeys),
    roles: openRoleReads(connection),
    firstKeys: openFirstKeys(controlPlaneKeys),
    ownIdentity: connection.ownIdentity,
    ...(backups && { backups }),
  };
  const sweepSources = {
    ...sources,
    ...openPatiently(connection, keyClients, readServed),
    firstKeys: keptFor(MINUTE, sources.firstKeys),
  };
  const listOwn = onceIn(MINUTE, () => listOwnAssignments(connection));
  const targets = { ...sources, connection, keyClients };
  const lists = openLists(connection, readServed, settings.look);
  const readParts = openParts(WINDOW_MS);
  const probe = openProbe({ vaults: hastyVaults, ...openHastily(connection, readServed) }, readParts, lists);
  const sweeps = openSweeps(sweepSources, lists);
  return {
    ...sweeps,
    probeKeys: probe.read,
    probeKeysByLists: (requests, pace) => readParts.during(pace.beside ?? 1, () => probe.list(requests, pace)),
    probeKeysPaced: (requests, pace) => readParts.during(pace.beside ?? 1, () => probe.readPaced(requests, pace)),
    stillAsShown: probe.still,
    foreseeLists: async (keys, whose) => probe.foresee(keys, whose === 'sweep' ? OF_A_SWEEP.forMs : OF_THE_PROBE.forMs),
    observeKey: (key, hints = {}) =>
      hints.around ? observeKeyAround(sweepSources, { key, ...hints }) : observeKey(sources, { key, ...hints }),
    listConsumers: estate.list,
    readAhead: sources.roles.readAhead,
    readDescendants: async (managementGroups) => {
      const facts = await inParallel(managementGroups, (name) => readDescendants(connection, name));
      return Object.fromEntries(managementGroups.map((name, at) => [name, facts[at] ?? absent]));
    },
    readPlaces: (resourceIds) => readPlaces(connection, resourceIds),
    ...openKeyUsers(estate),
    ...openKeysInScope(connection, vaults, sources.keyVersions),
    locateVaultsAtOnce: (hosts) => locateAtOnce(hastyVaults, hosts),
    readTarget: (step) => readTarget(targets, step),
    readTags: (consumerIds) => readTags(estate, consumerIds),
    activitySince: openActivityLog(connection).since,
    keyActsSince: openAuditLog(connection).since,
    readVaultDependents: (vaultId) => readVaultDependents(connection, vaultId),
    ownObjectId: () =>
      connection.ownIdentity().then(
        ({ objectId }) => objectId,
        () => undefined,
      ),
    ownAssignments: () =>
      readFact({ what: 'the roles of the product' }, async () => ({
        objectId: (await connection.ownIdentity()).objectId,
        assignments: (await listOwn()).assignments,
      })),
    pollOperation: (operation) => poll(targets, operation),
    posture: openPostureReads(connection),
    ownGrants: () =>
      readFact({ what: 'the roles of the product' }, async () => {
        const { assignments, unread } = await listOwn();
        return {
          objectId: (await connection.ownIdentity()).objectId,
          grants: await readGrantsOf(connection, assignments),
          unread: unread.map(({ id }) => id),
        };
      }),
    ...(settings.topicEndpoint !== undefined && { sendToTopic: openTopic(connection, settings.topicEndpoint) }),
  };
};

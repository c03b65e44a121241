import { describe, expect, it } from 'vitest';
import { managementGroupScope } from '../../local/cloud/arm/management-groups.ts';
import type { VaultPlan, WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { productId, subscriptionId } from '../../local/cloud/worlds/product.ts';
import { productRole } from '../../local/cloud/worlds/product-role.ts';
import { API_VERSIONS, type ApiService } from '../../src/remediation/model/api-versions.ts';
import type { Fact, KeyObservation } from '../../src/remediation/model/facts.ts';
import type { StepSpec } from '../../src/remediation/steps/steps.ts';
import { spokenIn } from '../builders/spoken-versions.ts';
import { diskKid, machineId, SET } from './disks.ts';
import { closeFirewall, FLEXIBLE, KEY, ORDERS, pinnedVersion, SINGLE, vaultId, vaultOf } from './orders.ts';
import { DAY, HOUR, type Stage, SUBSCRIPTION, stage } from './product.ts';

const idOf = (type: string, name: string): string => `${SUBSCRIPTION}/resourceGroups/data/providers/${type}/${name}`;
const at = (vault: string) => ({ host: `${vault}.vault.azure.net`, name: 'cmk' });
const vault = (name: string, permissions: VaultPlan['permissions'] = 'accessPolicies'): VaultPlan => ({
  name,
  permissions,
  keys: [{ name: 'cmk' }],
});
const uses = (name: string, vaultName: string) =>
  ({ name, generation: 'flexible', vault: vaultName, key: 'cmk' }) as const;

/** A resource of every type that the product reads. */
const EVERYTHING: WorldPlan = {
  vaults: [...(ORDERS.vaults ?? []), vault('kv-disks'), vault('kv-roles', 'roles'), vault('kv-shut'), vault('kv-lost')],
  servers: [...(ORDERS.servers ?? []), uses('role', 'kv-roles'), uses('shut', 'kv-shut')],
  sets: [{ name: 'disks', vault: 'kv-disks', key: 'cmk', machines: 1 }],
};

/** Servers use their keys once a week, so that days pass quickly. */
const QUIET = { keyCheckSeconds: 7 * 86_400 };

/** The result of a read: the reason why it is unknown, or `present`, `absent`, `gone`. */
type Seen = string | undefined;

const seen = (fact: Fact<unknown> | undefined): Seen => (fact?.kind === 'unknown' ? fact.reason : fact?.kind);
const firstOf = (facts: Readonly<Record<string, Fact<unknown>>> = {}): Seen => seen(Object.values(facts)[0]);

const observed = (set: Stage, name: string, consumer?: string): Promise<KeyObservation> =>
  set.call('observeKey', at(name), consumer === undefined ? {} : { consumerIds: [consumer] });

const consumer = (id: string) => async (set: Stage) => seen(await set.call('readConsumer', id));

/** Also a list of all resources of a kind, which must not count as empty where it was refused. */
const listed =
  (id: string) =>
  async (set: Stage): Promise<Seen> => {
    const { keys, unreadable } = await set.call('listConsumers');
    const isThere = keys.flatMap(({ consumers }) => consumers).some((one) => one.id.toLowerCase() === id.toLowerCase());
    const why = unreadable.map(({ reason }) => reason).join('; ');
    if (!isThere) return why === '' ? 'absent' : why;
    return 'present';
  };

/** A result that one of the two ways does not see is reported for that way. */
const both =
  (id: string) =>
  async (set: Stage): Promise<Seen> => {
    const ways = [await listed(id)(set), await consumer(id)(set)];
    return ways.find((way) => way === 'absent' || way === 'gone') ?? ways.find((way) => way !== 'present') ?? 'present';
  };

const access = async (set: Stage): Promise<Seen> =>
  firstOf((await observed(set, 'kv-roles', idOf('Microsoft.DBforMySQL/flexibleServers', 'role'))).access);

const dependents = async (set: Stage): Promise<Seen> => seen(await set.call('readVaultDependents', vaultId(set.cloud)));

const repair = async (set: Stage, step: StepSpec): Promise<Seen> => {
  const { target, why } = await set.call('repair', step);
  return target === 'blocked' ? why : 'present';
};

/** A machine whose disks show their set only when they are read themselves. */
const starting = (set: Stage): Promise<Seen> => {
  const machine = set.cloud.world.compute.machines.get(machineId(1));
  if (machine) set.cloud.world.compute.stop(machine, 'deallocated');
  const kid = diskKid(set.cloud, 1);
  const parameters = { ...vaultOf(kid), consumerId: SET.toLowerCase(), kid };
  return repair(set, { kind: 'startVirtualMachines', target: machineId(1).toLowerCase(), parameters });
};

const assigning = (set: Stage): Promise<Seen> => {
  const id = idOf('Microsoft.ManagedIdentity/userAssignedIdentities', 'web-identity').toLowerCase();
  const { kid } = pinnedVersion(set.cloud);
  const parameters = { ...vaultOf(kid), consumerKind: 'mysqlFlexibleServer', kid } as const;
  const identity = { kind: 'user', id } as const;
  return repair(set, {
    kind: 'assignIdentity',
    target: FLEXIBLE.toLowerCase(),
    parameters: { ...parameters, identity },
  });
};

/** A deleted vault that is known to have been in scope: if no list of deleted vaults had it, it would count as gone for ever. */
const lost = async (set: Stage): Promise<Seen> => {
  const id = idOf('Microsoft.KeyVault/vaults', 'kv-lost');
  const { vaultLoss } = await set.call('observeKey', at('kv-lost'), { vaultId: id });
  return vaultLoss?.kind === 'present' && vaultLoss.value.kind === 'gone' ? 'gone' : seen(vaultLoss);
};

/** The product reads nothing there: an event that a topic refuses waits (test/azure/connection/topic.test.ts). */
type Written = 'Event Grid topics (data plane)';

/** A read of every service, with the reason where the result is unknown. */
const READS = {
  'Microsoft.KeyVault/vaults': async (set) => seen((await observed(set, 'kv-orders')).vault),
  'Microsoft.KeyVault/deletedVaults': lost,
  'Microsoft.KeyVault/vaults/keys': async (set) => firstOf((await observed(set, 'kv-shut')).versions),
  'Key Vault keys (data plane)': async (set) => firstOf((await observed(set, 'kv-orders')).versions),
  'Microsoft.DBforMySQL/servers': both(SINGLE),
  'Microsoft.DBforMySQL/servers/keys': both(SINGLE),
  'Microsoft.DBforMySQL/flexibleServers': both(FLEXIBLE),
  'Microsoft.Compute/diskEncryptionSets': both(SET),
  'Microsoft.Compute/disks': starting,
  'Microsoft.Compute/virtualMachines': starting,
  'Microsoft.Authorization/roleAssignments': access,
  'Microsoft.Authorization/roleDefinitions': access,
  'Microsoft.Authorization/locks': async (set) => seen((await set.call('surroundings')).locks),
  'Microsoft.ManagedIdentity/userAssignedIdentities': assigning,
  'Microsoft.Resources/subscriptions': async (set) => seen((await set.call('readPlaces', []))[0]?.state),
  'Microsoft.Management/managementGroups': async (set) => seen((await set.call('readDescendants', ['all']))['all']),
  'Microsoft.EventGrid/eventSubscriptions': dependents,
  'Microsoft.ResourceGraph/resources': async (set) => seen(await set.call('query', 'all', 'resources | project id')),
  'Microsoft.ResourceHealth/availabilityStatuses': async (set) => seen(await set.call('health', SINGLE)),
  'Microsoft.Insights/eventtypes': async (set) =>
    seen(await set.call('activitySince', vaultId(set.cloud), '2026-11-22T00:00:00Z')),
  'Microsoft.Insights/diagnosticSettings': dependents,
} satisfies Record<Exclude<ApiService, Written>, (set: Stage) => Promise<Seen>>;

const SERVICES = Object.keys(READS) as Exclude<ApiService, Written>[];

/** Azure serves a service with none of the product's api-versions. */
const refuse = ({ cloud }: Stage, service: ApiService): void => {
  const type = service === 'Key Vault keys (data plane)' ? 'vault.azure.net' : service;
  cloud.world.switches.refusedApiVersions = { [type]: API_VERSIONS[service] };
};

/** The subscription lies below a management group, at which the product reads. */
const followAll = ({ cloud }: Stage): void => {
  const { entra, rbac, subscriptions } = cloud.world;
  subscriptions.putBelow('all', { subscription: subscriptionId });
  const principalId = entra.managedIdentity(productId)?.objectId ?? '';
  rbac.assign({ scope: managementGroupScope('all'), role: productRole('observe').roleName, principalId });
};

const furnished = async (): Promise<Stage> => {
  const set = await stage(EVERYTHING, { switches: QUIET });
  const { keyVault } = set.cloud.world;
  const networkAcls = { bypass: 'AzureServices', defaultAction: 'Deny', ipRules: [], virtualNetworkRules: [] } as const;
  keyVault.updateVault('kv-shut', { networkAcls: { ...networkAcls, ipRules: [], virtualNetworkRules: [] } });
  keyVault.deleteVault('kv-lost');
  followAll(set);
  await set.advance(HOUR);
  return set;
};

describe('an api-version that Azure does not serve', () => {
  it('makes what was asked unknown, by a sentence that names it, and never absent: of every service', async () => {
    const set = await furnished();
    for (const service of SERVICES) expect([service, await READS[service](set)]).toEqual([service, 'present']);
    for (const service of SERVICES) {
      await set.advance(HOUR);
      refuse(set, service);
      const why = await READS[service](set);
      for (const version of API_VERSIONS[service]) expect(`${service}: ${why}`).toContain(version);
      expect(`${service}: ${why}`).toMatch(
        /Azure refuses the api-version.* says nothing of what is there.* Fix: install/,
      );
    }
    const spoken = spokenIn(set.cloud.requests.list()).map(({ service, version }) => `${service} ${version}`);
    const all = SERVICES.flatMap((service) => API_VERSIONS[service].map((version) => `${service} ${version}`));
    expect(new Set(spoken)).toEqual(new Set(all));
  });
});

const NAMES = ['a', 'b', 'c'];
const ESTATE: WorldPlan = {
  vaults: [{ name: 'kv-orders', permissions: 'accessPolicies', keys: NAMES.map((name) => ({ name })) }],
  servers: NAMES.map((key) => ({ name: `server-${key}`, generation: 'flexible', vault: 'kv-orders', key })),
};
const [NEWEST, EARLIER] = API_VERSIONS['Microsoft.KeyVault/vaults/keys'];

/** `version status` of every read of a key through Resource Manager since the last look, each counted. */
const keyReads = ({ cloud }: Stage) => {
  let last = 0;
  return (): Readonly<Record<string, number>> => {
    const news = cloud.requests.list({ since: last });
    last = cloud.requests.list().at(-1)?.n ?? 0;
    const reads = news.filter(({ url }) => /\/vaults\/[^/]+\/keys\//.test(new URL(url).pathname));
    const lines = reads.map(({ status, url }) => `${new URL(url).searchParams.get('api-version')} ${status}`);
    return Object.fromEntries([...Map.groupBy(lines, (line) => line)].map(([line, { length }]) => [line, length]));
  };
};

describe('keys behind a firewall', () => {
  it('are read by the earlier api-version where Azure refuses the newest, which is asked for once a day', async () => {
    const set = await stage(ESTATE, {
      switches: { ...QUIET, refusedApiVersions: { 'Microsoft.KeyVault/vaults/keys': [NEWEST] } },
    });
    closeFirewall(set.cloud);
    const { keys } = await set.call('listConsumers');
    const sent = keyReads(set);
    const look = async () => (await set.call('observeKeys', keys)).observations.map(({ versions }) => versions);
    const versions = await look();
    expect(versions.flatMap((one) => Object.values(one)).map(({ kind }) => kind)).toEqual(NAMES.map(() => 'present'));
    expect(sent()).toEqual({ [`${NEWEST} 400`]: 1, [`${EARLIER} 200`]: 3 });
    await set.advance(DAY - HOUR);
    await set.call('probeKeys', keys);
    await set.call('observeKey', { ...KEY, name: 'a' });
    expect(sent()).toEqual({ [`${EARLIER} 200`]: 4 });
    await set.advance(HOUR);
    await look();
    expect(sent()).toEqual({ [`${NEWEST} 400`]: 1, [`${EARLIER} 200`]: 3 });
    set.cloud.world.switches.refusedApiVersions = {};
    await look();
    expect(sent()).toEqual({ [`${EARLIER} 200`]: 3 });
    await set.advance(DAY);
    expect(await look()).toEqual(versions);
    expect(sent()).toEqual({ [`${NEWEST} 200`]: 3 });
  });

  it('are read on where Azure ceases to serve the version in use, whichever that is', async () => {
    const set = await stage(ESTATE);
    closeFirewall(set.cloud);
    const key = { ...KEY, name: 'a' };
    const serve = (...refused: readonly string[]) => {
      set.cloud.world.switches.refusedApiVersions = { 'Microsoft.KeyVault/vaults/keys': refused };
    };
    for (const refused of [[], [NEWEST], [EARLIER], [NEWEST], []]) {
      serve(...refused);
      expect(firstOf((await set.call('observeKey', key)).versions)).toBe('present');
    }
    serve(NEWEST, EARLIER);
    expect(firstOf((await set.call('observeKey', key)).versions)).toContain(`${NEWEST} and ${EARLIER}`);
    serve();
    expect(firstOf((await set.call('observeKey', key)).versions)).toBe('present');
  });

  it('that are not there are not looked for by another api-version', async () => {
    const set = await stage(ESTATE);
    closeFirewall(set.cloud);
    const { keys } = await set.call('listConsumers');
    set.cloud.world.keyVault.deleteKey('kv-orders', 'a');
    await set.advance(HOUR);
    const sent = keyReads(set);
    await set.call('observeKeys', keys);
    expect(sent()).toEqual({ [`${NEWEST} 200`]: 2, [`${NEWEST} 404`]: 1 });
  });
});

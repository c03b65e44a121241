import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../local/cloud/cloud.ts';
import type { AlertResource } from '../../local/cloud/monitor/alerts.ts';
import { PUBLIC_ADDRESS } from '../../local/cloud/network/network.ts';
import type { WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { productId } from '../../local/cloud/worlds/product.ts';
import { productRole } from '../../local/cloud/worlds/product-role.ts';
import type { Fact } from '../../src/remediation/model/facts.ts';
import { closeFirewall, FLEXIBLE, KEY, ORDERS, SINGLE, shutProductOut, vaultId } from './orders.ts';
import { type Call, SUBSCRIPTION, stage } from './product.ts';

const seen = <T>(fact: Fact<T>): T => {
  if (fact.kind !== 'present') throw new Error(`it is ${JSON.stringify(fact)}`);
  return fact.value;
};

const vaultSeen = async (call: Call) => seen((await call('observeKey', KEY)).vault);
const workspaceId = `${SUBSCRIPTION}/resourceGroups/data/providers/Microsoft.OperationalInsights/workspaces/central`;

const alertOf = (name: string, type: AlertResource['type'], properties: Record<string, unknown>): AlertResource => ({
  id: `${SUBSCRIPTION}/resourceGroups/data/providers/${type}/${name}`,
  name,
  type,
  location: 'global',
  tags: {},
  properties,
});

/** An alert on the health of all resources, which calls a webhook and mails a person. */
const watch = ({ world }: Cloud): void => {
  const group = world.alerts.put(
    alertOf('owners', 'Microsoft.Insights/actionGroups', {
      webhookReceivers: [{ name: 'guardian', serviceUri: 'https://example.com' }],
      emailReceivers: [{ name: 'owner', emailAddress: 'owner@example.com' }],
    }),
  );
  world.alerts.put(
    alertOf('cmk', 'Microsoft.Insights/activityLogAlerts', {
      enabled: true,
      scopes: [SUBSCRIPTION],
      condition: { allOf: [{ field: 'category', equals: 'ResourceHealth' }] },
      actions: { actionGroups: [{ actionGroupId: group.id }] },
    }),
  );
};

const SHOP: WorldPlan = {
  vaults: [{ name: 'kv-disks', permissions: 'roles', keys: [{ name: 'cmk' }] }],
  sets: [{ name: 'disks', vault: 'kv-disks', key: 'cmk', machines: 1 }],
  clusters: [{ name: 'shop', set: 'disks', pools: [{ name: 'system' }, { name: 'old', encrypted: false }] }],
};

describe('what surrounds the keys', () => {
  it('is read with five queries and four calls, whatever the size of the estate', async () => {
    const { call, requests } = await stage(ORDERS);
    await call('surroundings');
    const sent = requests();
    expect(sent.filter((one) => one.startsWith('POST'))).toHaveLength(5);
    expect(sent.filter((one) => one.startsWith('GET'))).toEqual([
      expect.stringMatching(/\/locks 200$/),
      expect.stringMatching(/\/roleAssignments 200$/i),
      ...['one', 'for', 'each', 'part'].map(() => expect.stringMatching(/\/roleDefinitions\/[^/]+ 200$/i)),
    ]);
  });

  it('tells servers by tier and size, and what the product was given', async () => {
    const { call, cloud } = await stage(ORDERS);
    const { resources, own } = await call('surroundings');
    const single = seen(resources).find(({ id }) => id === SINGLE.toLowerCase());
    expect(single).toMatchObject({ encrypted: true, posture: { tier: 'GeneralPurpose', replicationRole: 'None' } });
    expect(single?.posture.storageGb).toBeGreaterThan(0);
    const { objectId, grants } = seen(own);
    expect(objectId).toBe(cloud.world.entra.managedIdentity(productId)?.objectId);
    const held = (part: 'observe' | 'keys' | 'grants' | 'consumers', scope = SUBSCRIPTION) =>
      expect.objectContaining({
        scope,
        ...productRole(part).permissions[0],
        assignmentId: expect.stringContaining('/roleAssignments/'),
        ...(part === 'grants' && { condition: expect.stringContaining(`GuidNotEquals {${objectId}}`) }),
      });
    expect(seen(grants)).toEqual(
      expect.arrayContaining([
        held('observe'),
        held('keys'),
        held('grants'),
        held('consumers', `${SUBSCRIPTION}/resourcegroups/data`),
      ]),
    );
  });

  it.each([
    ['single', SINGLE],
    ['flexible', FLEXIBLE],
  ])('tells a %s server that lost its key from one that has it', async (_generation, id) => {
    const { call, cloud } = await stage(ORDERS);
    const isEncrypted = async () =>
      seen((await call('surroundings')).resources).find((one) => one.id === id.toLowerCase())?.encrypted;
    expect(await isEncrypted()).toBe(true);
    const server = cloud.world.mysql.servers.get(id);
    if (server?.generation === 'single') delete server.key;
    if (server?.generation === 'flexible') delete server.dataEncryption;
    expect(await isEncrypted()).toBe(false);
  });

  it('tells clusters with their pools, and disks by their encryption', async () => {
    const { call, cloud } = await stage(SHOP);
    const [set] = cloud.world.compute.sets.all();
    cloud.world.compute.addDisk({ subscription: SUBSCRIPTION.split('/')[2] ?? '', group: 'data', name: 'bare' });
    const { clusters, disks } = await call('surroundings');
    const [cluster] = seen(clusters);
    expect(cluster).toMatchObject({
      name: 'shop',
      version: '1.33.2',
      encryptionSet: set?.id.toLowerCase(),
      set: { kind: 'present' },
      kubernetes: { access: 'none' },
    });
    expect(cluster?.pools.map(({ name, encryptionSet }) => [name, encryptionSet.kind])).toEqual([
      ['system', 'present'],
      ['old', 'absent'],
    ]);
    const bare = seen(disks).filter(({ encryption }) => encryption === 'EncryptionAtRestWithPlatformKey');
    expect(bare.map(({ id }) => id.split('/').at(-1))).toEqual(['bare']);
    expect(seen(disks).length).toBeGreaterThan(2);
  });

  it('tells alert rules with what their action groups do', async () => {
    const { call, cloud } = await stage(ORDERS);
    watch(cloud);
    const { alerts } = await call('surroundings');
    expect(seen(alerts)).toEqual([
      {
        id: expect.stringContaining('/activityLogAlerts/cmk'),
        enabled: true,
        scopes: [SUBSCRIPTION],
        categories: ['resourcehealth'],
        receivers: ['webhook', 'person'],
      },
    ]);
  });

  it('tells locks and where audit events go', async () => {
    const { call, cloud } = await stage(ORDERS);
    const scope = vaultId(cloud);
    cloud.world.locks.put({ scope, name: 'keep', level: 'CanNotDelete' });
    const logs = [{ category: 'AuditEvent', enabled: true }];
    cloud.world.diagnosticSettings.put({ scope, name: 'audit', workspaceId, logs, metrics: [] });
    const { locks } = await call('surroundings');
    expect(seen(locks)).toMatchObject([{ scope: scope.toLowerCase(), level: 'CanNotDelete' }]);
    expect(seen(await call('logs', scope))).toEqual([{ name: 'audit', audits: true, destinations: ['workspace'] }]);
    expect(seen(await call('health', SINGLE))).toBe('Available');
  });
});

describe('the data plane', () => {
  it('is open to one who is let in, and lists every version', async () => {
    const { call } = await stage(ORDERS);
    const { dataPlane, history } = await call('history', KEY, await vaultSeen(call));
    expect(dataPlane).toEqual({ kind: 'open' });
    expect(seen(history)).toHaveLength(2);
  });

  it('is shut by a firewall, denied by a policy, and open where the firewall lets the product’s own network in', async () => {
    const { call, cloud } = await stage(ORDERS);
    const vault = await vaultSeen(call);
    closeFirewall(cloud);
    const shut = await call('history', KEY, vault);
    expect(shut.dataPlane).toMatchObject({ kind: 'shut', reason: expect.stringContaining('ForbiddenByFirewall') });
    expect(shut.history.kind).toBe('unknown');
    const acls = { bypass: 'AzureServices', defaultAction: 'Deny', virtualNetworkRules: [] } as const;
    const networkAcls = { ...acls, virtualNetworkRules: [], ipRules: [{ value: PUBLIC_ADDRESS }] };
    cloud.world.keyVault.updateVault('kv-orders', { networkAcls });
    expect((await call('history', KEY, vault)).dataPlane).toEqual({ kind: 'open' });
    shutProductOut(cloud);
    expect((await call('history', KEY, vault)).dataPlane.kind).toBe('denied');
  });
});

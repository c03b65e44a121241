import { describe, expect, it } from 'vitest';
import type { NetworkAcls } from '../../local/cloud/key-vault/vault.ts';
import type { NetworkRules } from '../../src/remediation/model/facts.ts';
import { JOIN_SUBNET } from '../../src/remediation/model/subnet-join.ts';
import type { StepSpec } from '../../src/remediation/steps/steps.ts';
import { takeActions } from '../builders/rights.ts';
import { sendAs } from '../local/cloud/arm/send-as.ts';
import { named } from '../local/cloud/sdk.ts';
import { KEY, MARK, markVault, ORDERS, vaultId } from './orders.ts';
import { type Stage, SUBSCRIPTION, stage } from './product.ts';

const SUBNET = '/subscriptions/s/resourceGroups/Net/providers/Microsoft.Network/virtualNetworks/Hub/subnets/Apps';

const CLOSED: NetworkAcls = {
  bypass: 'None',
  defaultAction: 'Deny',
  ipRules: [{ value: '203.0.113.0/24' }, { value: '198.51.100.7' }],
  virtualNetworkRules: [{ id: SUBNET, ignoreMissingVnetServiceEndpoint: true }],
};

const HEALTHY: NetworkRules = {
  publicNetworkAccess: 'Enabled',
  defaultAction: 'Deny',
  bypass: 'AzureServices',
  ipRules: ['198.51.100.7', '203.0.113.0/24'],
  virtualNetworkRules: [SUBNET.toLowerCase()],
};

/** An existing subnet with the service endpoint, whose rights Azure checks. */
const aSubnet = async ({ cloud }: Stage): Promise<string> => {
  const id = `${SUBSCRIPTION}/resourceGroups/data/providers/Microsoft.Network/virtualNetworks/vnet`;
  const endpoint = { service: 'Microsoft.KeyVault', locations: ['*'] };
  const subnets = [{ name: 'apps', properties: { addressPrefix: '10.0.0.0/26', serviceEndpoints: [endpoint] } }];
  const properties = { addressSpace: { addressPrefixes: ['10.0.0.0/24'] }, subnets };
  const put = sendAs(cloud, named(cloud, 'owner'));
  const { status } = await put('PUT', `${id}?api-version=2024-01-01`, { location: 'koreacentral', properties });
  expect(status).toBe(201);
  // The requests of the owner are not requests of the product.
  cloud.requests.clear();
  return `${id}/subnets/apps`;
};

const of = ({ cloud }: Stage) => ({ vaultId: vaultId(cloud).toLowerCase(), host: KEY.host });

const bypassing = (set: Stage): StepSpec => ({
  kind: 'setVaultBypass',
  target: of(set).vaultId,
  parameters: { ...of(set), bypass: 'AzureServices' },
});

const restoring = (set: Stage, network = HEALTHY): StepSpec => ({
  kind: 'restoreNetworkRules',
  target: of(set).vaultId,
  parameters: { ...of(set), network },
});

const kept = ({ cloud }: Stage) => {
  const vault = cloud.world.keyVault.vault('kv-orders');
  return { acls: vault?.networkAcls, access: vault?.publicNetworkAccess, policies: vault?.access.at(-1)?.policies };
};

const mutations = ({ cloud }: Stage): readonly string[] =>
  cloud.requests.list({ mutating: true }).map(({ method, url }) => `${method} ${new URL(url).pathname}`);

const closed = async (access = 'Enabled', networkAcls = CLOSED): Promise<Stage> => {
  const set = await stage(ORDERS);
  set.cloud.world.keyVault.updateVault('kv-orders', { networkAcls, publicNetworkAccess: access });
  return set;
};

const lock = ({ cloud }: Stage, level: 'ReadOnly' | 'CanNotDelete') =>
  cloud.world.locks.put({ scope: vaultId(cloud), name: 'keep', level });

describe('a firewall that shuts trusted services out', () => {
  it('lets them pass again by one PATCH that changes no other rule, and is read again', async () => {
    const set = await closed();
    const before = kept(set);
    set.requests();
    expect(await set.call('repair', bypassing(set))).toMatchObject({ sent: { kind: 'done' }, target: 'drift' });
    expect(set.requests()).toEqual(
      [`GET ${of(set).vaultId}`, `PATCH ${vaultId(set.cloud)}`, `GET ${vaultId(set.cloud)}`].map((line) =>
        line.replace(' ', ' management.azure.com').concat(' 200'),
      ),
    );
    expect(kept(set)).toEqual({ ...before, acls: { ...CLOSED, bypass: 'AzureServices' } });
    expect(await set.call('repair', bypassing(set))).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toHaveLength(1);
  });

  it('lets them pass also where public access is disabled', async () => {
    const set = await closed('Disabled');
    expect(await set.call('repair', bypassing(set))).toMatchObject({ sent: { kind: 'done' } });
    expect(kept(set)).toMatchObject({ acls: { bypass: 'AzureServices' }, access: 'Disabled' });
  });

  it('is left alone inside a perimeter, which overrides it', async () => {
    const set = await closed('SecuredByPerimeter');
    expect(await set.call('repair', bypassing(set))).toMatchObject({
      target: 'blocked',
      why: expect.stringContaining('perimeter'),
    });
    expect(mutations(set)).toEqual([]);
  });

  it('is not said to be repaired where a policy changes it back at once', async () => {
    const set = await closed();
    const { world } = set.cloud;
    world.onChange(({ kind }) => {
      const vault = world.keyVault.vault('kv-orders');
      if (kind === 'resourceWritten' && vault?.networkAcls) vault.networkAcls.bypass = 'None';
    });
    expect(await set.call('repair', bypassing(set))).toMatchObject({
      sent: { kind: 'blocked', why: expect.stringContaining('a policy perhaps') },
    });
  });

  it('is read with the tags of its vault', async () => {
    const set = await closed();
    markVault(set.cloud);
    const { tagged = [] } = await set.call('repair', bypassing(set));
    expect(tagged.map(({ tags }) => tags)).toEqual([MARK]);
  });

  it('stays so where a read-only lock forbids writes, and the lock is named a way to', async () => {
    const set = await closed();
    lock(set, 'ReadOnly');
    expect(await set.call('repair', bypassing(set))).toMatchObject({
      sent: { kind: 'blocked', why: expect.stringMatching(/az lock list --resource.*ScopeLocked/) },
    });
    expect(kept(set).acls?.bypass).toBe('None');
  });

  it('is repaired under a lock against deletion', async () => {
    const set = await closed();
    lock(set, 'CanNotDelete');
    expect(await set.call('repair', bypassing(set))).toMatchObject({ sent: { kind: 'done' } });
  });

  it('is waited for while its vault comes back', async () => {
    const set = await closed();
    set.cloud.world.keyVault.deleteVault('kv-orders');
    set.cloud.world.keyVault.recoverVault('kv-orders');
    expect(await set.call('repair', bypassing(set))).toMatchObject({ target: 'operationInProgress' });
    expect(mutations(set)).toEqual([]);
  });
});

describe('network rules', () => {
  it('become those of the baseline again, each spelled as it still stands in the vault', async () => {
    const ipRules = [{ value: '192.0.2.1' }, { value: '198.51.100.7' }];
    const set = await closed('Disabled', { ...CLOSED, defaultAction: 'Allow', ipRules });
    const { policies } = kept(set);
    expect(await set.call('repair', restoring(set))).toMatchObject({ sent: { kind: 'done' } });
    expect(kept(set)).toEqual({
      policies,
      access: 'Enabled',
      acls: {
        bypass: 'AzureServices',
        defaultAction: 'Deny',
        ipRules: [{ value: '198.51.100.7' }, { value: '203.0.113.0/24' }],
        virtualNetworkRules: CLOSED.virtualNetworkRules,
      },
    });
    expect(await set.call('repair', restoring(set))).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toEqual([`PATCH ${vaultId(set.cloud)}`]);
  });

  it('that are still those of the baseline are not written', async () => {
    const set = await closed('Enabled', { ...CLOSED, bypass: 'AzureServices' });
    expect(await set.call('repair', restoring(set))).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toEqual([]);
  });

  it('become those of the baseline again where a perimeter has taken their place since', async () => {
    const set = await closed('SecuredByPerimeter', { ...CLOSED, bypass: 'AzureServices' });
    expect(await set.call('repair', restoring(set))).toMatchObject({ sent: { kind: 'done' } });
    expect(kept(set)).toMatchObject({ access: 'Enabled', acls: { bypass: 'AzureServices', defaultAction: 'Deny' } });
    expect(await set.call('repair', restoring(set))).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toHaveLength(1);
  });

  it('are restored to a perimeter by nobody but its owner', async () => {
    const set = await closed();
    const network = { ...HEALTHY, publicNetworkAccess: 'SecuredByPerimeter' };
    expect(await set.call('repair', restoring(set, network))).toMatchObject({ target: 'blocked' });
    expect(mutations(set)).toEqual([]);
  });
});

describe('network rules with a subnet', () => {
  const withSubnet = async () => {
    const set = await stage(ORDERS);
    const subnet = await aSubnet(set);
    set.cloud.world.keyVault.updateVault('kv-orders', {
      networkAcls: { ...CLOSED, virtualNetworkRules: [{ id: subnet }] },
    });
    const network = { ...HEALTHY, virtualNetworkRules: [subnet.toLowerCase()] };
    return { set, subnet, steps: { restoring: restoring(set, network), bypassing: bypassing(set) } };
  };

  it('are given back, where somebody took the subnet out, by the right to join it', async () => {
    const { set, subnet, steps } = await withSubnet();
    set.cloud.world.keyVault.updateVault('kv-orders', { networkAcls: { ...CLOSED, virtualNetworkRules: [] } });
    expect(await set.call('repair', steps.restoring)).toMatchObject({ sent: { kind: 'done' } });
    expect(kept(set).acls?.virtualNetworkRules).toEqual([{ id: subnet.toLowerCase() }]);
  });

  it.each(['restoring', 'bypassing'] as const)(
    'are not written without it (%s), and the part of the role is named',
    async (what) => {
      const { set, steps } = await withSubnet();
      takeActions(JOIN_SUBNET)(set);
      expect(await set.call('repair', steps[what])).toMatchObject({
        sent: {
          kind: 'blocked',
          why: expect.stringMatching(
            new RegExp(
              `--role 'CMK Guardian Keys'.*--scope ${SUBSCRIPTION} .*${JOIN_SUBNET}'.*LinkedAuthorizationFailed`,
              'i',
            ),
          ),
        },
      });
      expect(kept(set).acls?.bypass).toBe('None');
    },
  );
});

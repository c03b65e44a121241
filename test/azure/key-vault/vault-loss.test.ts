import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { FLEXIBLE, KEY, ORDERS, SINGLE } from '../orders.ts';
import { DAY, HOUR, type Stage, SUBSCRIPTION, stage } from '../product.ts';

const consumerIds = [SINGLE, FLEXIBLE];
const ID = `${SUBSCRIPTION}/resourceGroups/data/providers/Microsoft.KeyVault/vaults/kv-orders`;

const purge = ({ cloud }: Stage): void => {
  const vault = cloud.world.keyVault.vault('kv-orders');
  if (!vault) throw new Error('there is no vault');
  vault.purgeProtection = false;
  cloud.world.keyVault.deleteVault('kv-orders');
  cloud.world.keyVault.purgeVault('kv-orders');
};

/** Takes an action out of the product's role. */
const forbid = ({ cloud }: Stage, action: string): void => {
  const [permission] = cloud.world.rbac.definition('CMK Guardian Observe')?.permissions ?? [];
  if (permission) permission.actions = permission.actions.filter((one) => one !== action);
};

const controlPlane = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => /Microsoft\.KeyVault\/(\S+) \d+$/.exec(line)?.[1] ?? []);
const dataPlane = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => line.includes('.vault.azure.net'));

describe('a deleted vault', () => {
  it('is absent, with until when it can be recovered, for one call more and none to its keys', async () => {
    const set = await stage(ORDERS);
    await set.call('observeKey', KEY, { consumerIds });
    const deletedOn = new Date(set.startedAt).toISOString();
    Object.assign(set.cloud.world.keyVault.vault('kv-orders')?.tags ?? {}, { owner: 'orders' });
    set.cloud.world.keyVault.deleteVault('kv-orders');
    for (const _ of ['at once', 'and every time after']) {
      set.requests();
      const { loss, vault, vaultLoss, versions } = await set.call('observeKey', KEY, { consumerIds });
      expect(vault).toEqual({ kind: 'absent' });
      expect(vaultLoss).toEqual({
        kind: 'present',
        value: {
          kind: 'deleted',
          vaultId: ID,
          location: 'koreacentral',
          deletedOn,
          recoverableUntil: new Date(set.startedAt + 90 * DAY).toISOString(),
          tags: { owner: 'orders' },
        },
      });
      expect(loss).toBeUndefined();
      const reason = expect.stringContaining(`${ID} was deleted on ${deletedOn}`);
      expect(Object.values(versions)).toEqual([{ kind: 'unknown', reason }]);
      const sent = set.requests();
      expect(controlPlane(sent)).toEqual(['vaults/kv-orders', 'deletedVaults']);
      expect(sent).toHaveLength(5);
    }
  });

  it('is found by a process that never saw it, which need not be told where it was', async () => {
    const { call, cloud, requests } = await stage(ORDERS);
    cloud.world.keyVault.deleteVault('kv-orders');
    const { vault, vaultLoss } = await call('observeKey', KEY, { consumerIds });
    expect(vault).toEqual({ kind: 'absent' });
    expect(vaultLoss).toMatchObject({ value: { kind: 'deleted', vaultId: ID } });
    expect(controlPlane(requests())).toEqual(['vaults', 'deletedVaults']);
    expect(await call('isInScope', KEY)).toMatchObject({ kind: 'present' });
  });

  it('is looked for where the baseline says that it was', async () => {
    const { call, cloud, requests } = await stage(ORDERS);
    cloud.world.keyVault.deleteVault('kv-orders');
    await call('observeKey', KEY, { consumerIds, vaultId: ID.toLowerCase() });
    expect(controlPlane(requests())).toEqual(['vaults/kv-orders', 'deletedVaults']);
  });

  it('is absent, and what became of it unknown, where the product may not list deleted vaults', async () => {
    const set = await stage(ORDERS);
    set.cloud.world.keyVault.deleteVault('kv-orders');
    forbid(set, 'Microsoft.KeyVault/deletedVaults/read');
    const named = await set.call('observeKey', KEY, { consumerIds, vaultId: ID });
    const unknown = { kind: 'unknown', reason: expect.stringMatching(/CMK Guardian.*AuthorizationFailed/s) };
    expect(named).toMatchObject({ vault: { kind: 'absent' }, vaultLoss: unknown });
    const nameless = await set.call('observeKey', KEY, { consumerIds });
    expect(nameless.vault).toEqual(unknown);
    expect(nameless).not.toHaveProperty('vaultLoss');
  });

  it("is somebody else's, and unknown, where it did not lie in the scopes", async () => {
    const { call, cloud } = await stage(ORDERS, { scopes: [`${SUBSCRIPTION}/resourceGroups/guardian`] });
    cloud.world.keyVault.deleteVault('kv-orders');
    const seen = await call('observeKey', KEY, { consumers: [], vaultId: ID });
    expect(seen.vault).toEqual({ kind: 'unknown', reason: expect.stringContaining('GUARDIAN_SCOPE') });
    expect(seen).not.toHaveProperty('vaultLoss');
  });
});

describe('a purged vault', () => {
  it('is gone where the baseline shows that it lay in the scopes, and unknown where nothing does', async () => {
    const set = await stage(ORDERS);
    purge(set);
    const named = await set.call('observeKey', KEY, { consumerIds, vaultId: ID });
    expect(named).toMatchObject({ vault: { kind: 'absent' }, vaultLoss: { value: { kind: 'gone' } } });
    const reason = expect.stringContaining('neither a vault nor a deleted one');
    expect(Object.values(named.versions)).toEqual([{ kind: 'unknown', reason }]);
    const other = ID.replace('kv-orders', 'kv-other');
    for (const hints of [{}, { vaultId: other }, { vaultId: other.replace('/data/', '/elsewhere/') }]) {
      const { vault } = await set.call('observeKey', KEY, { consumerIds, ...hints });
      expect(vault).toEqual({ kind: 'unknown', reason: expect.stringContaining('GUARDIAN_SCOPE') });
    }
  });

  it('is not mistaken for one that was moved to another resource group', async () => {
    const { call, cloud } = await stage(ORDERS);
    await call('observeKey', KEY, { consumerIds });
    const id = ID.replace('/data/', '/guardian/');
    Object.assign(cloud.world.keyVault.vault('kv-orders') ?? {}, { id });
    const { vault, versions } = await call('observeKey', KEY, { consumerIds });
    expect(vault).toMatchObject({ kind: 'present', value: { id } });
    expect(Object.values(versions)).toMatchObject([{ kind: 'present' }]);
  });
});

describe('a vault that is being recovered', () => {
  it('is there, and is not asked for its keys, which it does not know yet', async () => {
    const set = await stage(ORDERS);
    set.cloud.world.keyVault.deleteVault('kv-orders');
    await set.advance(HOUR);
    set.cloud.world.keyVault.recoverVault('kv-orders');
    const early = await set.call('observeKey', KEY, { consumerIds });
    expect(early.vault).toMatchObject({ kind: 'present', value: { provisioningState: 'RegisteringDns' } });
    const reason = expect.stringContaining('being recovered');
    expect(Object.values(early.versions)).toEqual([{ kind: 'unknown', reason }]);
    expect(early).not.toHaveProperty('loss');
    expect(dataPlane(set.requests())).toEqual([]);
    await set.advance(60_000);
    const late = await set.call('observeKey', KEY, { consumerIds });
    expect(Object.values(late.versions)).toMatchObject([{ kind: 'present' }]);
  });

  it('says nothing of its keys either where it is done, and its host knows no such vault yet', async () => {
    const set = await stage(ORDERS, { switches: { recoveredVaultSilentSeconds: 600 } });
    set.cloud.world.keyVault.deleteVault('kv-orders');
    set.cloud.world.keyVault.recoverVault('kv-orders');
    await set.advance(60_000);
    const seen = await set.call('observeKey', KEY, { consumerIds });
    expect(seen.vault).toMatchObject({ value: { provisioningState: 'Succeeded' } });
    expect(Object.values(seen.versions)).toEqual([
      { kind: 'unknown', reason: expect.stringMatching(/az keyvault list-deleted.*VaultNotFound/s) },
    ]);
    expect(seen).not.toHaveProperty('loss');
  });
});

const NAMES = ['kv-a', 'kv-b', 'kv-c'];
const ESTATE: WorldPlan = {
  vaults: NAMES.map((name) => ({ name, permissions: 'accessPolicies', keys: [{ name: 'cmk' }, { name: 'second' }] })),
  servers: NAMES.flatMap((vault) =>
    ['cmk', 'second'].map((key) => ({ name: `${vault}-${key}`, generation: 'flexible' as const, vault, key })),
  ),
};

describe('a sweep', () => {
  it('lists deleted vaults once, however many are missing, and not at all where none is', async () => {
    const { advance, call, cloud, requests } = await stage(ESTATE);
    const { keys } = await call('listConsumers');
    requests();
    await call('observeKeys', keys);
    expect(controlPlane(requests())).toEqual(['vaults']);
    for (const name of ['kv-a', 'kv-b']) cloud.world.keyVault.deleteVault(name);
    // One list of the vaults serves all parts of a sweep, for a minute.
    await call('observeKeys', keys);
    expect(controlPlane(requests())).toEqual([]);
    await advance(60_000);
    const { observations } = await call('observeKeys', keys);
    const lost = observations.filter(({ vaultLoss }) => vaultLoss?.kind === 'present');
    expect(lost.map(({ key }) => key.host.split('.')[0])).toEqual(['kv-a', 'kv-a', 'kv-b', 'kv-b']);
    expect(controlPlane(requests())).toEqual(['vaults', 'deletedVaults']);
  });

  it('leaves only those keys out whose vault is missing when Azure does not say what became of it', async () => {
    const { call, cloud } = await stage(ESTATE);
    const { keys } = await call('listConsumers');
    cloud.world.keyVault.deleteVault('kv-a');
    cloud.faults.add({ route: 'GET https://management.azure.com/*/deletedVaults', kind: '503', rate: 1 });
    const { observations, unreadable } = await call('observeKeys', keys);
    expect(observations.map(({ key }) => key.host.split('.')[0])).toEqual(['kv-b', 'kv-b', 'kv-c', 'kv-c']);
    expect(unreadable).toMatchObject([{ unavailable: true }, { unavailable: true }]);
  });
});

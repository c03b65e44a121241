import { describe, expect, it } from 'vitest';
import { KEY, ORDERS } from '../orders.ts';
import { type Stage, SUBSCRIPTION, sim, stage } from '../product.ts';

const GROUP = `${SUBSCRIPTION}/resourceGroups/data`;
const ID = `${GROUP}/providers/Microsoft.KeyVault/vaults/kv-orders`;
const FOREIGN = '00000000-0000-4000-8000-000000000077';
const HINTS = { consumers: [], vaultId: ID };

const look = ({ call }: Stage) => call('observeKey', KEY, HINTS);
const unknown = (...words: readonly string[]) => ({
  kind: 'unknown',
  reason: expect.stringMatching(new RegExp(words.join('.*'), 's')),
});

describe('a vault that Azure does not find', () => {
  it.each([
    ['SubscriptionNotFound', SUBSCRIPTION, 'az account show --subscription'],
    ['ResourceGroupNotFound', GROUP, 'az group show --name data'],
  ])('is unknown, and nothing is to be made again, where the answer is %s', async (code, scope, fix) => {
    const set = await stage(ORDERS, { scopes: [GROUP] });
    await sim(set.cloud, 'break/hide-place', { scope });
    const { vault, vaultLoss } = await look(set);
    expect(vault).toEqual(unknown(fix, 'nothing is concluded from this answer', code));
    expect(JSON.stringify(vault)).not.toContain('create');
    expect(vaultLoss).toBeUndefined();
  });

  it('is there all the same where a list shows it that a single read does not', async () => {
    const set = await stage(ORDERS);
    for (const scope of [ID, GROUP]) {
      await sim(set.cloud, 'break/hide-place', { scope });
      expect((await look(set)).vault).toMatchObject({ kind: 'present', value: { id: ID } });
    }
  });

  it('was deleted with its group where Azure lists it as deleted, whatever it answers of the group', async () => {
    for (const scopes of [[SUBSCRIPTION], [GROUP]]) {
      const set = await stage(ORDERS, { scopes });
      await sim(set.cloud, 'break/delete-group', { group: 'data' });
      expect(await look(set)).toMatchObject({
        vault: { kind: 'absent' },
        vaultLoss: { kind: 'present', value: { kind: 'deleted', vaultId: ID } },
      });
    }
  });

  it('lies in a subscription of another tenant where Azure says so', async () => {
    const set = await stage(ORDERS);
    const tenant = '00000000-0000-4000-8000-000000000077';
    await sim(set.cloud, 'break/move-subscription', { tenant });
    expect((await look(set)).vault).toEqual(
      unknown(`install the product in the tenant ${tenant}`, 'GUARDIAN_SCOPE', 'InvalidAuthenticationTokenTenant'),
    );
  });

  it('was moved out of the scopes, or is somebody else’s, where a vault answers at its host', async () => {
    const set = await stage(ORDERS, { scopes: [GROUP] });
    await sim(set.cloud, 'break/move-resource', { resource: 'kv-orders', group: 'elsewhere' });
    set.requests();
    expect((await look(set)).vault).toEqual(unknown('moved out of GUARDIAN_SCOPE', 'az resource list', 'accept-vault'));
    const asked = set.requests().filter((line) => line.includes('.vault.azure.net'));
    expect(asked).toEqual(['GET kv-orders.vault.azure.net/keys 401']);
  });

  it.each([
    ['was known to be ours', HINTS],
    ['was never seen in scope', { consumers: [] }],
  ])('is of another tenant where what answers at its host says so, whether it %s', async (_what, hints) => {
    const set = await stage(ORDERS, { scopes: [GROUP] });
    await sim(set.cloud, 'break/move-resource', { resource: 'kv-orders', group: 'elsewhere' });
    const vault = set.cloud.world.keyVault.vault('kv-orders');
    if (vault) vault.tenantId = FOREIGN;
    set.requests();
    const { vault: seen } = await set.call('observeKey', KEY, hints);
    const own = set.cloud.world.entra.tenantId;
    expect(seen).toEqual(unknown(`of the tenant ${FOREIGN}, and this product of ${own}`, 'Nothing that is there'));
    expect(JSON.stringify(seen)).not.toContain('accept-vault');
    const asked = set.requests().filter((line) => line.includes('.vault.azure.net'));
    expect(asked).toEqual(['GET kv-orders.vault.azure.net/keys 401']);
    await set.call('observeKey', KEY, { consumers: [] });
    // Vaults that strangers' sets name by the thousand are each read once in ten minutes.
    if (hints !== HINTS) expect(set.requests().filter((line) => line.includes('.vault.azure.net'))).toEqual([]);
  });

  it('is out of scope, and no more is known, where it was never seen there and is of this tenant', async () => {
    const set = await stage(ORDERS, { scopes: [GROUP] });
    await sim(set.cloud, 'break/move-resource', { resource: 'kv-orders', group: 'elsewhere' });
    const { vault } = await set.call('observeKey', KEY, { consumers: [] });
    expect(vault).toEqual(unknown('is not in the configured scopes', 'its scope is missing in GUARDIAN_SCOPE'));
  });

  it.each(['429', '503', '403'] as const)('is not gone where its host answers %s: something is there', async (kind) => {
    const set = await stage(ORDERS, { scopes: [GROUP] });
    await sim(set.cloud, 'break/move-resource', { resource: 'kv-orders', group: 'elsewhere' });
    set.cloud.faults.add({ route: 'GET https://kv-orders.vault.azure.net/*', kind, rate: 1 });
    const { vault, vaultLoss } = await look(set);
    expect(vault).toEqual(unknown('moved out of GUARDIAN_SCOPE'));
    expect(vaultLoss).toBeUndefined();
  });

  it('is gone where nothing answers at its host either', async () => {
    const set = await stage(ORDERS, { scopes: [GROUP] });
    const vault = set.cloud.world.keyVault.vault('kv-orders');
    if (vault) vault.purgeProtection = false;
    await sim(set.cloud, 'break/delete-vault', { vault: 'kv-orders' });
    await sim(set.cloud, 'break/purge-vault', { vault: 'kv-orders' });
    expect(await look(set)).toMatchObject({ vault: { kind: 'absent' }, vaultLoss: { value: { kind: 'gone' } } });
  });
});

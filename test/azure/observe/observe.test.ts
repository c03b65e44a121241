import { describe, expect, it } from 'vitest';
import { closeFirewall, expire, FLEXIBLE, KEY, ORDERS, pinnedVersion, SINGLE, shutProductOut } from '../orders.ts';
import { DAY, HOUR, SUBSCRIPTION, stage } from '../product.ts';

const consumerIds = [SINGLE, FLEXIBLE];

describe('a key, observed', () => {
  it('shows the version that its consumers pin, not the current one', async () => {
    const { call, cloud } = await stage(ORDERS);
    const { consumers, vault, versions } = await call('observeKey', KEY, { consumerIds });
    const { kid, version } = pinnedVersion(cloud);
    expect(Object.keys(versions)).toEqual([version]);
    expect(versions[version]).toMatchObject({
      kind: 'present',
      value: { kid, version, enabled: true, expiresOn: '2027-02-20T00:00:00.000Z', keyType: 'RSA', keySize: 2048 },
    });
    expect(vault).toMatchObject({ kind: 'present', value: { name: 'kv-orders', permissionModel: 'accessPolicies' } });
    expect(consumers).toMatchObject({
      value: [
        { id: SINGLE, kind: 'mysqlSingleServer', state: { value: { state: 'ready', raw: 'Ready' } }, pinned: { kid } },
        { id: FLEXIBLE, kind: 'mysqlFlexibleServer', principalId: { kind: 'present' }, pinned: { kid } },
      ],
    });
  });

  it('takes one call per vault, version and flexible server, and two per single server', async () => {
    const { call, requests } = await stage(ORDERS);
    for (const vault of ['/vaults', '/vaults/kv-orders']) {
      await call('observeKey', KEY, { consumerIds });
      const sent = requests().map((line) => line.replace(/\/[0-9a-f]{32} /, '/{version} '));
      expect(new Set(sent)).toEqual(
        new Set([
          'GET kv-orders.vault.azure.net/keys/cmk/{version} 200',
          `GET management.azure.com${FLEXIBLE} 200`,
          `GET management.azure.com${SINGLE} 200`,
          `GET management.azure.com${SINGLE}/keys 200`,
          expect.stringMatching(`^GET management.azure.com/subscriptions/.*/Microsoft.KeyVault${vault} 200$`),
        ]),
      );
      expect(sent).toHaveLength(5);
    }
  });

  it('finds its consumers by listing the scope when nobody knows them', async () => {
    const { call } = await stage(ORDERS);
    const { consumers } = await call('observeKey', KEY);
    expect(consumers).toMatchObject({ kind: 'present', value: [{ id: SINGLE }, { id: FLEXIBLE }] });
  });

  it('no longer counts a consumer that is gone', async () => {
    const { call } = await stage(ORDERS);
    const { consumers } = await call('observeKey', KEY, { consumerIds: [SINGLE, `${SINGLE}-old`] });
    expect(consumers).toMatchObject({ kind: 'present', value: [{ id: SINGLE }] });
  });

  it('shows that its version expired and what that did to each server', async () => {
    const { advance, call, cloud } = await stage(ORDERS);
    expire(cloud);
    await advance(HOUR);
    const { consumers } = await call('observeKey', KEY, { consumerIds });
    expect(consumers).toMatchObject({
      value: [{ state: { value: { state: 'inaccessible' } } }, { state: { value: { state: 'ready' } } }],
    });
  });

  it('is read through the control plane where the firewall shuts the product out', async () => {
    const { call, cloud, startedAt } = await stage(ORDERS);
    closeFirewall(cloud);
    const { vault, versions } = await call('observeKey', KEY, { consumerIds });
    expect(vault).toMatchObject({ value: { network: { defaultAction: 'Deny', bypass: 'AzureServices' } } });
    expect(Object.values(versions)).toMatchObject([
      { value: { enabled: true, expiresOn: new Date(startedAt + 90 * DAY).toISOString() } },
    ]);
  });

  it('is unknown, not gone, where the product may not read it, and the reason says what to do', async () => {
    const { call, cloud } = await stage(ORDERS);
    shutProductOut(cloud);
    const { versions } = await call('observeKey', KEY, { consumerIds });
    expect(Object.values(versions)).toEqual([
      { kind: 'unknown', reason: expect.stringMatching(/az keyvault set-policy --name kv-orders.*AccessDenied/s) },
    ]);
  });

  it('is unknown where the function app has no identity, and the reason says what to do', async () => {
    const { call } = await stage(ORDERS, { environment: { IDENTITY_HEADER: 'of nobody' } });
    const { consumers, vault } = await call('observeKey', KEY, { consumerIds });
    const unknown = {
      kind: 'unknown',
      reason: expect.stringMatching(/az functionapp identity assign.*ManagedIdentityCredential/s),
    };
    expect([consumers, vault]).toEqual([unknown, unknown]);
  });

  it('is absent when it was deleted, and one call more tells until when it can be recovered', async () => {
    const { advance, call, cloud, requests, startedAt } = await stage(ORDERS);
    await call('observeKey', KEY, { consumerIds });
    requests();
    cloud.world.keyVault.deleteKey('kv-orders', 'cmk');
    await advance(HOUR);
    const { loss, versions } = await call('observeKey', KEY, { consumerIds });
    expect(Object.values(versions)).toEqual([{ kind: 'absent' }]);
    const value = {
      kind: 'deleted',
      deletedOn: new Date(startedAt).toISOString(),
      recoverableUntil: new Date(startedAt + 90 * DAY).toISOString(),
    };
    expect(loss).toMatchObject({ kind: 'present', value });
    // The seventh is for the identity of the flexible server, which is inaccessible by now.
    expect(requests()).toHaveLength(7);
  });

  it('is neither there nor deleted while it is being deleted, and after it was purged', async () => {
    const { call, cloud } = await stage(ORDERS);
    cloud.world.keyVault.deleteKey('kv-orders', 'cmk');
    const { loss } = await call('observeKey', KEY, { consumerIds });
    expect(loss).toEqual({ kind: 'present', value: { kind: 'gone' } });
  });

  it('lacks a version where another key has taken its name', async () => {
    const { advance, call, cloud } = await stage(ORDERS);
    const vault = cloud.world.keyVault.vault('kv-orders');
    if (!vault) throw new Error('there is no vault');
    vault.purgeProtection = false;
    cloud.world.keyVault.deleteKey('kv-orders', 'cmk');
    await advance(HOUR);
    cloud.world.keyVault.purgeKey('kv-orders', 'cmk');
    cloud.world.keyVault.createKey('kv-orders', 'cmk');
    const { loss } = await call('observeKey', KEY, { consumerIds });
    expect(loss).toEqual({ kind: 'present', value: { kind: 'versionMissing' } });
  });

  it('is absent behind a closed firewall too, but what became of it is unknown there', async () => {
    const { call, cloud } = await stage(ORDERS);
    cloud.world.keyVault.deleteKey('kv-orders', 'cmk');
    closeFirewall(cloud);
    const { loss, versions } = await call('observeKey', KEY, { consumerIds });
    expect(Object.values(versions)).toEqual([{ kind: 'absent' }]);
    expect(loss).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('ForbiddenByFirewall') });
  });
});

describe('outside the configured scopes', () => {
  const elsewhere = { scopes: [`${SUBSCRIPTION}/resourceGroups/guardian`] };

  it('nothing is read, and that is no proof of absence', async () => {
    const { call, requests } = await stage(ORDERS, elsewhere);
    const { consumers, vault } = await call('observeKey', KEY, { consumerIds });
    expect([consumers.kind, vault.kind]).toEqual(['unknown', 'unknown']);
    // Azure lists the deleted vaults of a whole subscription only, and a host says without a token of which tenant its vault is.
    expect(requests().filter((line) => !line.includes('/resourceGroups/guardian/'))).toEqual([
      `GET management.azure.com${SUBSCRIPTION}/providers/Microsoft.KeyVault/deletedVaults 200`,
      'GET kv-orders.vault.azure.net/keys 401',
    ]);
  });

  it('neither a consumer nor a vault is found, and of a key it is said that no vault of the scopes holds it', async () => {
    const { call } = await stage(ORDERS, elsewhere);
    const vaultId = `${SUBSCRIPTION}/resourceGroups/data/providers/Microsoft.KeyVault/vaults/kv-orders`;
    expect(await call('isInScope', KEY)).toEqual({ kind: 'absent' });
    expect(await call('readConsumer', SINGLE)).toMatchObject({ kind: 'unknown' });
    expect(await call('keyInVault', vaultId, 'cmk')).toMatchObject({ kind: 'unknown' });
  });
});

describe('inside the configured scopes', () => {
  it('the key is found by its vault, and by the consumer that pins it', async () => {
    const { call } = await stage(ORDERS, { scopes: [`${SUBSCRIPTION}/resourceGroups/DATA`] });
    const vaultId = `${SUBSCRIPTION}/resourcegroups/Data/providers/Microsoft.KeyVault/vaults/KV-Orders`;
    const found = { kind: 'present', value: KEY };
    expect(await call('keyInVault', vaultId, 'CMK')).toEqual(found);
    const pinning = { kind: 'present', value: [{ pinned: { key: KEY } }] };
    const spelled = SINGLE.toUpperCase().replace('/SUBSCRIPTIONS/', '/subscriptions/');
    expect(await call('readConsumer', spelled)).toMatchObject(pinning);
    expect(await call('readConsumer', FLEXIBLE)).toMatchObject(pinning);
    expect(await call('readConsumer', `${SINGLE}-old`)).toEqual({ kind: 'absent' });
    expect(await call('isInScope', KEY)).toMatchObject({ kind: 'present' });
  });
});

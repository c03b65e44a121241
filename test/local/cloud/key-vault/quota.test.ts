import { describe, expect, it } from 'vitest';
import type { KeySize } from '../../../../local/cloud/key-vault/key.ts';
import { auditVaults } from '../../../builders/audit-logs.ts';
import { named, subscriptionId } from '../sdk.ts';
import { aVault, GROUP, refusal, SECOND, VAULT } from './vault-cloud.ts';

/** A vault whose quotas are small: `scale` 0.001 leaves four reads of a 2048-bit key in ten seconds. */
const throttled = async (vaultQuotaScale: number, spec: { keySize?: KeySize; kty?: 'RSA' | 'RSA-HSM' } = {}) => {
  const cloud = await aVault({}, { switches: { vaultQuotaScale } });
  cloud.world.keyVault.createKey(VAULT, 'cmk', spec);
  const reads = async (times: number, keys = cloud.keys) => {
    const statuses: unknown[] = [];
    for (let n = 0; n < times; n++)
      statuses.push(
        await keys.getKey('cmk').then(
          () => 200,
          ({ statusCode }) => statusCode,
        ),
      );
    return statuses;
  };
  return { ...cloud, reads };
};

describe('the quota of a vault', () => {
  it('lets 4000 operations on 2048-bit keys through in ten seconds, then waits for the next ten', async () => {
    const { reads, keys, advance } = await throttled(0.001);
    expect(await reads(5)).toEqual([200, 200, 200, 200, 429]);
    await expect(keys.getKey('cmk')).rejects.toMatchObject({
      ...refusal(429, 'Throttled'),
      message: expect.stringContaining('VaultRequestTypeLimitReached'),
    });
    await advance(9 * SECOND);
    expect(await reads(1)).toEqual([429]);
    await advance(SECOND);
    expect(await reads(5)).toEqual([200, 200, 200, 200, 429]);
  });

  it('says when to come back', async () => {
    const { cloud, keys, reads, advance } = await throttled(0.001);
    await reads(4);
    await advance(3 * SECOND);
    let retryAfter: unknown;
    await expect(
      keys.getKey('cmk', {
        onResponse: ({ headers, status }) => {
          if (status === 429) retryAfter = headers.get('retry-after');
        },
      }),
    ).rejects.toMatchObject({ statusCode: 429 });
    expect(retryAfter).toBe('7');
    expect(cloud.requests.list().at(-1)).toMatchObject({ status: 429 });
  });

  it.each([
    ['RSA', 2048, 16],
    ['RSA', 3072, 4],
    ['RSA', 4096, 2],
    ['RSA-HSM', 2048, 8],
    ['RSA-HSM', 4096, 1],
  ] as const)('weighs keys: %s with %d bits leaves %d of 16', async (kty, keySize, most) => {
    const { reads } = await throttled(0.004, { kty, keySize });
    expect((await reads(most + 1)).filter((status) => status === 200)).toHaveLength(most);
  });

  it('counts new keys and versions apart from everything else', async () => {
    const { keys, reads } = await throttled(0.1);
    await keys.createRsaKey('other');
    await keys.rotateKey('cmk');
    await expect(keys.createRsaKey('another')).rejects.toMatchObject({ statusCode: 429 });
    expect(await reads(1)).toEqual([200]);
  });

  it('is five times as much for all vaults of a subscription and region together', async () => {
    const { world, officer, vault, keysAs, reads } = await throttled(0.0005);
    const names = ['one', 'two', 'three', 'four', 'five'].map((name) => `fabrikam-${name}`);
    for (const name of names) {
      const policy = { tenantId: vault.tenantId, objectId: officer.objectId, permissions: { keys: ['all'] } };
      const place = { subscription: subscriptionId, group: GROUP, location: vault.location };
      world.keyVault.createVault({ ...place, name, rbac: null, accessPolicies: [policy] });
      world.keyVault.createKey(name, 'cmk');
    }
    for (const name of names) expect(await reads(2, keysAs(officer, name))).toEqual([200, 200]);
    expect(await reads(1)).toEqual([429]);
  });

  it('is not touched by what servers do with their keys', async () => {
    const { world, officer, keys } = await throttled(0.001);
    const { id = '' } = await keys.getKey('cmk');
    const user = { principalId: officer.objectId, tenantId: officer.tenantId, trustedService: true };
    for (let n = 0; n < 10; n++) expect(await world.keyVault.use(user, id, 'unwrapKey')).toEqual({ ok: true });
  });
});

describe('a list of the keys of a vault', () => {
  const listed = async (controlPlaneKeyListCosts: 'nothing' | 'keyVault') => {
    const of = await aVault({}, { switches: { vaultQuotaScale: 0.001, controlPlaneKeyListCosts } });
    const { cloud, vault, world } = of;
    world.keyVault.createKey(VAULT, 'cmk');
    auditVaults(cloud);
    const statuses = async (times: number, list: () => AsyncIterable<unknown>) => {
      const before = cloud.requests.list().at(-1)?.n ?? 0;
      for (let n = 0; n < times; n++) await Array.fromAsync(list()).catch(() => undefined);
      const asked = cloud.requests.list({ since: before });
      return asked.filter(({ url }) => /\/keys\?/.test(url)).map(({ status }) => status);
    };
    const audited = () => world.auditLog.rows().map(({ operation, vaultId }) => [operation, vaultId === vault.id]);
    return { ...of, statuses, audited };
  };

  it.each([
    ['nothing', [200, 200, 200, 200, 200], 0],
    ['keyVault', [200, 200, 200, 200, 429], 4],
  ] as const)(
    'by Resource Manager takes %s of it, and has as many rows in its audit log',
    async (costs, seen, rows) => {
      const { armAs, audited, cloud, statuses } = await listed(costs);
      const { keys } = armAs(named(cloud, 'owner'));
      expect(await statuses(5, () => keys.list(GROUP, VAULT))).toEqual(seen);
      expect(audited()).toEqual(Array.from({ length: rows }, () => ['KeyList', true]));
    },
  );

  it('by the vault takes what it takes of it, with rows in its audit log', async () => {
    const { audited, keys, statuses } = await listed('nothing');
    expect((await statuses(5, () => keys.listPropertiesOfKeys())).filter((status) => status !== 401)).toEqual([
      200, 200, 200, 200, 429,
    ]);
    expect(audited()).toHaveLength(4);
  });
});

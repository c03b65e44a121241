import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guid } from '../../../../local/cloud/draw.ts';
import { geographyOf } from '../../../../local/cloud/key-vault/geography.ts';
import { subscriptionId } from '../sdk.ts';
import { aVault, GROUP, refusal, SECOND, VAULT } from './vault-cloud.ts';

/** A vault whose key `cmk` has two versions and is backed up; `another` makes a further vault for the same officer. */
const aBackup = async () => {
  const cloud = await aVault();
  const { world, keys, officer, vault } = cloud;
  const first = await keys.createRsaKey('cmk', { tags: { team: 'orders' } });
  await keys.updateKeyProperties('cmk', first.properties.version ?? '', { enabled: false });
  const second = await keys.rotateKey('cmk');
  const blob = (await keys.backupKey('cmk')) ?? new Uint8Array();
  const another = (location: string, subscription = subscriptionId) => {
    world.keyVault.createVault({
      subscription,
      group: GROUP,
      name: 'fabrikam',
      location,
      rbac: null,
      accessPolicies: [{ tenantId: vault.tenantId, objectId: officer.objectId, permissions: { keys: ['all'] } }],
    });
    return cloud.keysAs(officer, 'fabrikam');
  };
  const remove = async () => {
    world.keyVault.deleteKey(VAULT, 'cmk');
    await world.clock.advance(5 * SECOND);
  };
  return { ...cloud, first, second, blob, another, remove };
};

const cannotDecrypt = { statusCode: 400, code: 'BadParameter', message: 'Cannot decrypt backup blob.' };

describe('a backup of a key', () => {
  it('brings a purged key back with all its versions, attributes and tags', async () => {
    const { keys, blob, first, second, remove } = await aBackup();
    await remove();
    await keys.purgeDeletedKey('cmk');
    const restored = await keys.restoreKeyBackup(blob);
    expect(restored.id).toBe(second.id);
    const { properties } = await keys.getKey('cmk', { version: first.properties.version ?? '' });
    expect(properties).toMatchObject({ enabled: false, tags: { team: 'orders' } });
  });

  it('unwraps in another vault of the geography what was wrapped before, under another host', async () => {
    const { blob, second, another, cryptoAs, officer } = await aBackup();
    const wrapped = await cryptoAs(officer, second.id ?? '').wrapKey('RSA-OAEP-256', Buffer.from('a data key'));
    const restored = await another('koreasouth').restoreKeyBackup(blob);
    expect(restored.id).toBe(second.id?.replace(VAULT, 'fabrikam'));
    const unwrapped = await cryptoAs(officer, restored.id ?? '').unwrapKey('RSA-OAEP-256', wrapped.result);
    expect(Buffer.from(unwrapped.result).toString()).toBe('a data key');
  });

  it('can be opened neither in another geography nor in another subscription', async () => {
    const { blob, another } = await aBackup();
    await expect(another('japaneast').restoreKeyBackup(blob)).rejects.toMatchObject(cannotDecrypt);
    const elsewhere = await aBackup();
    const keys = elsewhere.another('koreacentral', guid('subscription', 'other'));
    await expect(keys.restoreKeyBackup(elsewhere.blob)).rejects.toMatchObject(cannotDecrypt);
  });

  it('is not restored over a key that exists, deleted or not', async () => {
    const { keys, blob, remove } = await aBackup();
    await expect(keys.restoreKeyBackup(blob)).rejects.toMatchObject(refusal(409, 'Conflict'));
    await remove();
    await expect(keys.restoreKeyBackup(blob)).rejects.toMatchObject(
      refusal(409, 'Conflict', 'ObjectIsDeletedButRecoverable'),
    );
  });

  it('outlives its vault, and what is made later gets versions of its own', async () => {
    const { world, second } = await aBackup();
    const blob = world.keyVault.backupKey(VAULT, 'cmk');
    world.keyVault.deleteVault(VAULT);
    world.keyVault.purgeVault(VAULT);
    world.keyVault.createVault({ subscription: subscriptionId, group: GROUP, name: VAULT, location: 'koreacentral' });
    const { versions } = world.keyVault.restoreKey(VAULT, blob);
    world.keyVault.rotateKey(VAULT, 'cmk');
    expect(versions[1]?.kid).toBe(second.id);
    expect(new Set(versions.map(({ version }) => version)).size).toBe(3);
  });

  it('needs permissions of its own on either side', async () => {
    const { world, vault, product, keysAs, blob } = await aBackup();
    const policy = (keys: string[]) => [
      { tenantId: vault.tenantId, objectId: product.objectId, permissions: { keys } },
    ];
    world.keyVault.changePolicies(VAULT, 'add', policy(['get', 'list']));
    const keys = keysAs(product);
    await expect(keys.backupKey('cmk')).rejects.toMatchObject(refusal(403, 'Forbidden', 'AccessDenied'));
    await expect(keys.restoreKeyBackup(blob)).rejects.toMatchObject(refusal(403, 'Forbidden', 'AccessDenied'));
    world.keyVault.changePolicies(VAULT, 'add', policy(['backup']));
    await expect(keys.backupKey('cmk')).resolves.toBeDefined();
  });

  it('is of no use to who has it: nothing of the key can be read, and no altered byte goes unseen', async () => {
    const { world, blob } = await aBackup();
    const { d, p, n } = world.keyVault.key(VAULT, 'cmk')?.versions[0]?.privateKey.export({ format: 'jwk' }) ?? {};
    const text = Buffer.from(blob).toString('latin1');
    for (const secret of [d, p, n, 'PRIVATE KEY']) expect(text).not.toContain(secret);
    const sealed = world.keyVault.backupKey(VAULT, 'cmk');
    const bytes = Buffer.from(sealed, 'base64url');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = Buffer.from(bytes);
        altered[at] = (altered[at] ?? 0) ^ change;
        expect(() => world.keyVault.restoreKey(VAULT, altered.toString('base64url'))).toThrow(cannotDecrypt.message);
      }),
      { numRuns: 30 },
    );
  });

  it('leaves no trace of its blob in the log of requests', async () => {
    const { cloud, blob } = await aBackup();
    const log = JSON.stringify(cloud.requests.list());
    expect(log).toContain('/keys/cmk/backup');
    expect(log).not.toContain(Buffer.from(blob).toString('base64url'));
  });
});

describe('the geography of a region', () => {
  it.each([
    ['koreacentral', 'Korea South', true],
    ['westeurope', 'northeurope', true],
    ['westeurope', 'francecentral', false],
    ['canadacentral', 'eastus2', false],
    ['somewhere', 'Some where', true],
    ['somewhere', 'elsewhere', false],
  ])('of %s and %s is the same: %s', (a, b, same) => {
    expect(geographyOf(a) === geographyOf(b)).toBe(same);
  });
});

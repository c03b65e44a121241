import { describe, expect, it } from 'vitest';
import { all } from '../sdk.ts';
import { aVault, DAY, refusal, VAULT } from './vault-cloud.ts';

describe('keys of a vault', () => {
  it('are real RSA keys of the size that was asked for', async () => {
    const { keys } = await aVault();
    const { key } = await keys.createRsaKey('cmk', { keySize: 3072 });
    expect(key?.kty).toBe('RSA');
    expect(key?.n?.length).toBe(3072 / 8);
    expect(key?.d).toBeUndefined();
  });

  it('may be on a curve: they show their point, neither wrap nor unwrap, and rotate on it', async () => {
    const { keys } = await aVault();
    const { key, keyOperations } = await keys.createEcKey('curve', { curve: 'P-256' });
    expect(key).toMatchObject({ kty: 'EC', crv: 'P-256' });
    expect([key?.x?.length, key?.y?.length, key?.n]).toEqual([32, 32, undefined]);
    expect(keyOperations).toEqual(['sign', 'verify']);
    const other = await keys.createEcKey('curve');
    expect(other.key?.x).not.toEqual(key?.x);
    expect((await keys.rotateKey('curve')).keyType).toBe('EC');
    await expect(keys.createEcKey('curve', { curve: 'P-521' })).rejects.toMatchObject({ statusCode: 400 });
  });

  it('may be exportable, with the policy by which they are released, and rotate so', async () => {
    const { keys } = await aVault();
    const releasePolicy = { encodedPolicy: new TextEncoder().encode('{"version":"1.0.0"}'), immutable: true };
    const { properties } = await keys.createRsaKey('sealed', { hsm: true, exportable: true, releasePolicy });
    expect(properties).toMatchObject({ exportable: true, releasePolicy: { immutable: true } });
    expect((await keys.rotateKey('sealed')).properties.exportable).toBe(true);
    expect((await keys.createRsaKey('cmk')).properties.exportable).toBe(false);
    await expect(keys.createRsaKey('bare', { hsm: true, exportable: true })).rejects.toMatchObject({ statusCode: 400 });
  });

  it('keep their old versions when a new one is made; without a version the newest is meant', async () => {
    const { keys } = await aVault();
    const first = await keys.createRsaKey('cmk');
    const second = await keys.createRsaKey('cmk');
    const { version = '' } = first.properties;
    expect((await keys.getKey('cmk')).id).toBe(second.id);
    expect((await keys.getKey('cmk', { version })).id).toBe(first.id);
    expect((await keys.getKey('CMK')).id).toBe(second.id);
    const versions = await all(keys.listPropertiesOfKeyVersions('cmk'));
    expect(versions.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(second.key?.n).not.toBe(first.key?.n);
  });

  it('carry attributes per version: extending an old one leaves the newest alone', async () => {
    const { keys, later } = await aVault();
    const old = await keys.createRsaKey('cmk', { expiresOn: later(DAY), tags: { team: 'orders' } });
    const current = await keys.createRsaKey('cmk', { expiresOn: later(2 * DAY) });
    const extended = await keys.updateKeyProperties('cmk', old.properties.version ?? '', {
      expiresOn: later(90 * DAY),
    });
    expect(extended.id).toBe(old.id);
    expect(extended.properties).toMatchObject({ expiresOn: later(90 * DAY), enabled: true, tags: { team: 'orders' } });
    expect((await keys.getKey('cmk')).properties.expiresOn).toEqual(current.properties.expiresOn);
  });

  it('say when they were made and changed, and how they can be recovered', async () => {
    const { keys, advance, later } = await aVault({ softDeleteRetention: 7 });
    const createdOn = later(0);
    await keys.createRsaKey('cmk');
    await advance(DAY);
    const { properties } = await keys.updateKeyProperties('cmk', { enabled: false });
    expect(properties).toMatchObject({ createdOn, updatedOn: later(0), enabled: false });
    expect(properties).toMatchObject({ recoveryLevel: 'CustomizedRecoverable+Purgeable', recoverableDays: 7 });
  });

  it.each([
    [{ softDeleteRetention: 90 }, 'Recoverable+Purgeable'],
    [{ softDeleteRetention: 90, purgeProtection: true }, 'Recoverable'],
    [{ softDeleteRetention: 30, purgeProtection: true }, 'CustomizedRecoverable'],
  ])('have in a vault with %j the recovery level %s', async (properties, recoveryLevel) => {
    const { keys } = await aVault(properties);
    expect((await keys.createRsaKey('cmk')).properties.recoveryLevel).toBe(recoveryLevel);
  });

  it('are shown by the newest api-version that their vault recognizes, which it names', async () => {
    const { keys } = await aVault({}, { switches: { refusedApiVersions: { 'vault.azure.net': ['2025-07-01'] } } });
    await expect(keys.getKey('cmk')).rejects.toMatchObject({
      statusCode: 400,
      code: 'BadParameter',
      message:
        'The specified version (2025-07-01) is not recognized. Consider using the latest supported version (7.6).',
    });
  });

  it('are shown also when they are disabled', async () => {
    const { keys } = await aVault();
    await keys.createRsaKey('cmk', { enabled: false });
    expect((await keys.getKey('cmk')).properties.enabled).toBe(false);
  });

  it('are listed page by page', async () => {
    const { keys, world } = await aVault();
    for (let n = 0; n < 30; n++) world.keyVault.createKey(VAULT, `key-${n}`);
    const pages: number[] = [];
    for await (const page of keys.listPropertiesOfKeys().byPage()) pages.push(page.length);
    expect(pages).toEqual([25, 5]);
  });

  it('that never were are 404 KeyNotFound', async () => {
    const { keys } = await aVault();
    await expect(keys.getKey('cmk')).rejects.toMatchObject(refusal(404, 'KeyNotFound'));
    await keys.createRsaKey('cmk');
    await expect(keys.getKey('cmk', { version: '0'.repeat(32) })).rejects.toMatchObject(refusal(404, 'KeyNotFound'));
  });

  it('refuse an expiry that overflowed in the client instead of storing it', async () => {
    const { keys, later } = await aVault();
    const { properties } = await keys.createRsaKey('cmk', { expiresOn: later(DAY) });
    const expiresOn = new Date('2040-01-01');
    await expect(keys.updateKeyProperties('cmk', { expiresOn })).rejects.toMatchObject(refusal(400, 'BadParameter'));
    expect((await keys.getKey('cmk')).properties.expiresOn).toEqual(properties.expiresOn);
  });
});

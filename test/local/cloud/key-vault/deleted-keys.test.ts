import { describe, expect, it } from 'vitest';
import { all } from '../sdk.ts';
import { aVault, DAY, refusal, SECOND } from './vault-cloud.ts';

const withDeletedKey = async (properties = {}) => {
  const cloud = await aVault(properties);
  const created = await cloud.keys.createRsaKey('cmk');
  const rotated = await cloud.keys.rotateKey('cmk');
  const deletedOn = cloud.later(0);
  await cloud.keys.beginDeleteKey('cmk');
  await cloud.advance(5 * SECOND);
  return { ...cloud, created, rotated, deletedOn };
};

describe('a deleted key', () => {
  it('is gone from the keys with all its versions, and shown among the deleted ones until its retention ends', async () => {
    const { keys, created, deletedOn, advance } = await withDeletedKey({ softDeleteRetention: 7 });
    const { version = '' } = created.properties;
    await expect(keys.getKey('cmk')).rejects.toMatchObject(refusal(404, 'KeyNotFound'));
    await expect(keys.getKey('cmk', { version })).rejects.toMatchObject(refusal(404, 'KeyNotFound'));
    expect(await all(keys.listPropertiesOfKeys())).toEqual([]);
    const { properties } = await keys.getDeletedKey('cmk');
    expect(properties).toMatchObject({ deletedOn, scheduledPurgeDate: new Date(deletedOn.getTime() + 7 * DAY) });
    expect((await all(keys.listDeletedKeys())).map(({ name }) => name)).toEqual(['cmk']);
    await advance(7 * DAY);
    await expect(keys.getDeletedKey('cmk')).rejects.toMatchObject(refusal(404, 'KeyNotFound'));
    await expect(keys.createRsaKey('cmk')).resolves.toBeDefined();
  });

  it('still holds its name', async () => {
    const { keys } = await withDeletedKey();
    await expect(keys.createRsaKey('cmk')).rejects.toMatchObject(
      refusal(409, 'Conflict', 'ObjectIsDeletedButRecoverable'),
    );
  });

  it('is for some seconds neither here nor there', async () => {
    const { keys } = await aVault();
    await keys.createRsaKey('cmk');
    await keys.beginDeleteKey('cmk');
    await expect(keys.getKey('cmk')).rejects.toMatchObject(refusal(404, 'KeyNotFound'));
    await expect(keys.getDeletedKey('cmk')).rejects.toMatchObject(refusal(404, 'KeyNotFound'));
    await expect(keys.createRsaKey('cmk')).rejects.toMatchObject(refusal(409, 'Conflict', 'ObjectIsBeingDeleted'));
  });

  it('comes back with all its versions, some seconds after the recovery was accepted', async () => {
    const { keys, created, rotated, advance } = await withDeletedKey();
    const poller = await keys.beginRecoverDeletedKey('cmk');
    expect(poller.isDone()).toBe(false);
    await expect(keys.getKey('cmk')).rejects.toMatchObject(refusal(404, 'KeyNotFound'));
    const recovering = refusal(409, 'Conflict', 'ObjectIsBeingRecovered');
    await expect(keys.createRsaKey('cmk')).rejects.toMatchObject(recovering);
    await expect(keys.updateKeyProperties('cmk', { enabled: true })).rejects.toMatchObject(recovering);
    await advance(15 * SECOND);
    await poller.poll();
    expect(poller.isDone()).toBe(true);
    const versions = await all(keys.listPropertiesOfKeyVersions('cmk'));
    expect(versions.map(({ id }) => id)).toEqual([created.id, rotated.id]);
  });

  it('can be purged, unless the vault is protected against it', async () => {
    const open = await withDeletedKey();
    await open.keys.purgeDeletedKey('cmk');
    await expect(open.keys.createRsaKey('cmk')).resolves.toBeDefined();
    const locked = await withDeletedKey({ purgeProtection: true });
    await expect(locked.keys.purgeDeletedKey('cmk')).rejects.toMatchObject({ statusCode: 403 });
    expect((await locked.keys.getDeletedKey('cmk')).name).toBe('cmk');
  });

  it('is not recovered when nothing was deleted', async () => {
    const { world, vault, keys } = await aVault();
    await keys.createRsaKey('cmk');
    expect(() => world.keyVault.recoverKey(vault.name, 'cmk')).toThrow(
      expect.objectContaining({ code: 'KeyNotFound' }),
    );
  });
});

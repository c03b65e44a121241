import { describe, expect, it } from 'vitest';
import { DAY } from '../../../builders/durations.ts';
import { aVault, refusal, SECOND, VAULT } from './vault-cloud.ts';

/** A vault with a key of two versions, and a way to run verbs over the control surface. */
const underControl = async () => {
  const cloud = await aVault();
  const { world, cloud: running } = cloud;
  const first = world.keyVault.createKey(VAULT, 'cmk');
  const second = world.keyVault.rotateKey(VAULT, 'cmk');
  const services = running.azure.services.find(({ name }) => name === 'key-vault');
  const verbs = [...(services?.breaks ?? []), ...(services?.repairs ?? [])];
  const run = async (name: string, input: Record<string, unknown>) => {
    const verb = verbs.find((one) => one.name === name);
    if (!verb) throw new Error(`There is no verb ${name}.`);
    return verb.run({ vault: VAULT, key: 'cmk', ...input });
  };
  return { ...cloud, first: first.version, second: second.version, run, snapshot: () => services?.snapshot() };
};

describe('the verbs of Key Vault', () => {
  it('let the pinned version expire, now or later, and leave the current one alone', async () => {
    const { keys, run, first, later } = await underControl();
    await run('expire-key', { version: first });
    expect((await keys.getKey('cmk', { version: first })).properties.expiresOn).toEqual(later(-SECOND));
    expect((await keys.getKey('cmk')).properties.expiresOn).toBeUndefined();
    await run('expire-key', { version: first, inSeconds: 600 });
    expect((await keys.getKey('cmk', { version: first })).properties.expiresOn).toEqual(later(600 * SECOND));
  });

  it('tell an expiry that time reaches, set long ago, from one that somebody sets now', async () => {
    const { keys, run, later } = await underControl();
    const read = async () => (await keys.getKey('cmk')).properties;
    await run('expire-key', { inSeconds: 600 });
    expect(await read()).toMatchObject({ expiresOn: later(600 * SECOND), updatedOn: later(600 * SECOND - 30 * DAY) });
    await run('set-expiry', { inSeconds: 600 });
    expect(await read()).toMatchObject({ expiresOn: later(600 * SECOND), updatedOn: later(0) });
  });

  it('change what a version may be used for', async () => {
    const { keys, run } = await underControl();
    await run('set-key-operations', { operations: 'sign, verify' });
    expect((await keys.getKey('cmk')).keyOperations).toEqual(['sign', 'verify']);
    await run('set-key-operations', { operations: ['wrapKey', 'unwrapKey'] });
    expect((await keys.getKey('cmk')).keyOperations).toEqual(['wrapKey', 'unwrapKey']);
  });

  it('take a version by its number as well', async () => {
    const { keys, run, first, later } = await underControl();
    await run('expire-key', { version: 1 });
    expect((await keys.getKey('cmk', { version: first })).properties.expiresOn).toEqual(later(-SECOND));
    await expect(run('expire-key', { version: 3 })).rejects.toThrow('has no version number 3');
  });

  it('disable and enable one version', async () => {
    const { keys, run, first } = await underControl();
    const enabled = async () => (await keys.getKey('cmk', { version: first })).properties.enabled;
    await run('disable-key', { version: first });
    expect(await enabled()).toBe(false);
    expect((await keys.getKey('cmk')).properties.enabled).toBe(true);
    await run('enable-key', { version: first });
    expect(await enabled()).toBe(true);
  });

  it('delete a key and bring it back', async () => {
    const { keys, run, advance } = await underControl();
    await run('delete-key', {});
    await advance(5 * SECOND);
    await expect(keys.getKey('cmk')).rejects.toMatchObject(refusal(404, 'KeyNotFound'));
    await run('recover-key', {});
    await advance(15 * SECOND);
    await expect(keys.getKey('cmk')).resolves.toBeDefined();
  });

  it('end a deleted key for good, and bring it back from its backup', async () => {
    const { keys, run, advance, first } = await underControl();
    const backup = await run('backup-key', {});
    await run('delete-key', {});
    await advance(5 * SECOND);
    await run('purge-key', {});
    await expect(run('recover-key', {})).rejects.toMatchObject({ code: 'KeyNotFound' });
    await run('restore-key', Object(backup));
    await expect(keys.getKey('cmk', { version: first })).resolves.toBeDefined();
  });

  it('make a new version current', async () => {
    const { keys, run, second } = await underControl();
    await run('rotate-key', {});
    expect((await keys.getKey('cmk')).properties.version).not.toBe(second);
  });

  it('tag a version and keep the tags it has', async () => {
    const { keys, run } = await underControl();
    await run('tag-key', { name: 'team', value: 'orders' });
    await run('tag-key', { name: 'do-not-heal' });
    expect((await keys.getKey('cmk')).properties.tags).toEqual({ team: 'orders', 'do-not-heal': 'true' });
  });

  it('take access away and give it back', async () => {
    const { keys, run, officer } = await underControl();
    await run('remove-access-policy', { objectId: officer.objectId });
    await expect(keys.getKey('cmk')).rejects.toMatchObject(refusal(403, 'Forbidden', 'AccessDenied'));
    await run('add-access-policy', { objectId: officer.objectId, keys: ['get'] });
    await expect(keys.getKey('cmk')).resolves.toBeDefined();
  });

  it('change the permission model, and forget nothing of the other one', async () => {
    const { keys, run } = await underControl();
    await run('set-permission-model', { model: 'roles' });
    await expect(keys.getKey('cmk')).rejects.toMatchObject(refusal(403, 'Forbidden', 'ForbiddenByRbac'));
    await run('set-permission-model', { model: 'accessPolicies' });
    await expect(keys.getKey('cmk')).resolves.toBeDefined();
  });

  it('close the firewall and open it', async () => {
    const { keys, run } = await underControl();
    await run('close-firewall', {});
    await expect(keys.getKey('cmk')).rejects.toMatchObject(refusal(403, 'Forbidden', 'ForbiddenByFirewall'));
    await run('open-firewall', {});
    await expect(keys.getKey('cmk')).resolves.toBeDefined();
  });

  it('shut the trusted services out and let them in, and leave the other network rules alone', async () => {
    const { run, world } = await underControl();
    await run('close-firewall', {});
    await run('set-bypass', { bypass: 'None' });
    expect(world.keyVault.vault(VAULT)?.networkAcls).toMatchObject({ bypass: 'None', defaultAction: 'Deny' });
    await run('set-bypass', { bypass: 'AzureServices' });
    expect(world.keyVault.vault(VAULT)?.networkAcls).toMatchObject({ bypass: 'AzureServices', defaultAction: 'Deny' });
  });

  it('delete a vault, bring it back, and end it', async () => {
    const { run, keys, world, advance, snapshot } = await underControl();
    await run('delete-vault', {});
    expect(snapshot()).toMatchObject([{ name: VAULT, scheduledPurge: '2027-02-20T00:00:00.000Z' }]);
    await run('recover-vault', {});
    await advance(60 * SECOND);
    await expect(keys.getKey('cmk')).resolves.toBeDefined();
    await run('delete-vault', {});
    await run('purge-vault', {});
    expect(world.keyVault.deletedVaults()).toEqual([]);
    await expect(run('recover-vault', {})).rejects.toThrow(`There is no deleted vault '${VAULT}'`);
  });

  it('are told of like what is done in the portal, where they stand for that', async () => {
    const { run, world, officer, vault } = await underControl();
    await run('remove-access-policy', { objectId: officer.objectId });
    await run('close-firewall', {});
    await run('set-bypass', { bypass: 'None' });
    await run('set-permission-model', { model: 'roles' });
    await run('delete-vault', {});
    await run('recover-vault', {});
    await expect(run('recover-vault', {})).rejects.toThrow();
    await run('disable-key', {});
    const told = world.activity.writes().map(({ target, operationName, existed }) => [operationName, target, existed]);
    const type = 'Microsoft.KeyVault/vaults';
    expect(told).toEqual([
      [`${type}/accessPolicies/write`, `${vault.id}/accessPolicies/remove`, true],
      [`${type}/write`, vault.id, true],
      [`${type}/write`, vault.id, true],
      [`${type}/write`, vault.id, true],
      [`${type}/delete`, vault.id, true],
      [`${type}/write`, vault.id, false],
    ]);
  });

  it('refuse a vault that is not there by name', async () => {
    const { run } = await underControl();
    await expect(run('expire-key', { vault: 'nowhere' })).rejects.toThrow("There is no vault 'nowhere'");
  });

  it('show a snapshot without key material', async () => {
    const { snapshot, world } = await underControl();
    const text = JSON.stringify(snapshot());
    const { d, p, n } = world.keyVault.key(VAULT, 'cmk')?.versions[0]?.privateKey.export({ format: 'jwk' }) ?? {};
    for (const secret of [d, p, n]) expect(text).not.toContain(secret);
    expect(text).toContain('"name":"cmk"');
  });
});

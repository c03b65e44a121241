import { describe, expect, it } from 'vitest';
import { DISK_KEY, DISKS, diskKid, SET, setIn } from '../disks.ts';
import { SUBSCRIPTION, stage } from '../product.ts';

const IDENTITY = `${SUBSCRIPTION}/resourceGroups/data/providers/Microsoft.ManagedIdentity/userAssignedIdentities/Disks`;

describe('a disk encryption set', () => {
  it('is ready as long as Azure is not updating it, and uses its key with its own identity', async () => {
    const { call, cloud, requests } = await stage(DISKS);
    const read = await call('readConsumer', SET);
    const kid = diskKid(cloud, 1);
    expect(read).toEqual({
      kind: 'present',
      value: [
        {
          birth: expect.any(String),
          id: SET,
          kind: 'diskEncryptionSet',
          name: 'disks',
          location: 'koreacentral',
          state: { kind: 'present', value: { state: 'ready', raw: 'Succeeded' } },
          pinned: { key: DISK_KEY, version: kid.split('/').at(-1), kid },
          principalId: { kind: 'present', value: setIn(cloud).identity.system?.principalId },
          identity: { kind: 'system' },
          tenantId: cloud.world.entra.tenantId,
          rotation: { toLatest: false },
          tags: {},
        },
      ],
    });
    expect(requests()).toEqual([`GET management.azure.com${SET} 200`]);
  });

  it('is listed in full by one call', async () => {
    const { call, requests } = await stage(DISKS);
    const { keys, unreadable } = await call('listConsumers');
    expect(unreadable).toEqual([]);
    expect(keys).toMatchObject([{ key: DISK_KEY, consumers: [{ id: SET }] }]);
    expect(requests().filter((line) => line.includes('diskEncryptionSets'))).toHaveLength(1);
  });

  it('needs the version before as well while Azure wraps its disks anew', async () => {
    const { call, cloud } = await stage(DISKS);
    const set = setIn(cloud);
    set.previousKeys = [set.activeKey];
    set.activeKey = { ...set.activeKey, keyUrl: diskKid(cloud, 2) };
    const { consumers, versions } = await call('observeKey', DISK_KEY, { consumerIds: [SET] });
    expect(consumers).toMatchObject({
      value: [{ pinned: { kid: diskKid(cloud, 2) } }, { use: 'previous', pinned: { kid: diskKid(cloud, 1) } }],
    });
    expect(Object.values(versions)).toMatchObject([{ kind: 'present' }, { kind: 'present' }]);
  });

  it('tells why its automatic rotation has stopped, and the application of another tenant', async () => {
    const { call, cloud } = await stage(DISKS);
    const error = { code: 'ManagedServiceIdentityNotFound', message: 'It could not be found.' };
    Object.assign(setIn(cloud), {
      autoKeyRotationError: error,
      rotationToLatestKeyVersionEnabled: true,
      federatedClientId: 'f83c6b1b-4d34-47e4-bb34-9d83df58b540',
    });
    expect(await call('readConsumer', SET)).toMatchObject({
      value: [{ rotation: { toLatest: true, error }, federatedClientId: 'f83c6b1b-4d34-47e4-bb34-9d83df58b540' }],
    });
  });

  it('uses its one user-assigned identity where it has none of its own, and of several it does not say which', async () => {
    const { call, cloud } = await stage(DISKS);
    const set = setIn(cloud);
    set.identity = { user: { [IDENTITY]: { principalId: 'ABC', clientId: 'def' } } };

    expect(await call('readConsumer', SET)).toMatchObject({
      value: [
        { principalId: { kind: 'present', value: 'abc' }, identity: { kind: 'user', id: IDENTITY.toLowerCase() } },
      ],
    });
    set.identity.user[`${IDENTITY}2`] = { principalId: 'ghi', clientId: 'jkl' };
    expect(await call('readConsumer', SET)).toMatchObject({
      value: [{ principalId: { kind: 'unknown', reason: expect.stringContaining('2 identities') } }],
    });
    set.identity = { user: {} };
    expect(await call('readConsumer', SET)).toMatchObject({ value: [{ principalId: { kind: 'absent' } }] });
  });

  it('that names a key without a version is a consumer of it, and told of', async () => {
    const { call, cloud } = await stage(DISKS);
    setIn(cloud).activeKey = { keyUrl: `https://${DISK_KEY.host}/keys/cmk` };
    expect(await call('readConsumer', SET)).toMatchObject({
      value: [{ id: SET, pinned: { key: DISK_KEY, version: { isOwed: true } } }],
    });
    const { keys, unreadable } = await call('listConsumers');
    expect(keys).toMatchObject([{ key: DISK_KEY, consumers: [{ id: SET }] }]);
    expect(unreadable).toMatchObject([
      { id: SET, reason: expect.stringContaining('without its version'), namesNoKey: true },
    ]);
  });

  it('stays a consumer of its key, whatever it used before', async () => {
    const { call, cloud } = await stage(DISKS);
    setIn(cloud).previousKeys = [{ keyUrl: 'https://contoso.managedhsm.azure.net/keys/cmk/0123' }];
    expect(await call('readConsumer', SET)).toMatchObject({
      value: [
        { id: SET, pinned: { key: DISK_KEY } },
        { use: 'previous', pinned: { key: { host: 'contoso.managedhsm.azure.net' } } },
      ],
    });
  });

  it('of a Managed HSM is looked at without a vault of that name being read, deleted or not', async () => {
    const { call, cloud, requests } = await stage(DISKS);
    const kid = diskKid(cloud, 1).replace('.vault.', '.managedhsm.');
    setIn(cloud).activeKey = { keyUrl: kid };
    const key = { host: DISK_KEY.host.replace('.vault.', '.managedhsm.'), name: 'cmk' };
    requests();
    const observation = await call('observeKey', key);
    expect(observation.consumers).toMatchObject({ value: [{ id: SET, pinned: { key } }] });
    expect(observation.vault).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('Managed HSM') });
    expect(observation.vaultLoss).toBeUndefined();
    expect(requests().filter((line) => /deletedVaults|vaults\/?/.test(line))).toEqual([]);
  });

  it('is found by the key, wherever its vault is, though it does not name the vault', async () => {
    const { call, cloud } = await stage(DISKS);
    delete setIn(cloud).activeKey.sourceVault;
    const { consumers, vault } = await call('observeKey', DISK_KEY);
    expect(vault).toMatchObject({ kind: 'present', value: { name: 'kv-disks' } });
    expect(consumers).toMatchObject({ value: [{ id: SET }] });
  });
});

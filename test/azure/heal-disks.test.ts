import { describe, expect, it } from 'vitest';
import { setKeyWrite } from '../../src/azure/consumers/disk-encryption-set.ts';
import type { StepSpec } from '../../src/remediation/steps/steps.ts';
import { DISKS, diskKid, machineId, SET, setIn } from './disks.ts';
import { followThrough, mutations } from './follow-through.ts';
import { MARK, vaultOf } from './orders.ts';
import { HOUR, type Stage, SUBSCRIPTION, sim, stage } from './product.ts';

const target = SET.toLowerCase();
const revalidation = ({ cloud }: Stage): StepSpec => ({
  kind: 'revalidateConsumer',
  target,
  parameters: { ...vaultOf(diskKid(cloud, 1)), consumerKind: 'diskEncryptionSet', kid: diskKid(cloud, 1) },
});
const clearing = ({ cloud }: Stage): StepSpec => ({
  kind: 'clearAutoRotationError',
  target,
  parameters: { ...vaultOf(diskKid(cloud, 1)), kid: diskKid(cloud, 1) },
});
const starting = ({ cloud }: Stage, n: 1 | 2 = 1): StepSpec => ({
  kind: 'startVirtualMachines',
  target: machineId(n).toLowerCase(),
  parameters: { ...vaultOf(diskKid(cloud, 1)), consumerId: target, kid: diskKid(cloud, 1) },
});

const machineIn = ({ cloud }: Stage, n: 1 | 2) => {
  const machine = cloud.world.compute.machines.get(machineId(n));
  if (!machine) throw new Error('there is no machine');
  return machine;
};

const PATCH = `PATCH ${SET}`;

describe('a disk encryption set', () => {
  it('is revalidated by one PATCH of the key that it has, and of nothing else', async () => {
    const set = await stage(DISKS);
    const before = structuredClone(setIn(set.cloud));
    const repair = await set.call('repair', revalidation(set));
    expect(await followThrough(set, repair)).toMatchObject({ kind: 'done' });
    expect(setIn(set.cloud)).toEqual(before);
    expect(mutations(set)).toEqual([PATCH]);
  });

  it('names its vault as just read: what it says itself may be from before the vault was moved', async () => {
    const set = await stage(DISKS);
    const stated = setIn(set.cloud).activeKey.sourceVault ?? '';
    setIn(set.cloud).activeKey.sourceVault = stated.replace('/resourceGroups/', '/resourceGroups/former-');
    await followThrough(set, await set.call('repair', revalidation(set)));
    expect(setIn(set.cloud).activeKey.sourceVault?.toLowerCase()).toBe(stated.toLowerCase());
    expect(stated).not.toBe('');
  });

  it('does not name its vault where that is in another subscription', () => {
    const vaultIn = (subscription: string) =>
      `${subscription}/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/kv`;
    const kid = 'https://kv.vault.azure.net/keys/cmk/1';
    const bodyWith = (vaultId: string | undefined) => setKeyWrite(SET, { kid, vaultId }).body;
    const near = vaultIn(SUBSCRIPTION);
    expect(bodyWith(near)).toEqual({ properties: { activeKey: { keyUrl: kid, sourceVault: { id: near } } } });
    expect(bodyWith(vaultIn('/subscriptions/another'))).toEqual({ properties: { activeKey: { keyUrl: kid } } });
    expect(bodyWith(undefined)).toEqual({ properties: { activeKey: { keyUrl: kid } } });
  });

  it('is waited for while Azure updates it', async () => {
    const set = await stage(DISKS);
    await set.call('repair', revalidation(set));
    expect(await set.call('repair', revalidation(set))).toMatchObject({
      target: 'operationInProgress',
      why: 'disks is Updating',
    });
    expect(mutations(set)).toHaveLength(1);
  });

  it('is not touched when it uses another version, or its key version cannot be read', async () => {
    const set = await stage(DISKS);
    const step = revalidation(set);
    setIn(set.cloud).activeKey.keyUrl = diskKid(set.cloud, 2);
    expect(await set.call('repair', step)).toMatchObject({ target: 'blocked' });
    setIn(set.cloud).activeKey.keyUrl = diskKid(set.cloud, 1);
    set.cloud.world.keyVault.deleteKey('kv-disks', 'cmk');
    expect(await set.call('repair', step)).toMatchObject({ target: 'blocked', why: expect.stringMatching(/is gone$/) });
    expect(mutations(set)).toEqual([]);
  });
});

describe('a rotation that failed', () => {
  it('is taken up again by one PATCH, once', async () => {
    const set = await stage(DISKS);
    expect(await set.call('repair', clearing(set))).toMatchObject({ target: 'noDrift' });
    await sim(set.cloud, 'break/break-rotation', { set: 'disks' });
    const repair = await set.call('repair', clearing(set));
    expect(repair).toMatchObject({ why: expect.stringContaining('ManagedServiceIdentityNotFound') });
    expect(await followThrough(set, repair)).toMatchObject({ kind: 'done' });
    expect(setIn(set.cloud)).not.toHaveProperty('autoKeyRotationError');
    expect(await set.call('repair', clearing(set))).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toEqual([PATCH]);
  });
});

/** Its key was disabled long enough for its machines to be shut down, and is enabled again. */
const shutDown = async (): Promise<Stage> => {
  const set = await stage(DISKS);
  const { keyVault } = set.cloud.world;
  const version = diskKid(set.cloud, 1).split('/').at(-1) ?? '';
  keyVault.setAttributes('kv-disks', 'cmk', version, { enabled: false });
  await set.advance(2 * HOUR);
  expect(machineIn(set, 1).power).toBe('stopped');
  keyVault.setAttributes('kv-disks', 'cmk', version, { enabled: true });
  return set;
};

describe('a virtual machine that was shut down', () => {
  it('is started once, alone, when the set of its disks can use its key', async () => {
    const set = await shutDown();
    set.requests();
    const repair = await set.call('repair', starting(set));
    expect(set.requests().map((line) => line.replace(/ .*\/(?=[^/]+$)/, ' '))).toEqual([
      'GET disks-vm-1 200',
      'GET disks 200',
      'GET vaults 200',
      expect.stringMatching(/^GET [0-9a-f]{32} 200$/),
      'POST start 202',
    ]);
    expect(await set.call('repair', starting(set))).toMatchObject({ target: 'operationInProgress' });
    expect(await followThrough(set, repair)).toMatchObject({ kind: 'done' });
    expect([machineIn(set, 1).power, machineIn(set, 2).power]).toEqual(['running', 'stopped']);
    expect(await set.call('repair', starting(set))).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toHaveLength(1);
  });

  it('is started also where it was deallocated: then only its disks themselves tell their set', async () => {
    const set = await shutDown();
    set.cloud.world.compute.stop(machineIn(set, 1), 'deallocated');
    set.requests();
    expect(await set.call('repair', starting(set))).toMatchObject({ sent: { kind: 'started' } });
    expect(set.requests().filter((line) => line.includes('/disks/'))).toHaveLength(2);
  });

  it.each([
    [
      'its key version is disabled',
      ({ cloud }: Stage) =>
        cloud.world.keyVault.setAttributes('kv-disks', 'cmk', diskKid(cloud, 1).split('/').at(-1), { enabled: false }),
      /is disabled$/,
    ],
    [
      'its set uses another version by now',
      ({ cloud }: Stage) => Object.assign(setIn(cloud).activeKey, { keyUrl: diskKid(cloud, 2) }),
      /uses https.* now, not https/,
    ],
    [
      'none of its disks uses the set any more',
      ({ cloud }: Stage) => {
        for (const disk of cloud.world.compute.disks.all()) delete disk.encryptionSet;
      },
      /no disk of disks-vm-1 uses/,
    ],
  ])('stays as it is where %s', async (_, change, why) => {
    const set = await shutDown();
    change(set);
    expect(await set.call('repair', starting(set))).toMatchObject({
      target: 'blocked',
      why: expect.stringMatching(why),
    });
    expect(mutations(set)).toEqual([]);
  });

  it('is not even read outside the configured scopes', async () => {
    const set = await stage(DISKS, { scopes: [`${SET.split('/').slice(0, 3).join('/')}/resourceGroups/guardian`] });
    expect(await set.call('repair', starting(set))).toMatchObject({ target: 'blocked' });
    expect(set.requests()).toEqual([]);
  });

  it('says in the words of Azure why it did not start', async () => {
    const set = await shutDown();
    const objectId = setIn(set.cloud).identity.system?.principalId ?? '';
    await sim(set.cloud, 'break/remove-access-policy', { vault: 'kv-disks', objectId });
    const polled = await followThrough(set, await set.call('repair', starting(set)));
    expect(polled).toMatchObject({ kind: 'blocked', why: expect.stringContaining('KeyVaultAccessForbidden') });
    expect(machineIn(set, 1).power).toBe('stopped');
  });
});

describe('what is read right before a write', () => {
  it('has the tags of machine, set, version and vault', async () => {
    const set = await shutDown();
    const { tagged = [] } = await set.call('repair', starting(set));
    expect(tagged.map(({ name }) => name)).toEqual(['disks-vm-1', 'disks', diskKid(set.cloud, 1), 'kv-disks']);
    machineIn(set, 2).tags = MARK;
    setIn(set.cloud).tags = MARK;
    const marked = await set.call('repair', starting(set, 2));
    expect(marked.tagged?.map(({ tags }) => tags).slice(0, 2)).toEqual([MARK, MARK]);
  });
});

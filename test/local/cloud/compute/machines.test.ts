import { describe, expect, it } from 'vitest';
import { all } from '../sdk.ts';
import { aComputeCloud, HOUR, MINUTE, place } from './compute-cloud.ts';

type TheCloud = Awaited<ReturnType<typeof aComputeCloud>>;

const powerOf = async ({ compute }: TheCloud, name: string) => {
  const { statuses = [] } = await compute.virtualMachines.instanceView('data', name);
  return statuses.map(({ code }) => code).find((code) => code?.startsWith('PowerState/'));
};

const start = async ({ compute, finished }: TheCloud, name: string) => {
  const poller = compute.virtualMachines.start('data', name);
  await poller.submitted();
  return finished(poller);
};

describe('a virtual machine on disks with a customer-managed key, by @azure/arm-compute', () => {
  it('reads with its disks and their encryption set; the power state is in the instance view', async () => {
    const cloud = await aComputeCloud();
    const machine = await cloud.compute.virtualMachines.get('data', 'vm-1', { expand: 'instanceView' });
    expect(machine.storageProfile?.osDisk?.managedDisk).toMatchObject({
      id: cloud.first.osDisk,
      diskEncryptionSet: { id: cloud.set.id },
    });
    expect(machine.instanceView?.statuses?.map(({ code }) => code)).toContain('PowerState/running');
    expect(await cloud.compute.disks.get('data', 'data-1')).toMatchObject({
      managedBy: cloud.second.id,
      diskState: 'Attached',
      encryption: { type: 'EncryptionAtRestWithCustomerKey', diskEncryptionSetId: cloud.set.id },
    });
  });

  it('shows no more than the ids of its disks when it is deallocated', async () => {
    const cloud = await aComputeCloud();
    cloud.world.compute.stop(cloud.first, 'deallocated');
    const machine = await cloud.compute.virtualMachines.get('data', 'vm-1');
    expect(machine.storageProfile?.osDisk?.managedDisk).toEqual({ id: cloud.first.osDisk });
  });

  it('shows that it is being started', async () => {
    const cloud = await aComputeCloud();
    cloud.world.compute.stop(cloud.first, 'stopped');
    await cloud.compute.virtualMachines.start('data', 'vm-1').submitted();
    expect((await cloud.compute.virtualMachines.get('data', 'vm-1')).provisioningState).toBe('Updating');
    await cloud.advance(5 * MINUTE);
    expect((await cloud.compute.virtualMachines.get('data', 'vm-1')).provisioningState).toBe('Succeeded');
  });

  it('runs on for about an hour without its key, then it is shut down; nothing brings it back', async () => {
    const cloud = await aComputeCloud();
    cloud.world.keyVault.setAttributes('kv-disks', 'cmk', cloud.version, { enabled: false });
    await cloud.advance(50 * MINUTE);
    expect(await powerOf(cloud, 'vm-1')).toBe('PowerState/running');
    await cloud.advance(20 * MINUTE);
    expect([await powerOf(cloud, 'vm-1'), await powerOf(cloud, 'vm-2')]).toEqual([
      'PowerState/stopped',
      'PowerState/stopped',
    ]);
    cloud.world.keyVault.setAttributes('kv-disks', 'cmk', cloud.version, { enabled: true });
    await cloud.advance(5 * HOUR);
    expect(await powerOf(cloud, 'vm-1')).toBe('PowerState/stopped');
  });

  it('is never shut down when the key is back in time', async () => {
    const cloud = await aComputeCloud();
    cloud.world.keyVault.setAttributes('kv-disks', 'cmk', cloud.version, { enabled: false });
    await cloud.advance(50 * MINUTE);
    cloud.world.keyVault.setAttributes('kv-disks', 'cmk', cloud.version, { enabled: true });
    await cloud.advance(3 * HOUR);
    expect(cloud.first).toMatchObject({ power: 'running', history: [] });
    expect(cloud.set.loss).toBeUndefined();
  });

  it('does not start without its key, and starts with it', async () => {
    const cloud = await aComputeCloud({ switches: { diskShutdownAfterSeconds: 60 } });
    cloud.world.keyVault.setAttributes('kv-disks', 'cmk', cloud.version, { enabled: false });
    await cloud.advance(5 * MINUTE);
    await expect(start(cloud, 'vm-1')).rejects.toThrow(/KeyVaultAccessForbidden/);
    cloud.world.keyVault.setAttributes('kv-disks', 'cmk', cloud.version, { enabled: true });
    await start(cloud, 'vm-1');
    expect(await powerOf(cloud, 'vm-1')).toBe('PowerState/running');
    expect(cloud.first.history.map(({ kind }) => kind)).toEqual(['shutDown', 'startFailed', 'started']);
  });

  it('runs on with an expired key and fails at its next start', async () => {
    const cloud = await aComputeCloud();
    const exp = Math.floor(cloud.world.clock.now() / 1000) + 60;
    cloud.world.keyVault.setAttributes('kv-disks', 'cmk', cloud.version, { exp });
    await cloud.advance(24 * HOUR);
    expect(cloud.first).toMatchObject({ power: 'running', history: [] });
    const stopping = cloud.compute.virtualMachines.deallocate('data', 'vm-1');
    await stopping.submitted();
    await cloud.finished(stopping);
    expect((await cloud.compute.disks.get('data', 'vm-1-os')).diskState).toBe('Reserved');
    await expect(start(cloud, 'vm-1')).rejects.toThrow(/KeyExpired/);
  });

  it('on a platform key is not touched by any of it', async () => {
    const cloud = await aComputeCloud();
    const plain = cloud.world.compute.addMachine({ ...place, name: 'plain' });
    cloud.world.keyVault.deleteVault('kv-disks');
    await cloud.advance(2 * HOUR);
    expect(plain.power).toBe('running');
    expect(cloud.first.power).toBe('stopped');
  });

  it('a disk is made with a set only if the set can use its key', async () => {
    const cloud = await aComputeCloud();
    const make = async (name: string) => {
      const poller = cloud.compute.disks.createOrUpdate('data', name, {
        location: 'koreacentral',
        creationData: { createOption: 'Empty' },
        diskSizeGB: 64,
        encryption: { diskEncryptionSetId: cloud.set.id },
      });
      await poller.submitted();
      return cloud.finished(poller);
    };
    expect(await make('new-1')).toMatchObject({ diskState: 'Unattached', diskSizeGB: 64 });
    cloud.world.entra.deleteIdentity(cloud.set.id);
    await expect(make('new-2')).rejects.toThrow(/ManagedServiceIdentityNotFound/);
    expect((await all(cloud.compute.disks.list())).map(({ name }) => name)).not.toContain('new-2');
  });
});

describe('a Kubernetes cluster, by generic resources', () => {
  it('names its set with a capital ID, its pools and its node resource group', async () => {
    const { world, set, resources } = await aComputeCloud();
    const cluster = world.compute.addCluster({
      ...place,
      name: 'aks',
      encryptionSet: set.id,
      pools: [{ name: 'system' }],
    });
    const read = await resources.getById(cluster.id, '2025-05-01');
    expect(read.properties).toMatchObject({
      diskEncryptionSetID: set.id,
      nodeResourceGroup: 'MC_data_aks_koreacentral',
      agentPoolProfiles: [{ name: 'system', osDiskType: 'Managed' }],
    });
    expect(
      JSON.stringify((await resources.getById(`${cluster.id}/agentPools/system`, '2025-05-01')).properties),
    ).not.toContain('diskEncryptionSet');
  });

  it('shows in the scale sets of its pools which nodes are encrypted with the set', async () => {
    const { world, set, compute } = await aComputeCloud();
    const pools = [
      { name: 'system' },
      { name: 'plain', encrypted: false },
      { name: 'fast', osDiskType: 'Ephemeral' as const },
    ];
    const cluster = world.compute.addCluster({ ...place, name: 'aks', encryptionSet: set.id, pools });
    const found = await all(compute.virtualMachineScaleSets.list(cluster.nodeGroup));
    const osDisks = found.map(({ virtualMachineProfile }) => virtualMachineProfile?.storageProfile?.osDisk);
    expect(osDisks.map((disk) => disk?.managedDisk?.diskEncryptionSet?.id)).toEqual([set.id, undefined, set.id]);
    expect(osDisks.map((disk) => disk?.diffDiskSettings?.option)).toEqual([undefined, undefined, 'Local']);
  });

  it('has its nodes shut down an hour after the key is lost; they stay down until somebody starts them, which takes the key', async () => {
    const cloud = await aComputeCloud();
    const { world, set, compute, advance } = cloud;
    const pools = [
      { name: 'system', count: 2 },
      { name: 'plain', count: 1, encrypted: false },
    ];
    const { nodeGroup } = world.compute.addCluster({ ...place, name: 'aks', encryptionSet: set.id, pools });
    const powers = async (pool: string) => {
      const nodes = await all(
        compute.virtualMachineScaleSetVMs.list(nodeGroup, `aks-${pool}-vmss`, { expand: 'instanceView' }),
      );
      return nodes.map(({ instanceView }) => instanceView?.statuses?.at(-1)?.code?.replace('PowerState/', ''));
    };
    const turn = async (how: 'start' | 'deallocate', more = {}) => {
      const poller = compute.virtualMachineScaleSets[how](nodeGroup, 'aks-system-vmss', more);
      await poller.submitted();
      return cloud.finished(poller);
    };
    world.keyVault.setAttributes('kv-disks', 'cmk', cloud.version, { enabled: false });
    await advance(50 * MINUTE);
    expect(await powers('system')).toEqual(['running', 'running']);
    await advance(20 * MINUTE);
    expect(await powers('system')).toEqual(['stopped', 'stopped']);
    expect(await powers('plain')).toEqual(['running']);
    const view = await compute.virtualMachineScaleSets.getInstanceView(nodeGroup, 'aks-system-vmss');
    expect(view.virtualMachine?.statusesSummary).toContainEqual({ code: 'PowerState/stopped', count: 2 });
    await expect(turn('start')).rejects.toThrow(/Unable to access key vault resource/);

    world.keyVault.setAttributes('kv-disks', 'cmk', cloud.version, { enabled: true });
    await advance(HOUR);
    expect(await powers('system')).toEqual(['stopped', 'stopped']);
    await turn('start', { vmInstanceIDs: { instanceIds: ['1'] } });
    expect(await powers('system')).toEqual(['stopped', 'running']);
    await turn('start');
    expect(await powers('system')).toEqual(['running', 'running']);
    await turn('deallocate');
    expect(await powers('system')).toEqual(['deallocated', 'deallocated']);
    const one = await compute.virtualMachineScaleSetVMs.getInstanceView(nodeGroup, 'aks-system-vmss', '0');
    expect(one.statuses?.map(({ code }) => code)).toContain('PowerState/deallocated');
  });
});

import { ComputeManagementClient } from '@azure/arm-compute';
import { ResourceManagementClient } from '@azure/arm-resources';
import type { CloudOptions } from '../../../../local/cloud/cloud.ts';
import type { Principal } from '../../../../local/cloud/entra/entra.ts';
import { aCloud, credentialOf, named, subscriptionId, throughProxy } from '../sdk.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const place = { subscription: subscriptionId, group: 'data' };

/** Two machines and a free disk on one encryption set, whose key is in the vault `kv-disks`. */
export const aComputeCloud = async (options: Partial<CloudOptions> = {}) => {
  const cloud = await aCloud(options);
  const { world } = cloud;
  world.subscriptions.addGroup({ subscription: subscriptionId, name: 'data' });
  world.subscriptions.add({ id: subscriptionId, name: 'Production', tenantId: world.entra.tenantId });
  const vault = { ...place, name: 'kv-disks', location: 'koreacentral', rbac: null, purgeProtection: true };
  const { id: sourceVault } = world.keyVault.createVault(vault);
  const { kid, version } = world.keyVault.createKey('kv-disks', 'cmk');
  const set = world.compute.addSet({ ...place, name: 'des', keyUrl: kid, sourceVault });
  const grant = (objectId = set.identity.system?.principalId ?? '') => {
    const policy = { tenantId: world.entra.tenantId, objectId, permissions: { keys: ['get', 'wrapKey', 'unwrapKey'] } };
    world.keyVault.changePolicies('kv-disks', 'add', [policy]);
  };
  grant();
  const data = world.compute.addDisk({ ...place, name: 'data-1', encryptionSet: set.id });
  const first = world.compute.addMachine({ ...place, name: 'vm-1', encryptionSet: set.id });
  const second = world.compute.addMachine({ ...place, name: 'vm-2', dataDisks: [data.id] });
  const clients = (principal: Principal = named(cloud, 'owner')) => ({
    compute: new ComputeManagementClient(credentialOf(cloud, principal), subscriptionId, throughProxy(cloud)),
    resources: new ResourceManagementClient(credentialOf(cloud, principal), subscriptionId, throughProxy(cloud))
      .resources,
  });
  /** Polls an operation to its end at instants of the clock instead of waiting in real time. */
  const finished = async <T>(poller: { poll(): Promise<unknown>; isDone: boolean; result: T | undefined }) => {
    while (!poller.isDone) {
      await poller.poll();
      await world.clock.advance(10_000);
    }
    return poller.result;
  };
  const advance = (ms: number) => world.clock.advance(ms);
  return { cloud, world, set, kid, version, data, first, second, grant, clients, ...clients(), finished, advance };
};

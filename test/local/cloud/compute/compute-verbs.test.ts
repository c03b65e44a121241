import { expect, it } from 'vitest';
import { aComputeCloud, MINUTE, place } from './compute-cloud.ts';

const say = async (cloud: Awaited<ReturnType<typeof aComputeCloud>>, verb: string, input: Record<string, unknown>) => {
  const answer = await fetch(`${cloud.cloud.control}/${verb}`, { method: 'POST', body: JSON.stringify(input) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

it('stop a machine on purpose, and start it only with its key', async () => {
  const cloud = await aComputeCloud();
  await say(cloud, 'break/stop-vm', { vm: 'vm-1' });
  expect(cloud.first.history.map(({ kind }) => kind)).toEqual(['deallocated']);
  await say(cloud, 'break/disable-key', { vault: 'kv-disks', key: 'cmk' });
  expect((await say(cloud, 'repair/start-vm', { vm: 'vm-1' })).body).toMatchObject({ power: 'deallocated' });
  await say(cloud, 'repair/enable-key', { vault: 'kv-disks', key: 'cmk' });
  expect((await say(cloud, 'repair/start-vm', { vm: 'vm-1' })).body).toMatchObject({ power: 'running' });
});

it('break the rotation of a set, and take its identity away', async () => {
  const cloud = await aComputeCloud({ switches: { diskShutdownAfterSeconds: 60 } });
  await say(cloud, 'break/break-rotation', { set: 'des' });
  expect(cloud.set.autoKeyRotationError?.code).toBe('ManagedServiceIdentityNotFound');
  await say(cloud, 'break/remove-disk-identity', { set: cloud.set.id.toUpperCase() });
  await cloud.advance(5 * MINUTE);
  expect(cloud.first.history.at(-1)).toMatchObject({ kind: 'shutDown', reason: 'ManagedServiceIdentityNotFound' });
});

it('say which sets there are when none is meant', async () => {
  const cloud = await aComputeCloud();
  const { status, body } = await say(cloud, 'break/break-rotation', { set: 'nobody' });
  expect(status).toBe(400);
  expect(body['error']).toContain(cloud.set.id);
});

it('stop the nodes of a scale set on purpose, and start them only with the key', async () => {
  const cloud = await aComputeCloud();
  cloud.world.compute.addCluster({
    ...place,
    name: 'aks',
    encryptionSet: cloud.set.id,
    pools: [{ name: 'p', count: 2 }],
  });
  const scaleSet = 'aks-p-vmss';
  expect((await say(cloud, 'break/stop-nodes', { scaleSet })).body).toMatchObject({
    power: ['deallocated', 'deallocated'],
  });
  await say(cloud, 'break/disable-key', { vault: 'kv-disks', key: 'cmk' });
  const refused = (await say(cloud, 'repair/start-nodes', { scaleSet })).body;
  expect(refused).toMatchObject({
    power: ['deallocated', 'deallocated'],
    refusal: { code: 'KeyVaultAccessForbidden' },
  });
  await say(cloud, 'repair/enable-key', { vault: 'kv-disks', key: 'cmk' });
  expect((await say(cloud, 'repair/start-nodes', { scaleSet })).body).toMatchObject({ power: ['running', 'running'] });
});

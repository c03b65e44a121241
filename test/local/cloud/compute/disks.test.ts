import { expect, it } from 'vitest';
import { sendAs } from '../arm/send-as.ts';
import { named } from '../sdk.ts';
import { aComputeCloud, MINUTE, place } from './compute-cloud.ts';

const VERSION = '2025-01-02';
const CUSTOMER = 'EncryptionAtRestWithCustomerKey';
const PLATFORM = 'EncryptionAtRestWithPlatformKey';

/** A disk as it is read, written back with another encryption: so the Azure CLI changes one. */
const opened = async () => {
  const cloud = await aComputeCloud();
  const send = sendAs(cloud.cloud, named(cloud.cloud, 'owner'));
  const encrypt = async (id: string, encryption: object) => {
    const at = `${id}?api-version=${VERSION}`;
    const { properties, ...shown } = (await send('GET', at)).body as { properties: object };
    const answer = await send('PUT', at, { ...shown, properties: { ...properties, encryption } });
    await cloud.world.clock.advance(MINUTE);
    return answer.status;
  };
  return { ...cloud, encrypt };
};

it('a free disk gets a key of the customer, and a key of the platform again', async () => {
  const { encrypt, world, set } = await opened();
  const { id, createdAt } = world.compute.addDisk({ ...place, name: 'plain' });
  expect(await encrypt(id, { type: CUSTOMER, diskEncryptionSetId: set.id })).toBe(202);
  expect(world.compute.disks.get(id)).toMatchObject({ encryptionSet: set.id, createdAt });
  expect(await encrypt(id, { type: PLATFORM, diskEncryptionSetId: null })).toBe(202);
  expect(world.compute.disks.get(id)?.encryptionSet).toBeUndefined();
});

it('a disk of a running machine keeps its encryption', async () => {
  const { encrypt, world, first } = await opened();
  const before = world.compute.disks.get(first.osDisk)?.encryptionSet;
  expect(await encrypt(first.osDisk, { type: PLATFORM })).not.toBe(202);
  expect(world.compute.disks.get(first.osDisk)?.encryptionSet).toBe(before);
});

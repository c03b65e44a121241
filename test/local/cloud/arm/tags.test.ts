import { expect, it } from 'vitest';
import { aCloud, named, subscriptionId } from '../sdk.ts';
import { sendAs } from './send-as.ts';

const GROUP = `/subscriptions/${subscriptionId}/resourceGroups/data/providers`;
const VAULT = `${GROUP}/Microsoft.KeyVault/vaults/kv-orders`;
const SERVER = `${GROUP}/Microsoft.DBforMySQL/servers/orders`;

const tagsOf = (id: string): string => `${id}/providers/Microsoft.Resources/tags/default?api-version=2022-09-01`;

const opened = async () => {
  const cloud = await aCloud({ world: 'mysql-single' });
  const send = sendAs(cloud, named(cloud, 'owner'));
  const change = async (id: string, operation: string, tags: Record<string, string>) =>
    send('PATCH', tagsOf(id), { operation, properties: { tags } });
  return { cloud, send, change };
};

it('the tags of a vault and of a server are merged, replaced and taken away by themselves', async () => {
  const { cloud, send, change } = await opened();
  await change(VAULT, 'Merge', { owner: 'shop', cost: '1' });
  await change(VAULT, 'Merge', { Owner: 'data' });
  expect(cloud.world.keyVault.vault('kv-orders')?.tags).toEqual({ cost: '1', Owner: 'data' });
  await change(VAULT, 'Delete', { owner: 'somebody else', cost: '' });
  expect((await send('GET', tagsOf(VAULT))).body).toMatchObject({ properties: { tags: { Owner: 'data' } } });
  await change(SERVER, 'Replace', { owner: 'shop' });
  expect((await send('GET', `${SERVER}?api-version=2017-12-01`)).body).toMatchObject({ tags: { owner: 'shop' } });
});

it('the tags of what is not there are not found, and nobody writes tags who may not', async () => {
  const { cloud, change } = await opened();
  expect(await change(`${VAULT}-other`, 'Merge', { owner: 'shop' })).toMatchObject({ status: 404 });
  const reader = sendAs(cloud, named(cloud, 'reader'));
  const body = { operation: 'Merge', properties: { tags: { owner: 'me' } } };
  expect(await reader('PATCH', tagsOf(VAULT), body)).toMatchObject({ status: 403 });
});

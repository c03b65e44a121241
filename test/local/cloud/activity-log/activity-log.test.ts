import https from 'node:https';
import { describe, expect, it } from 'vitest';
import { aVault, DAY, MINUTE, VAULT } from '../key-vault/vault-cloud.ts';
import { credentialOf, named, subscriptionId, throughProxy } from '../sdk.ts';

type Event = Record<string, unknown> & { properties: Record<string, unknown> };

const start = async (switches = {}) => {
  const vault = await aVault({}, { switches });
  const { cloud } = vault;
  const arm = vault.armAs(named(cloud, 'owner'));
  const { agent } = throughProxy(cloud);
  const ask = async (filter: string, principal = named(cloud, 'owner')) => {
    const { token } = (await credentialOf(cloud, principal).getToken('https://management.azure.com/.default')) ?? {};
    const query = new URLSearchParams({ 'api-version': '2015-04-01', $filter: filter });
    const path = `/subscriptions/${subscriptionId}/providers/microsoft.insights/eventtypes/management/values?${query}`;
    const options = { host: 'management.azure.com', path, agent, headers: { authorization: `Bearer ${token}` } };
    return new Promise<{ status: number; value: Event[]; error?: { message: string } }>((resolve, reject) => {
      https
        .get(options, async (response) => {
          let text = '';
          for await (const chunk of response) text += chunk;
          resolve({ status: response.statusCode ?? 0, value: [], ...JSON.parse(text) });
        })
        .on('error', reject);
    });
  };
  const since = (ms: number) => `eventTimestamp ge '${vault.later(-ms).toISOString()}'`;
  return { ...vault, arm, ask, since };
};

describe('the activity log', () => {
  it('keeps who wrote what, newest first, with how it ended', async () => {
    const { arm, ask, since, advance, vault } = await start();
    await arm.vaults.update('data', VAULT, { tags: { a: 'b' } });
    await advance(MINUTE);
    await expect(
      arm.vaults.update('data', VAULT, { properties: { createMode: 'default', enableSoftDelete: false } }),
    ).rejects.toThrow();
    const { value } = await ask(since(DAY));
    expect(value).toMatchObject([
      { status: { value: 'Failed' }, level: 'Error', properties: { statusCode: '400' } },
      {
        status: { value: 'Succeeded' },
        operationName: { value: 'Microsoft.KeyVault/vaults/write' },
        resourceId: vault.id,
        resourceType: { value: 'Microsoft.KeyVault/vaults' },
        caller: 'owner@contoso.com',
        authorization: { role: 'Owner' },
        category: { value: 'Administrative' },
      },
    ]);
  });

  it('is asked by time, by resource and by correlation', async () => {
    const { arm, ask, since, advance, vault } = await start();
    const correlationId = '00000000-0000-4000-8000-000000000001';
    const requestOptions = { headers: { 'x-ms-correlation-request-id': correlationId } };
    await arm.vaults.update('data', VAULT, { tags: {} }, { requestOptions });
    await advance(10 * MINUTE);
    await arm.vaults.update('data', VAULT, { tags: { a: 'b' } });
    expect((await ask(since(MINUTE))).value).toHaveLength(1);
    const asTheAzureCli = (ms: number) => since(ms).replaceAll("'", '').replace('Z', '');
    expect((await ask(asTheAzureCli(MINUTE))).value).toHaveLength(1);
    expect((await ask(`${since(DAY)} and resourceUri eq '${vault.id.toUpperCase()}'`)).value).toHaveLength(2);
    expect((await ask(`${since(DAY)} and resourceUri eq '${vault.id}-2'`)).value).toEqual([]);
    expect((await ask(`${since(DAY)} and correlationId eq '${correlationId}'`)).value).toHaveLength(1);
  });

  it('shows a write only after its delay', async () => {
    const { arm, ask, since, advance } = await start({ activityLogDelaySeconds: 180 });
    await arm.vaults.update('data', VAULT, { tags: {} });
    expect((await ask(since(DAY))).value).toEqual([]);
    await advance(3 * MINUTE);
    expect((await ask(since(DAY))).value).toHaveLength(1);
  });

  it('refuses a filter without a beginning, or one that it does not know', async () => {
    const { ask, since } = await start();
    expect(await ask("resourceUri eq '/subscriptions/x'")).toMatchObject({ status: 400 });
    expect(await ask(since(100 * DAY))).toMatchObject({ status: 400 });
    const unknown = await ask(`${since(DAY)} and colour eq 'red'`);
    expect(unknown.error?.message).toContain("colour eq 'red'");
  });

  it('is for those who may read it', async () => {
    const { cloud, ask, since } = await start();
    expect(await ask(since(DAY), named(cloud, 'requester'))).toMatchObject({ status: 403 });
  });
});

import { expect, it } from 'vitest';
import { type Handler, json, reset } from './fixtures/cloud.ts';
import { describeOnEveryMachine } from './fixtures/world.ts';

const group = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g/providers';
const vault = `${group}/Microsoft.KeyVault/vaults/v`;
const server = `${group}/Microsoft.DBforMySQL/servers/s`;
const operation = `${group}/Microsoft.DBforMySQL/locations/l/azureAsyncOperation/1`;
const properties = { tenantId: 't', sku: { family: 'A', name: 'standard' } };
const theVault = json(200, { id: vault, name: 'v', location: 'l', properties });

describeOnEveryMachine('the real Azure clients', (world) => {
  const tokens = (): Handler => (request, response) =>
    json(200, {
      access_token: `issued at ${world.clock.now()}`,
      expires_on: String(Math.floor(world.clock.now() / 1000) + 3600),
      resource: 'https://management.azure.com',
      token_type: 'Bearer',
    })(request, response);

  it('keep a token until shortly before its expiry, in virtual time', async () => {
    world.cloud.answer('/msi/token', tokens());
    const first = await world.app.run('token');
    await world.clock.advance(30 * 60_000);
    const halfAnHourLater = await world.app.run('token');
    await world.clock.advance(40 * 60_000);
    const afterExpiry = await world.app.run('token');

    const minutesLeft = (outcome: typeof first) => (outcome.result as { minutesLeft: number }).minutesLeft;
    const token = (outcome: typeof first) => (outcome.result as { token: string }).token;
    expect([first, halfAnHourLater, afterExpiry].map(minutesLeft)).toEqual([60, 30, 60]);
    expect(token(halfAnHourLater)).toBe(token(first));
    expect(token(afterExpiry)).not.toBe(token(first));
  });

  it('keep their connection from one request to the next, through a proxy as well', async () => {
    world.cloud.answer(vault, theVault);
    await world.app.run('getVault');
    await world.app.run('getVault');
    const tunnels = world.cloud.tunnels();
    expect(tunnels).toBeGreaterThan(0);
    for (let more = 0; more < 3; more++) expect(await world.app.run('getVault')).toMatchObject({ result: 'v' });
    expect(world.cloud.tunnels()).toBe(tunnels);
  });

  it('wait exactly as long as Retry-After says: twice 30 s are 60 s', async () => {
    const slowDown = json(429, { error: { code: 'TooManyRequests', message: 'slow down' } }, { 'retry-after': '30' });
    world.cloud.answer(vault, slowDown, slowDown, theVault);
    expect(await world.app.run('getVault')).toMatchObject({ result: 'v', virtualMs: 60_000 });
  });

  it('poll a long operation, twice at once and from then on every Retry-After', async () => {
    const running = json(200, { status: 'InProgress' }, { 'retry-after': '60' });
    const accepted = json(202, undefined, {
      'azure-asyncoperation': `https://management.azure.com${operation}?api-version=2017-12-01`,
      'retry-after': '60',
    });
    world.cloud.answer(server, accepted, json(200, { id: server, name: 's', location: 'l' }));
    world.cloud.answer(operation, running, running, running, running, json(200, { status: 'Succeeded' }));
    const from = world.clock.now();
    expect(await world.app.run('updateServer')).toMatchObject({ result: 's', virtualMs: 180_000 });
    const polls = world.cloud.seen.filter(({ what }) => what === `GET ${operation}`);
    expect(polls.map(({ at }) => at - from)).toEqual([0, 0, 60_000, 120_000, 180_000]);
  });

  it('get an answer that takes 20 s after 20 s', async () => {
    world.cloud.answer(vault, async (request, response) => {
      await world.clock.park(20_000, request);
      await theVault(request, response);
    });
    expect(await world.app.run('getVault')).toMatchObject({ result: 'v', virtualMs: 20_000 });
  });

  it('give up on an answer that never comes, when their time-out of 10 s is over', async () => {
    world.cloud.answer(vault, (request) => world.clock.park(Number.POSITIVE_INFINITY, request));
    const { error, virtualMs } = await world.app.run('getVaultTenSecondsAtMost');
    expect(error).toMatch(/^AbortError/);
    expect(virtualMs).toBe(10_000);
  });

  it('try again after a connection was reset, later but not much later', async () => {
    world.cloud.answer(vault, reset, reset, theVault);
    const { result, virtualMs } = await world.app.run('getVault');
    expect(result).toBe('v');
    expect(virtualMs).toBeGreaterThan(1000);
    expect(virtualMs).toBeLessThan(10_000);
  });
});

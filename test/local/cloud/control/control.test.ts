import { readFileSync } from 'node:fs';
import http from 'node:http';
import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import fc from 'fast-check';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { parseDuration } from '../../../../local/cloud/control/duration.ts';
import { aCloud, credentialOf, named, subscriptionId, theProduct, throughProxy } from '../sdk.ts';

type Verbs = { verbs: { method: string; path: string; title: string; parameters: object; curl: string }[] };

const said = z.looseObject({
  faults: z.array(z.unknown()).default([]),
  requests: z.array(z.unknown()).default([]),
  access_token: z.string().default(''),
});

const say = async (cloud: Cloud, method: string, path: string, body?: unknown) => {
  const init =
    body === undefined ? { method } : { method, body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(`${cloud.control}${path}`, init);
  return { status: response.status, body: said.parse(await response.json()) };
};

const readVault = (cloud: Cloud) =>
  new KeyVaultManagementClient(credentialOf(cloud, theProduct(cloud)), subscriptionId, throughProxy(cloud)).vaults.get(
    'data',
    'kv-orders',
  );

describe('the control surface', () => {
  it('lists everything that can be said to it, with a line for curl', async () => {
    const cloud = await aCloud();
    const { verbs } = (await say(cloud, 'GET', '')).body as unknown as Verbs;
    expect(verbs.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining([
        'POST /_sim/worlds/mysql-single',
        'POST /_sim/break/expire-key',
        'POST /_sim/break/set-expiry',
        'POST /_sim/advance',
        'POST /_sim/token',
      ]),
    );
    for (const { curl, path } of verbs) expect(curl).toContain(`http://127.0.0.1:${cloud.port}${path}`);
  });

  it('is documented: every verb is in docs/local-cloud.md', async () => {
    const cloud = await aCloud();
    const document = readFileSync(new URL('../../../../docs/local-cloud.md', import.meta.url), 'utf8');
    const { verbs } = (await say(cloud, 'GET', '')).body as unknown as Verbs;
    const missing = verbs
      .map(({ method, path }) => `${method} ${path}`)
      .filter((verb) => !document.includes(`\`${verb}\``));
    expect(missing).toEqual([]);
  });

  it('loads a world by name, with its parameters', async () => {
    const cloud = await aCloud();
    await say(cloud, 'POST', '/worlds/mysql-single', { permissions: 'roles' });
    expect(await readVault(cloud)).toMatchObject({ properties: { enableRbacAuthorization: true } });
  });

  it('breaks and repairs the world', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const current = () => cloud.world.keyVault.key('kv-orders', 'cmk')?.versions[0];
    expect((await say(cloud, 'POST', '/break/disable-key', { vault: 'kv-orders', key: 'cmk' })).status).toBe(200);
    expect(current()?.enabled).toBe(false);
    await say(cloud, 'POST', '/repair/enable-key', { vault: 'kv-orders', key: 'cmk' });
    expect(current()?.enabled).toBe(true);
  });

  it('plays an incident: the key expires, and within ten minutes the server refuses its users', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const state = async () => (await say(cloud, 'GET', '/state')).body['mysql'];
    expect(await state()).toMatchObject([{ condition: 'ready', accepting: true }]);
    await say(cloud, 'POST', '/break/expire-key', { vault: 'kv-orders', key: 'cmk' });
    await say(cloud, 'POST', '/advance', { by: 'PT10M' });
    expect(await state()).toMatchObject([{ condition: 'inaccessible', accepting: false }]);
  });

  it('takes a role away and gives it back', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const grant = {
      scope: `/subscriptions/${subscriptionId}`,
      role: 'CMK Guardian Observe',
      principalId: theProduct(cloud).objectId,
    };
    expect((await say(cloud, 'POST', '/break/remove-role-assignment', grant)).status).toBe(200);
    await expect(readVault(cloud)).rejects.toMatchObject({ code: 'AuthorizationFailed' });
    await say(cloud, 'POST', '/repair/add-role-assignment', grant);
    expect(await readVault(cloud)).toMatchObject({ name: 'kv-orders' });
    const type = 'Microsoft.Authorization/roleAssignments';
    expect(cloud.world.activity.writes().map(({ operationName }) => operationName)).toEqual([
      `${type}/delete`,
      `${type}/write`,
    ]);
  });

  it('moves the clock by seconds, by a duration, and to an instant', async () => {
    const cloud = await aCloud();
    expect((await say(cloud, 'POST', '/advance', { by: 90 })).body).toMatchObject({ now: '2026-11-22T00:01:30.000Z' });
    expect((await say(cloud, 'POST', '/advance', { by: 'PT10M' })).body).toMatchObject({
      now: '2026-11-22T00:11:30.000Z',
    });
    const until = '2026-12-01T00:00:00.000Z';
    expect((await say(cloud, 'POST', '/advance', { until })).body).toMatchObject({ now: until });
    expect((await say(cloud, 'GET', '/clock')).body).toMatchObject({ now: until });
  });

  it('shows the state of every service, and never a private key or a secret', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    cloud.world.entra.createServicePrincipal({ name: 'pipeline', secret: 'do-not-show' });
    const { body } = await say(cloud, 'GET', '/state');
    expect(body).toMatchObject({
      seed: 1,
      switches: { propagationSeconds: 0 },
      mysql: [{ id: expect.stringContaining('/servers/orders') }],
    });
    expect(JSON.stringify(body)).not.toMatch(/PRIVATE KEY|do-not-show|"(?:d|dp|dq|qi)":/);
  });

  it('shows the requests: since a number, of a caller, those that could change something', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    await readVault(cloud);
    await readVault(cloud);
    const requests = async (query: string) => (await say(cloud, 'GET', `/requests${query}`)).body.requests;
    expect(await requests('?caller=cmk-guardian')).toMatchObject([
      { n: 1, status: 200 },
      { n: 2, status: 200 },
    ]);
    expect(await requests('?since=1')).toMatchObject([{ n: 2 }]);
    expect(await requests('?mutating=true')).toEqual([]);
    expect(await requests('?mutating=false&caller=nobody')).toEqual([]);
  });

  it('lets requests fail until it is told otherwise', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    await say(cloud, 'POST', '/faults', { kind: '429', route: 'GET *vaults/kv-orders' });
    await expect(readVault(cloud)).rejects.toMatchObject({ statusCode: 429 });
    await say(cloud, 'DELETE', '/faults');
    expect(await readVault(cloud)).toMatchObject({ name: 'kv-orders' });
  });

  it('lets Azure refuse an api-version until it is told otherwise', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const refused = { type: 'Microsoft.KeyVault/vaults', version: '2026-02-01' };
    expect((await say(cloud, 'POST', '/refused-api-versions', refused)).status).toBe(200);
    await expect(readVault(cloud)).rejects.toMatchObject({ code: 'NoRegisteredProviderFound', statusCode: 400 });
    await say(cloud, 'DELETE', '/refused-api-versions');
    expect((await readVault(cloud)).name).toBe('kv-orders');
    const misspelt = await say(cloud, 'POST', '/refused-api-versions', { type: 'vaults', version: 'newest' });
    expect(misspelt.status).toBe(400);
  });

  it('gives a person a token for an API, with their roles', async () => {
    const cloud = await aCloud();
    const { body } = await say(cloud, 'POST', '/token', { user: 'approver', audience: 'api://cmk-guardian' });
    expect(decodeJwt(body.access_token)).toMatchObject({
      aud: 'api://cmk-guardian',
      roles: ['Approver'],
      oid: named(cloud, 'approver').objectId,
      iss: `https://login.microsoftonline.com/${cloud.world.entra.tenantId}/v2.0`,
    });
  });

  it('chooses the seed', async () => {
    const cloud = await aCloud();
    expect((await say(cloud, 'POST', '/seed', { seed: 42 })).body).toMatchObject({ seed: 42 });
    expect(cloud.world.seed).toBe(42);
  });

  it.each([
    ['POST', '/advance', {}, ["give either 'by'"]],
    ['POST', '/advance', { by: 'soon' }, ["'soon' is neither seconds nor a duration"]],
    ['POST', '/advance', { until: '2026-01-01T00:00:00Z' }, ['until: it is 2026-11-22']],
    ['POST', '/faults', { kind: '418', rate: 2, times: 0 }, ['kind:', 'rate:', 'times:']],
    ['POST', '/faults', { knid: '429' }, ['knid: there is no such parameter']],
    ['POST', '/worlds/estate', { servers: 0, keys: 'many' }, ['servers:', 'keys:']],
    ['POST', '/break/expire-key', {}, ['vault:', 'key:']],
    ['POST', '/seed', { seed: 'x' }, ['seed:']],
    ['GET', '/requests?since=yesterday&mutating=maybe', undefined, ['since:', 'mutating:']],
    ['POST', '/seed', '{', ['JSON']],
    ['POST', '/seed', '[]', ['body:']],
  ])('refuses %s %s %j and names every fault', async (method, path, body, faults) => {
    const answer = await say(await aCloud(), method, path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.faults).toHaveLength(faults.length);
    for (const fault of faults) expect(answer.body.faults.join('\n')).toContain(fault);
  });

  it('says what is not there, and where to look', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    expect(await say(cloud, 'POST', '/nonsense')).toMatchObject({
      status: 404,
      body: { error: expect.stringContaining('GET /_sim') },
    });
    expect(await say(cloud, 'GET', '/advance')).toMatchObject({ status: 405 });
    const noVault = await say(cloud, 'POST', '/break/expire-key', { vault: 'none', key: 'cmk' });
    expect(noVault).toMatchObject({ status: 400, body: { error: expect.stringContaining('kv-orders') } });
    const nobody = await say(cloud, 'POST', '/token', { user: 'nobody', audience: 'x' });
    expect(nobody).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('reader, requester, operator, approver') },
    });
  });

  it('does not answer a page that reached it under another name', async () => {
    const cloud = await aCloud();
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'rebound.example.com' };
      http
        .get({ port: cloud.port, path: '/_sim/state', headers }, ({ statusCode }) => resolve(statusCode))
        .on('error', reject);
    });
    expect(status).toBe(403);
  });
});

describe('a duration', () => {
  it('is days, hours, minutes and seconds', () => {
    const part = fc.nat(100);
    fc.assert(
      fc.property(part, part, part, part, (d, h, m, s) => {
        expect(parseDuration(`P${d}DT${h}H${m}M${s}S`)).toBe((((d * 24 + h) * 60 + m) * 60 + s) * 1000);
      }),
    );
    expect(parseDuration('PT0.5S')).toBe(500);
  });

  it.each(['', 'P', 'PT', '10M', 'P1M', 'P1Y', 'PT-1S'])('is not %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

import https from 'node:https';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import type { Switches } from '../../../../local/cloud/service.ts';
import { MINUTE } from '../key-vault/vault-cloud.ts';
import { named, throughProxy } from '../sdk.ts';
import {
  allow,
  aPlan,
  HOST_ROLES,
  NETWORK_BODY,
  SITE,
  SUBNET,
  siteBody,
  storageSettings,
  VERSION,
  withAccount,
} from './deployed-site.ts';
import { aRecordedRuntime } from './recorded-runtime.ts';

const NETWORK = SUBNET.replace('/subnets/app', '');
const PACKAGE = { 'host.json': Buffer.from('{}'), 'dist/index.js': Buffer.from('') };
const HOST = 'contoso-guardian.azurewebsites.net';
const SCM = 'contoso-guardian.scm.azurewebsites.net';

type Sent = { status: number; headers: Record<string, unknown>; text: string };
type Request = { method?: string; headers?: Record<string, string>; body?: Uint8Array };

/** Sends a request to a site from a person's machine. */
const call = (cloud: Cloud, url: string, { method = 'GET', headers = {}, body }: Request = {}): Promise<Sent> =>
  new Promise((resolve, reject) => {
    const request = https.request(url, { method, headers, agent: throughProxy(cloud).agent }, async (answer) => {
      let text = '';
      for await (const chunk of answer) text += chunk;
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
    });
    request.on('error', reject).end(body);
  });

type Given = { switches?: Partial<Switches>; properties?: Record<string, unknown>; roles?: readonly string[] };

/** A site whose storage lets it in, its package on the host of releases. */
const aSite = async ({ switches = {}, properties = {}, roles = HOST_ROLES }: Given = {}) => {
  const { runtime, starts, fails } = aRecordedRuntime();
  const plan = await aPlan({ runtime, switches });
  const { cloud, world, put, get, send, clientId } = plan;
  withAccount(plan);
  allow(plan, roles);
  await send('PUT', `${NETWORK}?api-version=2024-01-01`, NETWORK_BODY);
  await put(SITE, siteBody({ ...storageSettings(clientId), GUARDIAN_MODE: 'observe' }, properties));
  const packageUri = world.web.releases.publish('/v1/released-package.zip', zipSync(PACKAGE));
  const deploy = (uri = packageUri) =>
    put(`${SITE}/extensions/onedeploy`, { properties: { packageUri: uri, type: 'zip', remoteBuild: false } });
  const pass = (ms = MINUTE) => world.clock.advance(ms);
  const outcome = async () => ((await get(`${SITE}/extensions/onedeploy`)).body as { properties: object }).properties;
  return {
    ...plan,
    starts,
    fails,
    deploy,
    pass,
    outcome,
    call: (url: string, more?: Request) => call(cloud, url, more),
  };
};

const names = ({ body }: { body: unknown }) =>
  (body as { value: { properties: { name: string } }[] }).value.map(({ properties: { name } }) => name);

describe('code by OneDeploy', () => {
  it('is fetched, checked and started with the settings of the site alone, which then answers on its host', async () => {
    const { deploy, pass, get, send, outcome, starts, call } = await aSite();
    expect(names(await get(`${SITE}/functions`))).toEqual([]);
    expect((await call(`https://${HOST}/api/health`)).status).toBe(503);
    const begun = await deploy();
    expect(begun).toMatchObject({ status: 202, body: { properties: { provisioningState: 'InProgress' } } });
    await pass();
    const polled = new URL(begun.header('azure-asyncoperation') ?? '');
    expect((await send('GET', `${polled.pathname}${polled.search}`)).body).toMatchObject({ status: 'Succeeded' });
    expect(await outcome()).toMatchObject({ provisioningState: 'Succeeded', complete: true, active: true });
    expect([...(starts[0]?.spec.files.keys() ?? [])]).toEqual(['host.json', 'dist/index.js']);
    const environment = starts[0]?.spec.environment ?? {};
    expect(environment).toMatchObject({ WEBSITE_SITE_NAME: 'contoso-guardian', GUARDIAN_MODE: 'observe' });
    expect(Object.keys(environment)).toEqual(expect.arrayContaining(['IDENTITY_ENDPOINT', 'IDENTITY_HEADER']));
    expect(environment).not.toHaveProperty('PATH');
    expect(names(await get(`${SITE}/functions`))).toEqual(['health', 'on-event']);
    expect(await call(`https://${HOST}/api/health?code=f`)).toMatchObject({
      status: 202,
      text: 'host 1',
      headers: { 'x-path': '/api/health?code=f', 'x-host': HOST },
    });
  });

  it('may answer with its outcome at once, which nobody has written down', async () => {
    const { deploy } = await aSite({ switches: { oneDeploy: 'done' } });
    expect(await deploy()).toMatchObject({ status: 200, body: { properties: { provisioningState: 'Succeeded' } } });
  });

  it('fails where the package is nowhere to be had without credentials, and says where', async () => {
    const { deploy, pass, outcome, starts } = await aSite();
    for (const uri of [
      'https://releases.contoso.com/none.zip',
      'https://github.com/none.zip',
      'https://management.azure.com/x',
    ]) {
      await deploy(uri);
      await pass();
      expect(await outcome()).toMatchObject({ status: 3, message: expect.stringContaining(`package at ${uri}`) });
    }
    expect(starts).toEqual([]);
  });

  it.each([
    ['no zip', Buffer.from('hello'), 'the package is no zip'],
    ['a zip of a folder', zipSync({ 'app/host.json': Buffer.from('{}') }), 'located at: app/host.json'],
    ['a zip that leaves its folder', zipSync({ ...PACKAGE, '../x': Buffer.from('') }), 'lies outside the package'],
  ])('fails for %s', async (_, bytes, words) => {
    const { deploy, pass, outcome, world, starts } = await aSite();
    await deploy(world.web.releases.publish('/broken.zip', bytes));
    await pass();
    expect(await outcome()).toMatchObject({ provisioningState: 'Failed', message: expect.stringContaining(words) });
    expect(starts).toEqual([]);
  });

  it('fails where the platform may not write the package, in the words of the platform', async () => {
    const { deploy, pass, outcome } = await aSite({ roles: [] });
    const begun = await deploy();
    await pass();
    expect(await outcome()).toMatchObject({ message: expect.stringMatching(/^InaccessibleStorageException: .*403/) });
    expect(begun.status).toBe(202);
  });

  it.each([
    ['closed to everybody', { publicNetworkAccess: 'Disabled' }, {}, false],
    ['closed, and the platform comes from outside the subnet', undefined, { virtualNetworkSubnetId: SUBNET }, false],
    ['closed but for the subnet', undefined, { virtualNetworkSubnetId: SUBNET, vnetRouteAllEnabled: true }, true],
  ])('and storage that is %s', async (_, account, properties, succeeds) => {
    const site = await aSite({ properties });
    const rules = { networkAcls: { defaultAction: 'Deny', virtualNetworkRules: [{ id: SUBNET.toUpperCase() }] } };
    withAccount(site, account ?? rules);
    await site.deploy();
    await site.pass();
    expect(await site.outcome()).toMatchObject({ provisioningState: succeeds ? 'Succeeded' : 'Failed' });
    expect(site.starts).toHaveLength(succeeds ? 1 : 0);
  });
});

describe('the SCM site', () => {
  const ARM = 'https://management.azure.com';
  const asOwner = async ({ cloud, world }: Awaited<ReturnType<typeof aSite>>, audience = ARM) => {
    const token = await world.entra.issue({ principal: named(cloud, 'owner'), audience });
    return { authorization: `Bearer ${token}`, 'content-type': 'application/zip' };
  };

  it.each([
    ['Resource Manager, as azd sends', ARM],
    ['App Service, as the Azure CLI sends', 'https://appservice.azure.com'],
  ])(
    'takes a package from a machine with a token for %s, and tells by its id what became of it',
    async (_, audience) => {
      const site = await aSite();
      const headers = await asOwner(site, audience);
      const begun = await site.call(`https://${SCM}/api/publish`, { method: 'POST', headers, body: zipSync(PACKAGE) });
      expect(begun.status).toBe(202);
      const one = `https://${SCM}/api/deployments/${JSON.parse(begun.text)}`;
      expect(await site.call(one, { headers })).toMatchObject({ status: 202 });
      await site.pass();
      expect(JSON.parse((await site.call(one, { headers })).text)).toMatchObject({ status: 4, complete: true });
      expect(site.starts).toHaveLength(1);
    },
  );

  it('knows no zipdeploy, no password, and nobody without the right to publish', async () => {
    const site = await aSite();
    const { cloud, world } = site;
    const publish = (headers: Record<string, string>, path = 'publish') =>
      site.call(`https://${SCM}/api/${path}`, { method: 'POST', headers, body: zipSync(PACKAGE) });
    const token = await world.entra.issue({
      principal: named(cloud, 'approver'),
      audience: 'https://management.azure.com',
    });
    expect((await publish(await asOwner(site), 'zipdeploy')).status).toBe(404);
    expect((await publish({ authorization: 'Basic dTpw' })).status).toBe(401);
    expect((await publish({ authorization: `Bearer ${token}` })).status).toBe(403);
    await site.pass();
    expect(site.starts).toEqual([]);
  });
});

describe('the host of a site', () => {
  const status = async ({ get }: Pick<Awaited<ReturnType<typeof aSite>>, 'get'>) =>
    ((await get(`${SITE}/host/default/properties/status`)).body as { properties: object }).properties;

  it.each(HOST_ROLES)('does not start without the role %s, and does at an attempt after it was given', async (role) => {
    const site = await aSite({ roles: [...HOST_ROLES.filter((one) => one !== role), 'Storage Blob Data Contributor'] });
    await site.deploy();
    await site.pass();
    expect(site.starts).toEqual([]);
    expect(await status(site)).toMatchObject({ state: 'Error', errors: [expect.stringContaining(role)] });
    expect(await site.outcome()).toMatchObject({
      message: expect.stringMatching(/^Function triggers synchronization failed/),
    });
    expect(await site.post(`${SITE}/host/default/listkeys`)).toMatchObject({
      status: 400,
      body: { Message: 'Encountered an error (ServiceUnavailable) from host runtime.' },
    });
    allow(site, [role]);
    await site.pass(3 * MINUTE);
    expect(await status(site)).toMatchObject({ state: 'Running', errors: [] });
    expect((await site.post(`${SITE}/host/default/listkeys`)).body).toMatchObject({ masterKey: 'm' });
  });

  it.each<[string, Record<string, string>, string]>([
    ['no storage at all', {}, 'Unable to find connection named AzureWebJobsStorage'],
    ['a key of its storage', { AzureWebJobsStorage: 'AccountName=stguardian' }, 'take no keys'],
    ['no identity that it could be', { AzureWebJobsStorage__accountName: 'stother' }, 'no identity of this site'],
    ['an identity of somebody else', storageSettings('somebody'), 'no identity of this site'],
  ])('does not start with %s in its settings', async (_, settings, words) => {
    const site = await aSite();
    await site.put(`${SITE}/config/appsettings`, { properties: settings });
    await site.deploy();
    await site.pass();
    expect(await status(site)).toMatchObject({ state: 'Error', errors: [expect.stringContaining(words)] });
    expect(site.starts).toEqual([]);
  });

  it('starts again for settings that change, for a restart, and when it died; not while the site is stopped', async () => {
    const site = await aSite();
    const { put, post, pass, starts, clientId } = site;
    await site.deploy();
    await pass();
    await put(`${SITE}/config/appsettings`, { properties: { ...storageSettings(clientId), MORE: '1' } });
    await pass();
    expect(starts[1]?.spec.environment).toMatchObject({ MORE: '1' });
    await post(`${SITE}/restart`);
    await pass();
    starts[2]?.die();
    await pass();
    expect(starts).toHaveLength(4);
    await post(`${SITE}/stop`);
    await pass();
    expect((await site.call(`https://${HOST}/`)).status).toBe(403);
    await post(`${SITE}/start`);
    await pass();
    expect((await site.call(`https://${HOST}/`)).text).toBe('host 5');
  });

  it('is told of by the list of functions also while the next one starts, and after it died, though nobody asked before', async () => {
    const { deploy, pass, get, post, starts } = await aSite();
    const listed = async () => names(await get(`${SITE}/functions`));
    await deploy();
    await pass();
    await post(`${SITE}/restart`);
    expect(await listed()).toEqual(['health', 'on-event']);
    await pass();
    starts[1]?.die();
    await pass(1_000);
    expect(await listed()).toEqual(['health', 'on-event']);
  });

  it('that cannot load its code is given up after three starts, until somebody starts it again', async () => {
    const site = await aSite();
    site.fails.push('broken', 'broken', 'broken');
    await site.deploy();
    await site.pass(60 * MINUTE);
    expect(await status(site)).toMatchObject({ state: 'Error', errors: ['broken'] });
    await site.post(`${SITE}/restart`);
    await site.pass();
    expect(await status(site)).toMatchObject({ state: 'Running' });
  });

  it('ends with its site, and its name answers no more', async () => {
    const site = await aSite();
    await site.deploy();
    await site.pass();
    await site.send('DELETE', `${SITE}?${VERSION}`);
    expect((await site.call(`https://${HOST}/`)).status).toBe(404);
    expect(site.world.web.hosting.host(SITE)).toBeUndefined();
    expect(site.world.entra.attachedIdentities(SITE)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { sendAs } from '../arm/send-as.ts';
import { MINUTE } from '../key-vault/vault-cloud.ts';
import {
  aPlan,
  CONFIG,
  GROUP,
  IDENTITY,
  PLAN,
  PLAN_BODY,
  SITE,
  SUBNET,
  siteBody,
  storageSettings,
  VERSION,
} from './deployed-site.ts';

describe('a Flex Consumption plan', () => {
  it('is made, shown, listed, and deleted once no site is on it', async () => {
    const { put, get, send, clientId } = await aPlan();
    expect((await get(PLAN)).body).toMatchObject({ id: PLAN, sku: { name: 'FC1' }, properties: { numberOfSites: 0 } });
    await put(SITE, siteBody(storageSettings(clientId)));
    expect((await get(PLAN)).body).toMatchObject({ properties: { numberOfSites: 1 } });
    expect(await send('DELETE', `${PLAN}?${VERSION}`)).toMatchObject({ status: 409, body: { Code: 'Conflict' } });
    expect((await send('DELETE', `${SITE}?${VERSION}`)).status).toBe(200);
    // "By default, empty App Service plan is deleted" with its last app.
    expect((await get(PLAN)).status).toBe(404);
  });

  it('is of no other kind than the local cloud can run', async () => {
    const { put } = await aPlan();
    const premium = { ...PLAN_BODY, sku: { name: 'EP1', tier: 'ElasticPremium' } };
    for (const body of [premium, { ...PLAN_BODY, properties: { reserved: false } }, { ...PLAN_BODY, kind: 'linux' }])
      expect(await put(PLAN, body)).toMatchObject({ status: 400, body: { Code: 'BadRequest' } });
  });
});

describe('the runtimes of Flex Consumption', () => {
  it('are told as the Azure CLI asks for them before it sends a package: Node, in the versions that a host has a worker for', async () => {
    const { send } = await aPlan();
    const stacks = (stack: string) =>
      send(
        'GET',
        `/providers/Microsoft.Web/locations/koreacentral/functionAppStacks?api-version=2020-10-01&removeHiddenStacks=true&stack=${stack}&sku=FC1`,
      );
    const { status, body } = await stacks('node');
    expect(status).toBe(200);
    const [node] = (body as { value: { properties: { majorVersions: { value: string }[] } }[] }).value;
    expect(node?.properties.majorVersions.map(({ value }) => value)).toEqual(['20', '22', '24']);
    expect((await stacks('python')).body).toMatchObject({ value: [] });
  });
});

describe('a site', () => {
  it('is shown without its settings, which a POST alone tells', async () => {
    const { put, get, post, clientId } = await aPlan();
    const settings = { ...storageSettings(clientId), GUARDIAN_MODE: 'observe' };
    const made = await put(SITE, siteBody(settings));
    expect(made).toMatchObject({
      status: 200,
      body: {
        identity: { type: 'UserAssigned', userAssignedIdentities: { [IDENTITY]: { clientId } } },
        properties: {
          defaultHostName: 'contoso-guardian.azurewebsites.net',
          state: 'Running',
          functionAppConfig: CONFIG,
        },
      },
    });
    expect((await get(SITE)).body).toEqual(made.body);
    expect(JSON.stringify(made.body)).not.toContain('GUARDIAN_MODE');
    expect((await post(`${SITE}/config/appsettings/list`)).body).toMatchObject({ properties: settings });
  });

  it('has exactly the settings that were sent last, by either way', async () => {
    const { put, post } = await aPlan();
    const told = async () => (await post(`${SITE}/config/appsettings/list`)).body;
    await put(SITE, siteBody({ A: '1', B: '2' }));
    await put(SITE, siteBody({ A: '3' }));
    expect(await told()).toMatchObject({ properties: { A: '3' } });
    await put(`${SITE}/config/appsettings`, { properties: { C: '4' } });
    expect((await told()) as object).toHaveProperty('properties', { C: '4' });
    await put(SITE, siteBody({}, { siteConfig: {} }));
    expect((await told()) as object).toHaveProperty('properties', { C: '4' });
  });

  it('tells its settings to nobody who may only read it', async () => {
    const { cloud, world, put } = await aPlan();
    await put(SITE, siteBody({ SECRET: 'x' }));
    const reader = world.entra.createUser({ name: 'reader' });
    world.rbac.assign({ scope: SITE, role: 'Reader', principalId: reader.objectId, principalType: 'User' });
    const send = sendAs(cloud, reader);
    expect((await send('GET', `${SITE}?${VERSION}`)).status).toBe(200);
    expect((await send('POST', `${SITE}/config/appsettings/list?${VERSION}`)).status).toBe(403);
    expect((await send('POST', `${SITE}/host/default/listkeys?${VERSION}`)).status).toBe(403);
  });

  it('lets a password open its deployment or not', async () => {
    const { put, get } = await aPlan();
    await put(SITE, siteBody({}));
    const policy = `${SITE}/basicPublishingCredentialsPolicies/scm`;
    expect((await get(policy)).body).toMatchObject({ properties: { allow: true } });
    await put(policy, { properties: { allow: false } });
    await put(SITE, siteBody({}));
    expect((await get(policy)).body).toMatchObject({ properties: { allow: false } });
  });

  it('of its own identity is another principal once that was taken away', async () => {
    const { put, world } = await aPlan();
    const own = { ...siteBody({}), identity: { type: 'SystemAssigned' } };
    await put(SITE, own);
    const first = world.entra.managedIdentity(SITE)?.objectId;
    await put(SITE, siteBody({}));
    expect(world.entra.managedIdentity(SITE)).toBeUndefined();
    expect(world.entra.attachedIdentities(SITE)).toHaveLength(1);
    await put(SITE, own);
    expect(world.entra.attachedIdentities(SITE)).toEqual([]);
    expect(world.entra.managedIdentity(SITE)?.objectId).not.toBe(first);
  });

  it('goes with its resource group, and its plan and identity with it', async () => {
    const { put, get, send, world } = await aPlan();
    await put(SITE, { ...siteBody({}), identity: { type: 'SystemAssigned' } });
    await send('DELETE', `${GROUP}?api-version=2021-04-01`);
    await world.clock.advance(10 * MINUTE);
    await send('PUT', `${GROUP}?api-version=2021-04-01`, { location: 'koreacentral' });
    expect([(await get(SITE)).status, (await get(PLAN)).status]).toEqual([404, 404]);
    expect(world.entra.managedIdentity(SITE)).toBeUndefined();
  });

  it('cannot have a name that another one in Azure has, nor its plan', async () => {
    const { put } = await aPlan();
    await put(SITE, siteBody({}));
    const elsewhere = SITE.replace('/guardian/', '/data/');
    expect(await put(SITE.replace('contoso-guardian', 'other'), siteBody({}))).toMatchObject({ status: 400 });
    expect((await put(elsewhere, siteBody({}))).status).toBe(404);
  });
});

describe('Flex Consumption refuses', () => {
  const config = (more: object) => ({ functionAppConfig: { ...CONFIG, ...more } });
  const scale = (more: object) => config({ scaleAndConcurrency: { ...CONFIG.scaleAndConcurrency, ...more } });
  const site = (more: object) => ({ siteConfig: more });

  const REFUSED: readonly [string, ReturnType<typeof siteBody>, string][] = [
    [
      'a setting that it sets itself',
      siteBody({ FUNCTIONS_WORKER_RUNTIME: 'node' }),
      'The following app setting (Site.SiteConfig.AppSettings.FUNCTIONS_WORKER_RUNTIME) for Flex Consumption sites is invalid.  Please remove or rename it before retrying.',
    ],
    [
      'a scale limit of older plans',
      siteBody({}, site({ functionAppScaleLimit: 1 })),
      'Site.SiteConfig.FunctionAppScaleLimit',
    ],
    [
      'several properties of older plans, even null',
      siteBody({}, site({ ftpsState: null, use32BitWorkerProcess: null })),
      'The following list of 2 site configuration properties (Site.SiteConfig.FtpsState,Site.SiteConfig.Use32BitWorkerProcess)',
    ],
    [
      'a site without its section',
      siteBody({}, { functionAppConfig: null }),
      'The FunctionAppConfig section was not specified',
    ],
    ['an instance of another size', siteBody({}, scale({ instanceMemoryMB: 1024 })), 'must be 512, 2048 or 4096'],
    [
      'always-ready instances of no group',
      siteBody({}, scale({ alwaysReady: [{ name: 'timer', instanceCount: 1 }] })),
      'must be http, durable, blob or function:<name>',
    ],
    ['a member that it does not know', siteBody({}, config({ speed: 1 })), 'Unrecognized key'],
    ['a plan that is not there', siteBody({}, { serverFarmId: `${PLAN}-2` }), 'Cannot find server farm'],
  ];

  it(`${REFUSED.map(([what]) => what).join(', ')}`, async () => {
    const { put, get } = await aPlan();
    for (const [what, body, words] of REFUSED) {
      const { status, body: said } = await put(SITE, body);
      expect({ what, status, said }).toMatchObject({
        what,
        status: 400,
        said: { Code: 'BadRequest', Message: expect.stringContaining(words) },
      });
    }
    expect((await get(SITE)).status).toBe(404);
  });

  it('an identity or a subnet that is not there, or that the deployer may not use', async () => {
    const { put, cloud, world } = await aPlan();
    const stranger = {
      ...siteBody({}),
      identity: { type: 'UserAssigned', userAssignedIdentities: { [`${IDENTITY}-2`]: {} } },
    };
    expect(await put(SITE, stranger)).toMatchObject({
      status: 400,
      body: { error: { code: 'FailedIdentityOperation' } },
    });
    const noSubnet = siteBody({}, { virtualNetworkSubnetId: SUBNET });
    expect(await put(SITE, noSubnet)).toMatchObject({ status: 400, body: { Code: 'BadRequest' } });
    const deployer = world.entra.createServicePrincipal({ name: 'deployer' });
    const scope = SITE.replace(/\/providers.*/, '');
    world.rbac.assign({ scope, role: 'Website Contributor', principalId: deployer.objectId });
    expect(await sendAs(cloud, deployer)('PUT', `${SITE}?${VERSION}`, siteBody({}))).toMatchObject({
      status: 403,
      body: { error: { code: 'LinkedAuthorizationFailed' } },
    });
  });
});

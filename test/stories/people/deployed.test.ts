import { readFile } from 'node:fs/promises';
import https from 'node:https';
import { afterEach, expect, it } from 'vitest';
import { type BootedCloud, bootCloud } from '../../../local/boot-cloud.ts';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { ownPrefix } from '../../builders/azurite.ts';
import { MINUTE, SECOND } from '../../builders/durations.ts';
import { storageRequests } from '../../builders/storage-requests.ts';
import { throughProxy } from '../../local/cloud/sdk.ts';
import {
  allow,
  GROUP,
  HOST_ROLES,
  planIn,
  SITE,
  siteBody,
  storageSettings,
  withAccount,
} from '../../local/cloud/web/deployed-site.ts';
import { packageFile, runStorage } from '../../run/ground.ts';

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop();
});

const VAULT = `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.KeyVault/vaults/kv-orders`;
const HOST = 'contoso-guardian.azurewebsites.net';

/** A world with a server, and nothing that guards it. */
const anEmptyCloud = async (tablePrefix: string): Promise<BootedCloud & { said: string[] }> => {
  const said: string[] = [];
  const storage = { connectionString: runStorage(), gone: new Promise<void>(() => {}), close: async () => {} };
  const world = 'mysql-single';
  const booted = await bootCloud({
    now: new Date('2026-03-02T00:00:00Z'),
    storage,
    world,
    log: (line) => said.push(line),
  });
  running.push(() => storageRequests(runStorage()).drop(tablePrefix), booted.close);
  return { ...booted, said };
};

type Answer = { status: number; body: unknown };

/**
 * Calls the site by its public name, from outside: the clock knows nothing of such a call, so time stands still until it is
 * answered.
 */
const callSite = ({ cloud }: BootedCloud, path: string, key = ''): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { agent } = throughProxy(cloud);
    const headers = { 'x-functions-key': key };
    const request = https.get(`https://${HOST}${path}`, { agent, headers }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, body: JSON.parse(text || 'null') });
    });
    request.on('error', reject);
  });

const toFunction = (name: string) => ({
  properties: {
    destination: { endpointType: 'AzureFunction', properties: { resourceId: `${SITE}/functions/${name}` } },
    eventDeliverySchema: 'EventGridSchema',
  },
});

it('the package is deployed into a cloud in which nothing runs, and works: doors by their keys, events and alerts by its name', async () => {
  const tablePrefix = ownPrefix();
  const booted = await anEmptyCloud(tablePrefix);
  const { cloud, clock, said } = booted;
  const plan = await planIn(cloud);
  const { world, put, post, get, send, clientId } = plan;
  withAccount(plan);
  allow(plan, HOST_ROLES);
  const settings = {
    ...storageSettings(clientId),
    GUARDIAN_SCOPE: `/subscriptions/${subscriptionId}`,
    GUARDIAN_IDENTITY_CLIENT_ID: clientId,
    GUARDIAN_STORAGE_ACCOUNT: 'stguardian',
    GUARDIAN_TABLE_PREFIX: tablePrefix,
  };
  await put(SITE, siteBody(settings));
  const subscription = `${VAULT}/providers/Microsoft.EventGrid/eventSubscriptions/guardian?api-version=2025-02-15`;
  const early = await send('PUT', subscription, toFunction('on-key-vault-event'));
  expect(early).toMatchObject({
    status: 400,
    body: { error: { message: expect.stringContaining('Destination endpoint not found') } },
  });

  const packageUri = world.web.releases.publish('/v1/released-package.zip', await readFile(packageFile()));
  await put(`${SITE}/extensions/onedeploy`, { properties: { packageUri, type: 'zip', remoteBuild: false } });
  await clock.advance(2 * MINUTE);
  expect({ said, status: (await get(`${SITE}/extensions/onedeploy`)).body }).toMatchObject({
    status: { properties: { provisioningState: 'Succeeded' } },
  });

  expect(await callSite(booted, '/api/health')).toMatchObject({ status: 200 });
  expect((await callSite(booted, '/api/keyed/summary')).status).toBe(401);
  const { functionKeys } = (await post(`${SITE}/host/default/listkeys`)).body as { functionKeys: { default: string } };
  expect((await callSite(booted, '/api/keyed/summary', functionKeys.default)).status).toBe(200);

  expect((await send('PUT', subscription, toFunction('on-key-vault-event'))).status).toBe(201);
  await clock.advance(SECOND);
  world.keyVault.createKey('kv-orders', 'another');
  await clock.advance(MINUTE);
  expect(world.eventGrid.deliveries(VAULT, 'guardian')?.delivered()).toBe(1);

  const group = `${GROUP}/providers/Microsoft.Insights/actionGroups/cmk-guardian`;
  const receiver = {
    name: 'guardian',
    serviceUri: `https://${HOST}/api/alerts?code=${functionKeys.default}`,
    useCommonAlertSchema: true,
  };
  await send('PUT', `${group}?api-version=2023-01-01`, {
    location: 'global',
    properties: { groupShortName: 'g', enabled: true, webhookReceivers: [receiver] },
  });
  const found = world.alerts.get(group);
  if (found) world.alerting.sendAsGiven(found, { schemaId: 'azureMonitorCommonAlertSchema', data: {} });
  await clock.advance(MINUTE);
  expect(world.alerting.receivers.calls()).toMatchObject([{ outcome: { status: 202 } }]);
  expect(said.filter((line) => line.startsWith('not simulated'))).toEqual([]);
});

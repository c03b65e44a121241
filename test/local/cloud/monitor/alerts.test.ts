import { describe, expect, it } from 'vitest';
import { sendAs } from '../arm/send-as.ts';
import { aCloud, named, subscriptionId, theProduct } from '../sdk.ts';

const group = `/subscriptions/${subscriptionId}/resourceGroups/data/providers`;
const rule = `${group}/Microsoft.Insights/activityLogAlerts/cmk?api-version=2020-10-01`;
const action = `${group}/Microsoft.Insights/actionGroups/people?api-version=2023-01-01`;
const log = `${group}/Microsoft.Insights/scheduledQueryRules/acts?api-version=2023-12-01`;
const SUBSCRIPTION = `/subscriptions/${subscriptionId}`;
const properties = {
  enabled: true,
  scopes: [SUBSCRIPTION],
  condition: { allOf: [{ field: 'category', equals: 'Administrative' }] },
  actions: { actionGroups: [] },
};
const people = {
  groupShortName: 'people',
  enabled: true,
  emailReceivers: [{ name: 'ops', emailAddress: 'ops@example.com' }],
};
const criterion = { query: 'AZKVAuditLogs', timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0 };
const acts = {
  severity: 1,
  scopes: [`${group}/Microsoft.OperationalInsights/workspaces/central`],
  evaluationFrequency: 'PT5M',
  windowSize: 'PT15M',
  criteria: { allOf: [criterion] },
  actions: { actionGroups: [] },
};

const asOwner = async () => {
  const cloud = await aCloud({ world: 'mysql-single' });
  return { cloud, send: sendAs(cloud, named(cloud, 'owner')) };
};

describe('an alert rule', () => {
  it('is put, read and deleted by its owner, and seen in Resource Graph by whoever may read it', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const send = sendAs(cloud, named(cloud, 'owner'));
    expect(await send('PUT', rule, { location: 'global', properties })).toMatchObject({ status: 201 });
    expect(await send('GET', rule.replace('cmk', 'CMK'))).toMatchObject({ status: 200, body: { properties } });
    const query = {
      subscriptions: [subscriptionId],
      query: "resources | where type =~ 'microsoft.insights/activitylogalerts' | project id, properties",
      options: { resultFormat: 'objectArray' },
    };
    const graph = '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01';
    const asProduct = sendAs(cloud, theProduct(cloud));
    expect(await asProduct('POST', graph, query)).toMatchObject({ body: { data: [{ properties }] } });
    expect(await asProduct('PUT', rule, { properties })).toMatchObject({ status: 403 });
    expect(await send('DELETE', rule)).toMatchObject({ status: 200 });
    expect(await asProduct('POST', graph, query)).toMatchObject({ body: { data: [] } });
  });

  it('is changed in part and listed, as action groups and rules on logs are', async () => {
    const { send } = await asOwner();
    for (const [path, location, given] of [
      [rule, 'global', properties],
      [action, 'Global', people],
      [log, 'koreacentral', acts],
    ] as const) {
      expect(await send('PUT', path, { location, properties: given })).toMatchObject({ status: 201 });
      expect(await send('PATCH', path, { properties: { enabled: false } })).toMatchObject({
        body: { location, properties: { ...given, enabled: false } },
      });
      const list = path.replace(/\/[^/]+\?/, '?');
      expect(await send('GET', list)).toMatchObject({ body: { value: [{ properties: { enabled: false } }] } });
      const everywhere = list.replace('/resourceGroups/data', '');
      expect(await send('GET', everywhere)).toMatchObject({ body: { value: [{ properties: { enabled: false } }] } });
    }
  });

  it.each([
    [
      'without a category',
      rule,
      { ...properties, condition: { allOf: [{ field: 'status', equals: 'Failed' }] } },
      'category',
    ],
    ['without a scope', rule, { ...properties, scopes: [] }, 'scopes'],
    [
      'that watches another subscription than its own',
      rule,
      { ...properties, scopes: ['/subscriptions/0b0b0b0b-0000-4000-8000-000000000002'] },
      'not in the subscription of the alert',
    ],
    [
      'of a group whose short name is too long',
      action,
      { ...people, groupShortName: 'cmk-guardian-1' },
      'groupShortName',
    ],
    [
      'of a webhook with a property that there is not',
      action,
      { ...people, webhookReceivers: [{ name: 'w', serviceUri: 'https://a', aad: true }] },
      'aad',
    ],
    ['that is evaluated at no interval of Azure', log, { ...acts, evaluationFrequency: 'PT7M' }, 'evaluationFrequency'],
    ['without a query', log, { ...acts, criteria: { allOf: [] } }, 'criteria'],
    [
      'that is resolved by itself and muted',
      log,
      { ...acts, autoMitigate: true, muteActionsDuration: 'PT1H' },
      'autoMitigate',
    ],
  ])('%s is refused', async (_, path, given, told) => {
    const { send } = await asOwner();
    expect(await send('PUT', path, { location: 'global', properties: given })).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining(told) } },
    });
  });

  it('with an identity of its own keeps it', async () => {
    const { cloud, send } = await asOwner();
    const body = { location: 'koreacentral', identity: { type: 'SystemAssigned' }, properties: acts };
    const first = await send('PUT', log, body);
    const principalId = cloud.world.entra.managedIdentity(log.replace(/\?.*/, ''))?.objectId;
    expect(first).toMatchObject({ status: 201, body: { identity: { principalId } } });
    expect(await send('PUT', log, body)).toMatchObject({ status: 200, body: { identity: { principalId } } });
  });
});

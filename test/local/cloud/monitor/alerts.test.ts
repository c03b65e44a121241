import { describe, expect, it } from '@jest/globals';
import { sendAs } from '../arm/send-as.ts';
import { aCloud, named, subscriptionId, theProduct } from '../sdk.ts';

const group = `/subscriptions/${subscriptionId}/resourceGroups/data/providers`;
const rule = `${group}/Microsoft.Insights/activityLogAlerts/cmk?api-version=2020-10-01`;
const properties = { enabled: true, scopes: [`/subscriptions/${subscriptionId}`] };

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
});

import { ResourceManagementClient } from '@azure/arm-resources';
import { describe, expect, it } from 'vitest';
import { customerIdOf } from '../../../../local/cloud/monitor/workspaces.ts';
import { sendAs } from '../arm/send-as.ts';
import { aCloud, all, credentialOf, named, subscriptionId, throughProxy } from '../sdk.ts';

const GROUP = `/subscriptions/${subscriptionId}/resourceGroups/guardian`;
const WORKSPACE = `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/log-new`;
const COMPONENT = `${GROUP}/providers/Microsoft.Insights/components/appi-new`;
const WORKBOOK = `${GROUP}/providers/Microsoft.Insights/workbooks/0f9a7f2e-6c1d-4a53-9a7d-1b1e7a2f3c4d`;
const RULE = `${GROUP}/providers/Microsoft.AlertsManagement/actionRules/maintenance`;

const workspace = {
  location: 'koreacentral',
  properties: {
    sku: { name: 'PerGB2018' },
    retentionInDays: 30,
    workspaceCapping: { dailyQuotaGb: 1 },
    features: { disableLocalAuth: true },
  },
};
const component = {
  location: 'koreacentral',
  kind: 'web',
  properties: {
    Application_Type: 'web',
    WorkspaceResourceId: WORKSPACE,
    DisableLocalAuth: true,
    IngestionMode: 'LogAnalytics',
  },
};
const workbook = {
  location: 'koreacentral',
  kind: 'shared',
  properties: {
    displayName: 'CMK Guardian',
    category: 'workbook',
    version: 'Notebook/1.0',
    sourceId: COMPONENT,
    serializedData: '{"version":"Notebook/1.0","items":[]}',
  },
};
const rule = {
  location: 'Global',
  properties: {
    scopes: [GROUP],
    conditions: [{ field: 'AlertRuleName', operator: 'Contains', values: ['cmk-'] }],
    schedule: {
      effectiveFrom: '2026-11-29T00:00:00',
      effectiveUntil: '2026-11-29T04:00:00',
      timeZone: 'Korea Standard Time',
    },
    actions: [{ actionType: 'RemoveAllActionGroups' }],
    enabled: true,
  },
};

const deployed = [
  ['a workspace', WORKSPACE, '2023-09-01', workspace],
  ['a component', COMPONENT, '2020-02-02', component],
  ['a workbook', WORKBOOK, '2023-06-01', workbook],
  ['a processing rule', RULE, '2021-08-08', rule],
] as const;

const asOwner = async () => {
  const cloud = await aCloud({ world: 'mysql-single' });
  const owner = named(cloud, 'owner');
  const client = new ResourceManagementClient(credentialOf(cloud, owner), subscriptionId, throughProxy(cloud));
  return { cloud, send: sendAs(cloud, owner), resources: client.resources };
};

describe('what a deployment makes and no story uses', () => {
  it('is put by the real client, put again as it was read, listed, changed in part and deleted', async () => {
    const { resources, send } = await asOwner();
    for (const [, id, version, body] of deployed) {
      const made = await resources.beginCreateOrUpdateByIdAndWait(id, version, body);
      expect(made).toMatchObject({ id, properties: body.properties });
      const path = `${id}?api-version=${version}`;
      const read = await send('GET', path);
      const again = await send('PUT', path, read.body);
      expect(again).toMatchObject({ status: 200, body: { properties: body.properties } });
      expect(await send('PATCH', path, { tags: { owner: 'cmk' } })).toMatchObject({
        body: { tags: { owner: 'cmk' }, properties: body.properties },
      });
    }
    const listed = await all(resources.list());
    const ids: readonly string[] = deployed.map(([, id]) => id);
    expect(listed.map(({ id = '' }) => id).filter((id) => ids.includes(id))).toHaveLength(4);
    for (const [, id, version] of deployed.toReversed()) {
      await resources.beginDeleteByIdAndWait(id, version);
      await expect(resources.getById(id, version)).rejects.toMatchObject({ statusCode: 404, code: 'ResourceNotFound' });
    }
  });

  it('has the ids and addresses that Azure makes up, the same each time', async () => {
    const { send } = await asOwner();
    const put = async ([, id, version, body]: (typeof deployed)[number]) =>
      (await send('PUT', `${id}?api-version=${version}`, body)).body;
    expect(await put(deployed[0])).toMatchObject({
      properties: { customerId: customerIdOf(WORKSPACE), provisioningState: 'Succeeded' },
    });
    const made = (await put(deployed[1])) as { properties: Record<string, string> };
    const { InstrumentationKey: key, ConnectionString: connection } = made.properties;
    expect(connection).toContain(
      `InstrumentationKey=${key};IngestionEndpoint=https://koreacentral-0.in.applicationinsights.azure.com/`,
    );
    expect(await put(deployed[1])).toEqual(made);
  });

  it.each([
    [
      'a workspace with a property that there is not',
      WORKSPACE,
      '2023-09-01',
      { ...workspace, properties: { ...workspace.properties, retention: 30 } },
      'retention',
    ],
    [
      'a workspace that keeps its logs for a day',
      WORKSPACE,
      '2023-09-01',
      { ...workspace, properties: { retentionInDays: 1 } },
      'retentionInDays',
    ],
    [
      'a workspace of a sku that there is not',
      WORKSPACE,
      '2023-09-01',
      { ...workspace, properties: { sku: { name: 'pergb' } } },
      'sku.name',
    ],
    ['a component without its type', COMPONENT, '2020-02-02', { ...component, properties: {} }, 'Application_Type'],
    ['a component in a workspace that is not there', COMPONENT, '2020-02-02', component, 'could not be found'],
    [
      'a workbook whose data is no JSON',
      WORKBOOK,
      '2023-06-01',
      { ...workbook, properties: { ...workbook.properties, serializedData: '{' } },
      'serializedData',
    ],
    [
      'a workbook without a GUID for its name',
      WORKBOOK.replace('0f9a7f2e-', ''),
      '2023-06-01',
      workbook,
      'must be a GUID',
    ],
    [
      'a processing rule that does nothing',
      RULE,
      '2021-08-08',
      { ...rule, properties: { ...rule.properties, actions: [] } },
      'actions',
    ],
  ])('is refused: %s', async (_, id, version, body, told) => {
    const { send } = await asOwner();
    expect(await send('PUT', `${id}?api-version=${version}`, body)).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining(told) } },
    });
  });

  it('has the versions of its type, and no other type is there', async () => {
    const { send } = await asOwner();
    expect(await send('PUT', `${WORKSPACE}?api-version=2019-01-01`, workspace)).toMatchObject({
      status: 400,
      body: { error: { code: 'NoRegisteredProviderFound' } },
    });
    const saved = WORKSPACE.replace('/workspaces/', '/clusters/');
    expect(await send('PUT', `${saved}?api-version=2023-09-01`, workspace)).toMatchObject({
      status: 404,
      body: { error: { code: 'InvalidResourceType' } },
    });
    expect(await send('PUT', WORKSPACE, workspace)).toMatchObject({
      status: 400,
      body: { error: { code: 'MissingApiVersionParameter' } },
    });
  });
});

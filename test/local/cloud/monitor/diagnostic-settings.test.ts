import { describe, expect, it } from 'vitest';
import { sendAs } from '../arm/send-as.ts';
import { aCloud, named, subscriptionId } from '../sdk.ts';

const group = `/subscriptions/${subscriptionId}/resourceGroups/data/providers`;
const vault = `${group}/Microsoft.KeyVault/vaults/kv-orders`;
const workspaceId = `${group}/Microsoft.OperationalInsights/workspaces/central`;
const settingsOf = (scope: string, name = '') =>
  `${scope}/providers/Microsoft.Insights/diagnosticSettings${name}?api-version=2021-05-01-preview`;
const audit = { workspaceId, logs: [{ category: 'AuditEvent', enabled: true }] };

/** A vault in a cloud, and the requests of its owner to Azure Resource Manager. */
const asOwner = async () => {
  const cloud = await aCloud({ world: 'mysql-single' });
  const send = sendAs(cloud, named(cloud, 'owner'));
  const put = (name: string, properties: object = audit) => send('PUT', settingsOf(vault, `/${name}`), { properties });
  return { cloud, send, put };
};

describe('a diagnostic setting', () => {
  it('is put, read, listed and deleted', async () => {
    const { send, put } = await asOwner();
    const setting = {
      id: `${vault}/providers/Microsoft.Insights/diagnosticSettings/audit`,
      name: 'audit',
      type: 'Microsoft.Insights/diagnosticSettings',
      properties: { ...audit, metrics: [] },
    };
    expect(await put('audit', { ...audit, storageAccountId: null })).toMatchObject({ status: 200, body: setting });
    expect(await send('GET', settingsOf(vault.toUpperCase(), '/AUDIT'))).toMatchObject({ status: 200, body: setting });
    expect(await send('GET', settingsOf(vault))).toMatchObject({ body: { value: [setting] } });
    expect(await send('DELETE', settingsOf(vault, '/audit'))).toMatchObject({ status: 200 });
    expect(await send('DELETE', settingsOf(vault, '/audit'))).toMatchObject({ status: 204 });
    expect(await send('GET', settingsOf(vault, '/audit'))).toMatchObject({
      status: 404,
      body: { error: { code: 'ResourceNotFound' } },
    });
  });

  it('is replaced as a whole by the next PUT', async () => {
    const { send, put } = await asOwner();
    await put('audit');
    await put('audit', { storageAccountId: `${group}/Microsoft.Storage/storageAccounts/logs` });
    const { body } = await send('GET', settingsOf(vault));
    expect(body).toMatchObject({ value: [{ properties: { logs: [] } }] });
    expect(JSON.stringify(body)).not.toContain(workspaceId);
  });

  it.each([
    ['goes nowhere', { logs: audit.logs }, 'BadRequest', 'At least one data sink'],
    [
      'does not say whether a category is on',
      { workspaceId, logs: [{ category: 'AuditEvent' }] },
      'InvalidRequestContent',
      'properties.logs.0.enabled',
    ],
    [
      'names a category that vaults do not write',
      { workspaceId, logs: [{ category: 'Audit', enabled: true }] },
      'BadRequest',
      "Category 'Audit'",
    ],
    [
      'names a group that there is not',
      { workspaceId, logs: [{ categoryGroup: 'all', enabled: true }] },
      'BadRequest',
      "group 'all'",
    ],
    [
      'names a category and a group',
      { workspaceId, logs: [{ category: 'AuditEvent', categoryGroup: 'audit', enabled: true }] },
      'BadRequest',
      'not both',
    ],
    [
      'names a metric that there is not',
      { workspaceId, metrics: [{ category: 'Requests', enabled: true }] },
      'BadRequest',
      "Category 'Requests'",
    ],
    ['has a property that there is not', { ...audit, workspace: workspaceId }, 'InvalidRequestContent', 'workspace'],
  ])('that %s is refused', async (_case, properties, code, message) => {
    const { put } = await asOwner();
    expect(await put('audit', properties)).toMatchObject({
      status: 400,
      body: { error: { code, message: expect.stringContaining(message) } },
    });
  });

  it('is one of five at most', async () => {
    const { put } = await asOwner();
    const putTo = (n: number) => put(`audit-${n}`, { ...audit, workspaceId: `${workspaceId}-${n}` });
    for (const n of [1, 2, 3, 4, 5]) expect((await putTo(n)).status).toBe(200);
    expect((await putTo(5)).status).toBe(200);
    expect((await putTo(6)).status).toBe(400);
  });

  it('sends no category where another one sends it already', async () => {
    const { put } = await asOwner();
    const storageAccountId = `${group}/Microsoft.Storage/storageAccounts/logs`;
    const policies = { workspaceId, logs: [{ category: 'AzurePolicyEvaluationDetails', enabled: true }] };
    expect(await put('audit')).toMatchObject({ status: 200 });
    expect(await put('again', { ...audit, workspaceId: workspaceId.toUpperCase() })).toMatchObject({
      status: 409,
      body: {
        error: {
          code: 'Conflict',
          message: expect.stringContaining("already used in diagnostic setting 'audit' for category 'AuditEvent'"),
        },
      },
    });
    expect(await put('policies', policies)).toMatchObject({ status: 200 });
    expect(await put('archive', { storageAccountId, logs: audit.logs })).toMatchObject({ status: 200 });
  });

  it('needs its resource, and the permission to set it there', async () => {
    const { cloud, send } = await asOwner();
    expect(await send('GET', settingsOf(`${vault}-2`))).toMatchObject({ status: 404 });
    const sendAsRequester = sendAs(cloud, named(cloud, 'requester'));
    expect(await sendAsRequester('PUT', settingsOf(vault, '/audit'), { properties: audit })).toMatchObject({
      status: 403,
      body: { error: { message: expect.stringContaining('Microsoft.Insights/diagnosticSettings/write') } },
    });
  });

  it('is bound by a lock on its resource', async () => {
    const { cloud, put } = await asOwner();
    cloud.world.locks.put({ scope: vault, name: 'keep', level: 'ReadOnly' });
    expect(await put('audit')).toMatchObject({ status: 409, body: { error: { code: 'ScopeLocked' } } });
  });

  it('goes with its vault and does not come back with it', async () => {
    const { cloud, send, put } = await asOwner();
    await put('audit');
    cloud.world.keyVault.deleteVault('kv-orders');
    cloud.world.keyVault.recoverVault('kv-orders');
    expect(await send('GET', settingsOf(vault))).toMatchObject({ status: 200, body: { value: [] } });
  });

  it('is made and taken away behind the back of Azure, too', async () => {
    const { cloud, send } = await asOwner();
    const say = (verb: string, body: object) =>
      fetch(`${cloud.control}/${verb}`, { method: 'POST', body: JSON.stringify(body) });
    await say('repair/log-audit-events', { scope: vault, name: 'audit', workspaceId });
    expect(await send('GET', settingsOf(vault))).toMatchObject({ body: { value: [{ properties: audit }] } });
    await say('break/stop-logging', { scope: vault, name: 'audit' });
    expect(await send('GET', settingsOf(vault))).toMatchObject({ body: { value: [] } });
    expect((await say('break/stop-logging', { scope: vault, name: 'audit' })).status).toBe(400);
  });
});

import https from 'node:https';
import { decodeJwt } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import type { Switches } from '../../../../local/cloud/service.ts';
import { hearAlerts } from '../../../../local/cloud/worlds/hear-alerts.ts';
import { sendAs } from '../arm/send-as.ts';
import { aReceiver, type Received } from '../event-grid/receiver.ts';
import { aCloud, named, subscriptionId, theProduct, throughProxy } from '../sdk.ts';

const MINUTE = 60_000;
const running: (() => void)[] = [];
afterEach(() => {
  for (const close of running.splice(0)) close();
});

type Given = {
  readonly switches?: Partial<Switches>;
  /** The answer of the endpoint to its n-th call, from 0. */
  readonly answers?: (n: number) => { status: number } | 'hang up' | 'never';
  readonly identifierUri?: string;
  readonly commonSchema?: boolean;
};

/** A world with one server, its vault's audit log, and an endpoint that an action group calls. */
const aWatchedWorld = async ({ switches = {}, answers = () => ({ status: 202 }), ...hearing }: Given = {}) => {
  const cloud = await aCloud({ world: 'mysql-single', switches });
  const { world } = cloud;
  let calls = 0;
  const receiver = await aReceiver(world.clock, { notify: () => answers(calls++) });
  running.push(receiver.close);
  const group = hearAlerts(world, { serviceUri: receiver.url, ...hearing });
  const pass = (ms: number) => cloud.world.clock.advance(ms);
  return { cloud, world, group, pass, received: receiver.received, vault: world.keyVault.vaults()[0]?.name ?? '' };
};

type Payload = {
  schemaId: string;
  data: { essentials: Record<string, unknown>; alertContext: Record<string, unknown> };
};
const payloadOf = (message: Received | undefined): Payload => message?.events[0] as unknown as Payload;

describe('A rule on the audit log fires', () => {
  it('once for a deleted key, when the log has shown it and the rule was evaluated, and names vault and key', async () => {
    const { world, pass, received, vault } = await aWatchedWorld();
    const begun = world.clock.now();
    // Shown six minutes after this instant, which the evaluation after ten finds.
    await pass(MINUTE);
    world.keyVault.deleteKey(vault, 'cmk');
    await pass(4 * MINUTE);
    expect(received).toEqual([]);
    await pass(20 * MINUTE);
    const deletions = received.filter((one) => JSON.stringify(one.events).includes('KeyDelete'));
    expect(deletions.map(({ at }) => at - begun)).toEqual([10 * MINUTE]);
    const { schemaId, data } = payloadOf(deletions[0]);
    expect([schemaId, data.essentials]).toMatchObject([
      'azureMonitorCommonAlertSchema',
      {
        monitorCondition: 'Fired',
        monitoringService: 'Log Alerts V2',
        alertTargetIDs: [expect.stringMatching(`vaults/${vault}$`)],
      },
    ]);
    const dimensions = [
      { name: 'KeyName', value: 'cmk' },
      { name: 'Op', value: 'KeyDelete' },
      { name: '_ResourceId', value: expect.stringMatching(`vaults/${vault}$`) },
    ];
    expect(data.alertContext).toMatchObject({ condition: { allOf: [{ dimensions }] } });
  });

  it('for what services are refused, and not for what the product writes', async () => {
    const { cloud, world, pass, received, vault } = await aWatchedWorld({ switches: { auditLogDelaySeconds: 0 } });
    const [{ version = '' } = {}] = world.keyVault.key(vault, 'cmk')?.versions ?? [];
    const token = await world.entra.issue({ principal: theProduct(cloud), audience: 'https://vault.azure.net' });
    const { agent } = throughProxy(cloud);
    const body = JSON.stringify({ attributes: { enabled: false } });
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const path = `/keys/cmk/${version}?api-version=7.5`;
      const request = https.request(
        { host: `${vault}.vault.azure.net`, path, method: 'PATCH', agent, headers },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      request.once('error', reject).end(body);
    });
    expect(status).toBe(200);
    await pass(20 * MINUTE);
    const told = received.map((one) => JSON.stringify(one.events));
    expect(told.some((one) => one.includes('KeyUnwrap'))).toBe(true);
    expect(told.some((one) => one.includes('KeyUpdate'))).toBe(false);
  });

  it('never with another query, and says so; what is no query is refused', async () => {
    const { cloud, world, pass, group, vault } = await aWatchedWorld({ switches: { auditLogDelaySeconds: 0 } });
    const send = sendAs(cloud, named(cloud, 'owner'));
    const path = `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.Insights/scheduledQueryRules/mine?api-version=2023-12-01`;
    const [workspaceId] = world.diagnosticSettings.all().map((one) => one.workspaceId);
    const rule = (query: string) => ({
      location: 'koreacentral',
      properties: {
        scopes: [workspaceId],
        evaluationFrequency: 'PT5M',
        windowSize: 'PT15M',
        criteria: { allOf: [{ query, timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0 }] },
        actions: { actionGroups: [group.id] },
      },
    });
    expect(await send('PUT', path, rule('AzureDiagnostics | where (1'))).toMatchObject({ status: 400 });
    expect(await send('PUT', path, rule('AzureDiagnostics | count'))).toMatchObject({ status: 201 });
    world.keyVault.deleteKey(vault, 'cmk');
    await pass(10 * MINUTE);
    expect(world.alerting.fired().some(({ rule: { name } }) => name === 'mine')).toBe(false);
    expect(cloud.lines).toContainEqual(expect.stringMatching(/alert rule mine never fires/));
    const state = cloud.azure.services.find(({ name }) => name === 'alerts')?.snapshot();
    expect(state).toMatchObject({
      resources: expect.arrayContaining([expect.objectContaining({ name: 'mine', neverFires: expect.any(String) })]),
    });
  });

  it('not where nothing sends the audit log to its workspace', async () => {
    const { world, pass, received, vault } = await aWatchedWorld();
    for (const { scope, name } of world.diagnosticSettings.all()) world.diagnosticSettings.remove(scope, name);
    world.keyVault.deleteKey(vault, 'cmk');
    await pass(20 * MINUTE);
    expect(received.filter((one) => JSON.stringify(one.events).includes('Log Alerts'))).toEqual([]);
  });
});

describe('A rule on the activity log fires', () => {
  it.each([
    [true, 'azureMonitorCommonAlertSchema'],
    [false, 'Microsoft.Insights/activityLogs'],
  ])('for a vault that was deleted (common schema: %s)', async (commonSchema, schemaId) => {
    const { cloud, world, pass, received } = await aWatchedWorld({
      commonSchema,
      switches: { activityAlertSeconds: 60 },
    });
    const { id = '' } = world.keyVault.vaults()[0] ?? {};
    const send = sendAs(cloud, named(cloud, 'owner'));
    expect(await send('DELETE', `${id}?api-version=2026-02-01`)).toMatchObject({ status: 200 });
    await pass(2 * MINUTE);
    expect(received.map((one) => payloadOf(one).schemaId)).toEqual([schemaId]);
    expect(JSON.stringify(received[0]?.events)).toContain('Microsoft.KeyVault/vaults/delete');
  });

  it('for a server that Resource Health calls unavailable', async () => {
    const { world, pass, received, vault } = await aWatchedWorld({
      switches: { activityAlertSeconds: 60, inaccessibleAfterSeconds: 30, auditLogDelaySeconds: 86_400 },
    });
    world.keyVault.deleteKey(vault, 'cmk');
    await pass(5 * MINUTE);
    expect(received.map((one) => payloadOf(one).data)).toMatchObject([
      {
        essentials: {
          monitoringService: 'ResourceHealth',
          alertTargetIDs: [expect.stringMatching(/dbformysql\/servers/)],
        },
        alertContext: { properties: { currentHealthStatus: 'Unavailable' } },
      },
    ]);
  });
});

describe('An action group', () => {
  const PING = { ping: true };

  it.each([
    ['2.0', '22222222-2222-2222-2222-222222222222', 'azp'],
    ['1.0', 'api://22222222-2222-2222-2222-222222222222', 'appid'],
  ] as const)('brings a token of its application to a secure webhook, in version %s', async (version, aud, claim) => {
    const identifierUri = 'api://22222222-2222-2222-2222-222222222222';
    const { world, group, pass, received } = await aWatchedWorld({
      identifierUri,
      switches: { secureWebhookTokens: version },
    });
    world.alerting.sendAsGiven(group, PING);
    await pass(MINUTE);
    const claims = decodeJwt((received[0]?.headers.authorization ?? '').replace('Bearer ', ''));
    expect(claims).toMatchObject({
      aud,
      [claim]: '461e8683-5575-4561-ac7f-899cc907d62a',
      roles: ['ActionGroupsSecureWebhook'],
    });
    expect(claims['scp']).toBeUndefined();
  });

  it('brings none to another, and one without the role where that was never given', async () => {
    const plain = await aWatchedWorld();
    plain.world.alerting.sendAsGiven(plain.group, PING);
    await plain.pass(MINUTE);
    expect(plain.received[0]?.headers.authorization).toBeUndefined();
    const roleless = await aWatchedWorld({ identifierUri: 'api://x', switches: { secureWebhookRole: 'missing' } });
    roleless.world.alerting.sendAsGiven(roleless.group, PING);
    await roleless.pass(MINUTE);
    expect(
      decodeJwt((roleless.received[0]?.headers.authorization ?? '').replace('Bearer ', ''))['roles'],
    ).toBeUndefined();
  });

  it.each([408, 429, 503, 504, 'hang up'] as const)(
    'calls five times more where it gets %s, and then is silent for 15 minutes',
    async (answer) => {
      const { world, group, pass, received } = await aWatchedWorld({
        answers: () => (answer === 'hang up' ? answer : { status: answer }),
      });
      const begun = world.clock.now();
      world.alerting.sendAsGiven(group, PING);
      await pass(5 * MINUTE);
      expect(received.map(({ at }) => Math.round((at - begun) / 1_000))).toEqual([0, 5, 25, 30, 70, 75]);
      world.alerting.sendAsGiven(group, PING);
      await pass(5 * MINUTE);
      expect(received.length).toBe(6);
      await pass(7 * MINUTE);
      world.alerting.sendAsGiven(group, PING);
      await pass(1_000);
      expect(received.length).toBe(7);
    },
  );

  it.each([400, 401, 403, 404, 413, 500])('never calls again where it gets %d', async (status) => {
    const { world, group, pass, received } = await aWatchedWorld({ answers: () => ({ status }) });
    world.alerting.sendAsGiven(group, PING);
    await pass(10 * MINUTE);
    expect(received.length).toBe(1);
  });

  it('calls again where nobody answers within ten seconds', async () => {
    const { world, group, pass, received } = await aWatchedWorld({
      answers: (n) => (n === 0 ? 'never' : { status: 202 }),
    });
    const begun = world.clock.now();
    world.alerting.sendAsGiven(group, PING);
    await pass(MINUTE);
    expect(received.map(({ at }) => (at - begun) / 1_000)).toEqual([0, 15]);
  });
});

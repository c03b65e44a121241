import { describe, expect, it } from 'vitest';
import { alertLike, SECURE_WEBHOOK, sendAlert, sentBy, watchedByAlerts } from '../../builders/alerts.ts';
import { A_WHILE, type App, MINUTE, startApp } from '../../builders/app.ts';
import { isDown, ledgerOf, linesOf, orders, ordersServes, single, VAULT, writes } from '../../builders/incident.ts';
import { errorCode } from '../../builders/people.ts';
import { repeated } from '../../run/exhaustive.ts';

type Held = { readonly id: string; readonly why: string; readonly rule?: string; readonly text?: string };

const quarantine = async (app: App): Promise<readonly Held[]> =>
  ((await app.door({ method: 'GET', path: '/api/quarantine' }, 200)).body as { value: readonly Held[] }).value;

/** The sweep has seen everything once, and comes again only next year. */
const seenOnce = async (settings: Record<string, string> = {}): Promise<App> => {
  const app = await startApp({
    world: orders([single('orders')]),
    wake: 'doors',
    settings: { GUARDIAN_SWEEP_SCHEDULE: '30 1 0 2 3 *', ...settings },
  });
  await app.pass(5 * MINUTE);
  return app;
};

const loseKey = async (app: App): Promise<void> => {
  app.cloud.world.keyVault.deleteKey(VAULT, 'cmk');
  await app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);
};

const FIRED = alertLike('log-v2-workspace-with-resource-dimension.json');
const RESOLVED = alertLike('metric-static-resolved-vault.json');

describe('An alert of an action group', () => {
  it('has the key that it names looked at, where its token is that of action groups; what is not understood is kept, shown and read again', async () => {
    const app = await seenOnce(SECURE_WEBHOOK);
    await loseKey(app);
    const group = await sentBy(app);
    const others = [
      [{ 'x-functions-key': '' }, 401],
      [await sentBy(app, { roles: [] }), 403],
      [await sentBy(app, { appId: '44444444-4444-4444-4444-444444444444' }), 403],
    ] as const;
    for (const [headers, status] of others) expect((await sendAlert(app, FIRED, headers)).status).toBe(status);
    expect(await sendAlert(app, RESOLVED, group)).toMatchObject({ status: 202, body: { heard: 'ignored' } });
    const mine = { orders: 'of-my-own' };
    for (let twice = 0; twice < 2; twice++)
      expect(await sendAlert(app, mine, group)).toMatchObject({ status: 202, body: { heard: 'held' } });
    await app.pass(A_WHILE);
    expect([writes(app), isDown(app, 'orders')]).toEqual([[], true]);

    const [held, ...more] = await quarantine(app);
    expect([held?.why, more]).toEqual([expect.stringContaining('no schema'), []]);
    const path = `/api/quarantine/${held?.id}`;
    expect((await app.door({ method: 'GET', path }, 200)).body).toMatchObject({ text: JSON.stringify(mine) });
    const replayed = await app.call({ method: 'POST', path: `${path}/replay` });
    expect([replayed.status, errorCode(replayed)]).toEqual([409, 'NotUnderstood']);
    expect((await quarantine(app)).length).toBe(1);
    watchedByAlerts(app, { commonSchema: false });
    const actionGroup = app.cloud.world.alerts.all().find(({ id }) => id.includes('/actionGroups/'))?.id;
    const { body } = await app.door({ method: 'GET', path: '/api/health/details' }, 200);
    expect(body).toMatchObject({
      alerts: {
        notUnderstood: 1,
        newest: [{ why: held?.why }],
        withoutCommonSchema: [
          {
            actionGroup,
            command: expect.stringContaining(
              `--ids ${actionGroup} --set 'properties.webhookReceivers[0].useCommonAlertSchema=true'`,
            ),
          },
        ],
      },
    });

    expect(await sendAlert(app, FIRED, group)).toMatchObject({ status: 202, body: { heard: 'named' } });
    await ordersServes(app);
    expect(linesOf(await ledgerOf(app))).toContain('outcome recoverKey done');
  });
});

/** How each call of the action group ended. */
const calls = ({ cloud }: App) => cloud.world.alerting.receivers.calls().map(({ outcome }) => outcome);

describe('The audit log of a vault, by way of Azure Monitor alone', () => {
  it('has a deleted key healed: the alert comes through the secure webhook', async () => {
    const app = await seenOnce(SECURE_WEBHOOK);
    watchedByAlerts(app);
    await loseKey(app);
    expect(writes(app)).toEqual([]);
    await ordersServes(app);
    expect(linesOf(await ledgerOf(app))).toContain('outcome recoverKey done');
    expect(new Set(calls(app))).toEqual(new Set([{ status: 202 }]));
    expect(await quarantine(app)).toEqual([]);
  });

  repeated(
    'does so by the function key in the address as well, and the portal’s test is kept and answered with success',
    async () => {
      const app = await seenOnce();
      watchedByAlerts(app, { secure: false });
      const sim = (verb: string, body: object) =>
        fetch(`${app.cloud.control}/break/${verb}`, { method: 'POST', body: JSON.stringify(body) });
      expect((await sim('test-action-group', { group: 'cmk-guardian' })).status).toBe(200);
      await app.pass(MINUTE);
      expect(calls(app)).toEqual([{ status: 202 }]);
      expect(await quarantine(app)).toMatchObject([
        { isTest: true, why: expect.stringContaining('test of an action group') },
      ]);
      await loseKey(app);
      await ordersServes(app);
    },
  );
});

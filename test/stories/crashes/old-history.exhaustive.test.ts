import { expect, it } from 'vitest';
import { type App, DAY, MINUTE, startApp } from '../../builders/app.ts';
import {
  expireKey,
  incidentsOf,
  isDown,
  ledgerOf,
  orders,
  ordersServes,
  single,
  startReconciliation,
} from '../../builders/incident.ts';

type Listed = { readonly name: string; readonly instanceId: string; readonly runtimeStatus: string };

const instancesOf = async (app: App): Promise<readonly Listed[]> =>
  (await app.door({ method: 'GET', path: '/runtime/webhooks/durabletask/instances?top=1000' }, 200)).body as Listed[];

const healed = async (app: App): Promise<void> => {
  expireKey(app);
  await app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);
  await startReconciliation(app);
  await ordersServes(app);
  await app.pass(MINUTE);
};

it('durable history of an incident is gone after a month, and the ledger and the next incident are as ever', async () => {
  const app = await startApp({ world: orders([single('orders')]), wake: 'doors' });
  await startReconciliation(app);
  await app.pass(MINUTE);
  await healed(app);
  const names = (await instancesOf(app)).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['reconcileKey', 'extendKeyExpiry', 'revalidateConsumer']));
  await app.pass(29 * DAY);
  expect((await instancesOf(app)).map(({ name }) => name)).toEqual(names);
  await app.pass(2 * DAY);
  expect(await instancesOf(app)).toEqual([]);
  expect((await ledgerOf(app)).verification.kind).toBe('intact');
  await healed(app);
  expect(await incidentsOf(app)).toMatchObject([{ closedAt: expect.any(String) }, { closedAt: expect.any(String) }]);
});

import { expect, it } from 'vitest';
import { draw } from '../../../local/cloud/draw.ts';
import { openStore } from '../../../src/store/store.ts';
import { alertLike, sendAlert } from '../../builders/alerts.ts';
import { type App, MINUTE, SECOND, startApp } from '../../builders/app.ts';
import { estate } from '../../builders/key-loss.ts';
import { runStorage } from '../../run/ground.ts';

const KEYS = 50;
const EVENTS = 10_000;
const ALERTS = EVENTS / 10;
/** Of all deliveries: half of them never arrive, of the others the answer is lost, and both come again. */
const FAILING = 0.2;
/** Event Grid sends what is due at the same time in batches, and a batch again as a whole. */
const BATCH = 10;

type Delivery = { readonly name: string; readonly send: (app: App) => Promise<boolean> };

const vaultOf = (app: App, at: number) => {
  const vault = app.cloud.world.keyVault.vaults()[at % KEYS];
  if (!vault) throw new Error('There are no vaults.');
  return vault;
};

const eventOf = (app: App, at: number) => {
  const { id, name } = vaultOf(app, at);
  const { kid = '', version = '', exp = 0 } = app.cloud.world.keyVault.key(name, 'cmk')?.versions.at(-1) ?? {};
  return {
    id: `event-${at}`,
    topic: id,
    subject: 'cmk',
    eventType: 'Microsoft.KeyVault.KeyExpired',
    eventTime: '2026-03-02T00:00:00Z',
    data: {
      Id: kid,
      VaultName: name,
      ObjectType: 'Key',
      ObjectName: 'cmk',
      Version: version,
      NBF: null,
      EXP: `${exp}`,
    },
    dataVersion: '1',
    metadataVersion: '1',
  };
};

const batchOf = (app: App, first: number): Delivery => {
  const body = Array.from({ length: BATCH }, (_, n) => eventOf(app, first + n));
  const path = '/runtime/webhooks/eventgrid?functionName=on-key-vault-event';
  const headers = { 'aeg-event-type': 'Notification' };
  return {
    name: `events-${first}`,
    send: async (to) => (await to.call({ method: 'POST', path, headers, body })).status === 202,
  };
};

const alertOf = (app: App, at: number): Delivery => {
  const { name } = vaultOf(app, at);
  const body = alertLike('log-v2-workspace-with-resource-dimension.json', {
    'kv-orders': name,
    'a000000b-0000-4000-8000-000000000011': `alert-${at}`,
  });
  return { name: `alert-${at}`, send: async (to) => (await sendAlert(to, body)).status === 202 };
};

/** Everything twice, and in no order. */
const deliveriesTo = (app: App): readonly Delivery[] => {
  const events = Array.from({ length: EVENTS / BATCH / 2 }, (_, n) => batchOf(app, n * BATCH));
  const alerts = Array.from({ length: ALERTS / 2 }, (_, n) => alertOf(app, n));
  const twice = [...events, ...alerts].flatMap((one) => [
    { ...one, name: `${one.name}-1` },
    { ...one, name: `${one.name}-2` },
  ]);
  return twice.toSorted((one, other) => draw(one.name) - draw(other.name));
};

const deliver = async (app: App, one: Delivery, time: number): Promise<readonly Delivery[]> => {
  const chance = draw(one.name, time);
  if (chance < FAILING / 2) return [one];
  const accepted = await one.send(app);
  return accepted && chance >= FAILING ? [] : [one];
};

/** A minute in six parts, and then what failed, until everything was accepted. Returns how often something was sent. */
const flood = async (app: App): Promise<number> => {
  const all = deliveriesTo(app);
  let waiting: readonly Delivery[] = [];
  let sent = 0;
  for (let part = 0; part < 6 || waiting.length > 0; part++) {
    const fresh = all.filter((_, at) => Math.floor((at * 6) / all.length) === part);
    const due = [...fresh, ...waiting];
    sent += due.length;
    waiting = (await Promise.all(due.map((one) => deliver(app, one, part)))).flat();
    await app.pass(10 * SECOND);
  }
  return sent;
};

const expireAll = ({ cloud: { world }, clock }: App): void => {
  for (const { name } of world.keyVault.vaults()) {
    const version = world.keyVault.key(name, 'cmk')?.versions.at(-1)?.version ?? '';
    world.keyVault.letExpire(name, 'cmk', version, Math.floor(clock.now() / 1_000) - 60);
  }
};

it(`in one minute ${EVENTS} events and ${ALERTS} alerts come, twice and in no order, and a fifth fails: nothing is lost, and each key has one incident`, async () => {
  const app = await startApp({ world: estate(KEYS), wake: 'doors', settings: { GUARDIAN_MODE: 'observe' } });
  await app.door({ method: 'POST', path: '/api/sweeps' }, 202);
  await app.pass(5 * MINUTE);
  expireAll(app);
  const sent = await flood(app);
  await app.pass(10 * MINUTE);

  expect(sent).toBeGreaterThan((1.2 * EVENTS) / BATCH);
  const storage = { kind: 'connectionString', connectionString: runStorage() } as const;
  const rows = await Array.fromAsync(openStore({ storage, tablePrefix: app.tablePrefix }).keyRows.list());
  expect(rows).toHaveLength(KEYS);
  expect(rows.filter(({ row }) => row.assessed !== row.wanted).map(({ keyId }) => keyId)).toEqual([]);
  const left = '/runtime/webhooks/durabletask/instances?top=100&runtimeStatus=Failed,Running,Pending';
  expect((await app.door({ method: 'GET', path: left }, 200)).body).toEqual([]);
  const { body } = await app.door({ method: 'GET', path: '/api/incidents' }, 200);
  const opened = (body as { value: readonly { readonly keyId: string }[] }).value.map(({ keyId }) => keyId);
  expect(opened.toSorted()).toEqual(rows.map(({ keyId }) => keyId).toSorted());
});

import { afterEach, describe, expect, it } from 'vitest';
import { productId, subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { A_WHILE, type App, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { control } from '../../builders/control.ts';
import { KEY, ledgerOf, loseOrders, orders, ordersServes, serves, single, VAULT } from '../../builders/incident.ts';
import { APPROVE, approve, askedPlan } from '../../builders/people.ts';
import { faultOfEvent } from '../../builders/valid-event.ts';
import { WAYS } from '../../builders/ways.ts';
import { aReceiver } from '../../local/cloud/event-grid/receiver.ts';
import { repeated, sampled } from '../../run/exhaustive.ts';
import { probingBy } from '../estate/probe-story.ts';

const TOPIC = `/subscriptions/${subscriptionId}/resourceGroups/guardian/providers/Microsoft.EventGrid/topics/incidents`;
const SETTINGS = {
  GUARDIAN_TOPIC_ENDPOINT: 'https://incidents.koreacentral-1.eventgrid.azure.net/api/events',
  GUARDIAN_FUNCTION_APP: productId,
};

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

type Heard = { readonly id: string; readonly type: string; readonly source: string; readonly data: unknown };

/** A topic, to which the product may send, and a subscriber that gets its events. */
const heard = async (app: App) => {
  const { world } = app.cloud;
  const sender = world.entra.managedIdentity(productId)?.objectId;
  await control(app, 'repair/create-topic', { topic: TOPIC, sender });
  const receiver = await aReceiver(app.clock);
  open.push(receiver.close);
  await world.eventGrid.subscribe({ name: 'tickets', scope: TOPIC, endpointUrl: receiver.url });
  const all = (): readonly Heard[] => receiver.events() as unknown as readonly Heard[];
  const types = (): readonly string[] => all().map(({ type }) => type.replace('CmkGuardian.', ''));
  return { all, types };
};

const waiting = async (app: App): Promise<number> => {
  const { body } = await app.door({ method: 'GET', path: '/api/health/details' }, 200);
  return (body as { waitingEvents: { count: number } }).waitingEvents.count;
};

describe('Whoever hears the product’s topic', () => {
  it.each(sampled(WAYS, 0))(
    'is told of a lost key: what the probe found, the incident, each repair, and that it is over (%s)',
    async (way) => {
      const app = await probingBy(way, { world: orders([single('orders')]), settings: SETTINGS });
      const { all, types } = await heard(app);
      await app.pass(NEXT_SWEEP);
      expect(types()).toEqual([]);
      app.cloud.world.keyVault.deleteKey(VAULT, 'cmk');
      await app.until('it is told as healed', () => types().includes('Incident.Healed'), 30 * MINUTE);
      const told = types();
      expect(told.slice(0, 2).toSorted()).toEqual(['Incident.Opened', 'Probe.Found']);
      expect(told).toContain('Incident.StepDone');
      expect(told.filter((type) => type === 'Incident.Healed')).toHaveLength(1);
      expect(all().flatMap((event) => faultOfEvent(event) ?? [])).toEqual([]);
      expect(new Set(all().map(({ source }) => source))).toEqual(new Set([productId]));
    },
  );

  repeated(
    'is told of what a person was asked and said, though the topic took nothing meanwhile, each under one id; and no repair waited for that',
    async () => {
      const app = await startApp({
        world: orders([single('orders')]),
        wake: 'sweep',
        settings: { ...APPROVE, ...SETTINGS },
      });
      const { all, types } = await heard(app);
      app.cloud.faults.add({ route: 'POST https://*.eventgrid.azure.net/*', kind: 'timeout', rate: 1 });
      await loseOrders(app);
      await app.pass(NEXT_SWEEP);
      await approve(app, await askedPlan(app), 'approver');
      await ordersServes(app);
      await app.pass(A_WHILE);
      expect(types()).toEqual([]);
      expect(await waiting(app)).toBeGreaterThan(2);
      app.cloud.faults.clear();
      await app.until('it is told as healed', () => types().includes('Incident.Healed'), 3 * HOUR);
      await app.pass(A_WHILE);
      expect(await waiting(app)).toBe(0);
      for (const type of ['Opened', 'Asked', 'Approved', 'StepDone', 'Healed'])
        expect(types()).toContain(`Incident.${type}`);
      expect(types().filter((type) => type === 'Incident.Asked')).toHaveLength(1);
      expect(all().flatMap((event) => faultOfEvent(event) ?? [])).toEqual([]);
      expect(serves(app, 'orders')).toBe(true);
      expect((await ledgerOf(app, KEY)).verification.kind).toBe('intact');
    },
  );
});

import { describe, expect, it } from 'vitest';
import { DAY, MINUTE, SECOND, VAULT } from '../key-vault/vault-cloud.ts';
import { aSubscribedVault, NAME, NEW } from './grid.ts';

const attempts = (notifications: { at: number; headers: Record<string, unknown> }[]) =>
  notifications.map(({ at, headers }) => [at, headers['aeg-delivery-count']]);

describe('a delivery', () => {
  it('is an array with one event and the headers of Event Grid', async () => {
    const { world, receiver, advance } = await aSubscribedVault();
    world.keyVault.createKey(VAULT, 'cmk');
    await advance(0);
    expect(receiver.notifications()).toHaveLength(1);
    const [{ headers, events }] = receiver.notifications() as [ReturnType<typeof receiver.notifications>[number]];
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'aeg-event-type': 'Notification',
      'aeg-subscription-name': NAME.toUpperCase(),
      'aeg-delivery-count': '0',
      'aeg-data-version': '1',
      'aeg-metadata-version': '1',
    });
    expect(events.map(({ eventType }) => eventType)).toEqual([NEW]);
  });

  it('carries the static headers of its subscription', async () => {
    const headers = [{ name: 'x-secret', value: 'shared', isSecret: true }];
    const { world, receiver, advance } = await aSubscribedVault({ subscription: { headers } });
    world.keyVault.createKey(VAULT, 'cmk');
    await advance(0);
    expect(receiver.received.map(({ headers: sent }) => sent['x-secret'])).toEqual(['shared', 'shared']);
  });

  it('of a CloudEvent is the event alone, of a batch of them an array', async () => {
    const schema = 'CloudEventSchemaV1_0' as const;
    const one = await aSubscribedVault({ subscription: { schema } });
    one.world.keyVault.createKey(VAULT, 'cmk');
    await one.advance(0);
    expect(one.receiver.notifications()[0]?.headers['content-type']).toMatch('application/cloudevents+json');
    const many = await aSubscribedVault({ subscription: { schema, maxEventsPerBatch: 10 } });
    many.world.keyVault.createKey(VAULT, 'cmk');
    many.world.keyVault.createKey(VAULT, 'cmk');
    await many.advance(0);
    expect(many.receiver.notifications()[0]?.headers['content-type']).toMatch('application/cloudevents-batch+json');
    expect(many.receiver.events().map(({ type, specversion }) => [type, specversion])).toEqual([
      [NEW, '1.0'],
      [NEW, '1.0'],
    ]);
  });

  it('takes as many events as the subscription allows', async () => {
    const { world, receiver, advance } = await aSubscribedVault({ subscription: { maxEventsPerBatch: 3 } });
    for (let n = 0; n < 7; n++) world.keyVault.createKey(VAULT, `key-${n}`);
    await advance(0);
    expect(
      receiver
        .notifications()
        .map(({ events }) => events.length)
        .sort(),
    ).toEqual([1, 3, 3]);
    expect(new Set(receiver.events().map(({ subject }) => subject)).size).toBe(7);
  });

  it('that fails is repeated on the schedule, with its count, until the endpoint takes it', async () => {
    const notify = (n: number) => ({ status: n < 3 ? 500 : 202 });
    const { world, receiver, advance, later, pending, deadLetters } = await aSubscribedVault({ behaviour: { notify } });
    const start = later(0).getTime();
    world.keyVault.createKey(VAULT, 'cmk');
    await advance(DAY);
    expect(attempts(receiver.notifications())).toEqual([
      [start, '0'],
      [start + 10 * SECOND, '1'],
      [start + 40 * SECOND, '2'],
      [start + 100 * SECOND, '3'],
    ]);
    expect([pending(), deadLetters()]).toEqual([[], []]);
  });

  it('that is not answered within 30 seconds, or hung up on, is repeated', async () => {
    const notify = (n: number) => (['never', 'hang up', { status: 202 }] as const)[n] ?? { status: 500 };
    const { world, receiver, advance, later } = await aSubscribedVault({ behaviour: { notify } });
    const start = later(0).getTime();
    world.keyVault.createKey(VAULT, 'cmk');
    await advance(DAY);
    expect(attempts(receiver.notifications())).toEqual([
      [start, '0'],
      [start + 40 * SECOND, '1'],
      [start + 70 * SECOND, '2'],
    ]);
  });

  it.each([400, 401, 403, 413])('that is answered with %i is dead at once', async (status) => {
    const { world, receiver, advance, deadLetters } = await aSubscribedVault({
      behaviour: { notify: () => ({ status }) },
    });
    world.keyVault.createKey(VAULT, 'cmk');
    await advance(DAY);
    expect(receiver.notifications()).toHaveLength(1);
    expect(deadLetters()).toMatchObject([
      { deadLetterReason: 'NotRetriable', deliveryAttempts: 1, lastDeliveryOutcome: `${status}` },
    ]);
  });

  it('is given up after the attempts or the time that the subscription allows', async () => {
    const behaviour = { notify: () => ({ status: 500 }) };
    const few = await aSubscribedVault({ behaviour, subscription: { retryPolicy: { maxDeliveryAttempts: 2 } } });
    few.world.keyVault.createKey(VAULT, 'cmk');
    await few.advance(DAY);
    expect(few.deadLetters()).toMatchObject([{ deadLetterReason: 'MaxDeliveryAttemptsExceeded', deliveryAttempts: 2 }]);
    const short = await aSubscribedVault({ behaviour, subscription: { retryPolicy: { timeToLiveMinutes: 1 } } });
    short.world.keyVault.createKey(VAULT, 'cmk');
    await short.advance(DAY);
    expect(short.deadLetters()).toMatchObject([{ deadLetterReason: 'TimeToLiveExceeded', deliveryAttempts: 3 }]);
  });

  it('begins as late as the world says', async () => {
    const { world, receiver, advance } = await aSubscribedVault({ switches: { eventDelaySeconds: 120 } });
    world.keyVault.createKey(VAULT, 'cmk');
    await advance(2 * MINUTE - 1);
    expect(receiver.events()).toEqual([]);
    await advance(1);
    expect(receiver.events()).toHaveLength(1);
  });
});

describe('at least once and in no order', () => {
  /** The arrived events with their times. Events of one instant come over different sockets, so their order is not fixed. */
  const arrivals = async (switches: { duplicateRate?: number; reorderRate?: number }, seed: number) => {
    const { world, receiver, advance } = await aSubscribedVault({ switches, seed });
    for (let n = 0; n < 20; n++) world.keyVault.createKey(VAULT, `key-${n}`);
    await advance(2 * MINUTE);
    return receiver
      .notifications()
      .flatMap(({ at, events }) => events.map(({ subject }) => ({ at, name: String(subject) })));
  };
  const made = Array.from({ length: 20 }, (_, n) => `key-${n}`);
  const namesOf = (arrived: Awaited<ReturnType<typeof arrivals>>) => arrived.map(({ name }) => name).sort();

  it('means that some events come twice', async () => {
    const arrived = await arrivals({ duplicateRate: 0.5 }, 1);
    expect(new Set(namesOf(arrived))).toEqual(new Set(made));
    expect(arrived.length).toBeGreaterThan(22);
    expect(arrived.length).toBeLessThan(40);
  });

  it('means that some events are overtaken, and which they are follows from the seed', async () => {
    const overtaken = (list: Awaited<ReturnType<typeof arrivals>>) =>
      list
        .filter(({ at, name }) => list.some((other) => other.at < at && made.indexOf(other.name) > made.indexOf(name)))
        .map(({ name }) => name)
        .sort();
    const arrived = await arrivals({ reorderRate: 0.5 }, 1);
    expect(namesOf(arrived)).toEqual([...made].sort());
    expect(overtaken(arrived)).not.toEqual([]);
    expect(overtaken(await arrivals({ reorderRate: 0.5 }, 1))).toEqual(overtaken(arrived));
    expect(overtaken(await arrivals({ reorderRate: 0.5 }, 2))).not.toEqual(overtaken(arrived));
  });
});

import { TableClient } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import type { Notice } from '../../src/notifications/notice.ts';
import { useAzurite } from '../builders/azurite.ts';

const NOW = new Date('2026-03-02T00:00:00Z');
const later = (minutes: number): string => new Date(NOW.getTime() + minutes * 60_000).toISOString();
const notice = { keyId: 'https://kv.vault.azure.net/keys/cmk', verdict: 'ask', sentences: ['Somebody is asked.'] };
const waits = (at: string, dueAt: string) => ({ message: { ...notice, at }, at, tries: 1, dueAt });

const storage = useAzurite();

describe('A message that waits', () => {
  it('is kept once, found when it is due, oldest first, and counted with the age of the oldest', async () => {
    const { waitingNotices } = storage.newStore();
    expect(await waitingNotices.count()).toEqual({ count: 0 });
    for (const at of [later(2), later(0), later(0), later(1)]) await waitingNotices.keep(waits(at, later(5)));
    await waitingNotices.keep(waits(later(3), later(9)));
    expect(await waitingNotices.due(later(4), 10)).toEqual([]);
    expect((await waitingNotices.due(later(5), 2)).map(({ at }) => at)).toEqual([later(0), later(1)]);
    expect(await waitingNotices.count()).toEqual({ count: 4, oldestAt: later(0) });
  });

  it('says when it is sent again all that it said at first', async () => {
    const { waitingNotices } = storage.newStore();
    const known = { ...notice, at: later(0), incident: 'i', planId: 'p' };
    const whole = { ...known, change: 'CHG0012345', letGo: ['orders'] } satisfies Required<
      Omit<Notice, 'causes' | 'over' | 'about'>
    >;
    await waitingNotices.keep({ message: whole, at: later(0), tries: 1, dueAt: later(1) });
    expect((await waitingNotices.due(later(1), 10)).map(({ message }) => message)).toEqual([whole]);
  });

  it('is sent by one, though two read it, and is gone when it was taken', async () => {
    const { waitingNotices } = storage.newStore();
    await waitingNotices.keep(waits(later(0), later(1)));
    const [one] = await waitingNotices.due(later(1), 10);
    if (!one) throw new Error('It is not due');
    const next = { tries: 2, dueAt: later(3) };
    expect([await waitingNotices.claim(one, next), await waitingNotices.claim(one, next)]).toEqual([true, false]);
    expect(await waitingNotices.due(later(2), 10)).toEqual([]);
    expect(await waitingNotices.due(later(3), 10)).toMatchObject([{ message: { ...notice, at: later(0) }, tries: 2 }]);
    await waitingNotices.remove(one);
    await waitingNotices.remove(one);
    expect(await waitingNotices.count()).toEqual({ count: 0 });
  });

  it('in a row that makes no sense stands in the way of no other, and is taken away', async () => {
    const store = storage.newStore();
    await store.waitingNotices.keep(waits(later(1), later(1)));
    const table = TableClient.fromConnectionString(storage.connectionString(), `${storage.prefixOf(store)}notices`, {
      allowInsecureConnection: true,
    });
    await table.createEntity({
      partitionKey: 'waiting',
      rowKey: `${later(0)}:x`,
      dueAt: later(0),
      json0: '{"keyId":1',
    });
    expect(await store.waitingNotices.due(later(1), 10)).toHaveLength(1);
    expect(await store.waitingNotices.count()).toMatchObject({ count: 1 });
  });
});

const VAULT = 'vaultDeleted /subscriptions/s/vaults/kv';

describe('A root cause', () => {
  it('is told by one of the keys that suffer from it, each verdict once, and anew after an hour', async () => {
    const { toldCauses } = storage.newStore();
    const claim = (verdict: string, keyId: string, minutes = 0) =>
      toldCauses.claim(VAULT, verdict, keyId, new Date(later(minutes)));
    expect(await claim('run', 'one')).toBe(true);
    expect(await claim('run', 'two', 1)).toBe(false);
    expect(await claim('run', 'one', 2)).toBe(true);
    expect(await claim('report', 'two', 2)).toBe(true);
    expect(await claim('run', 'two', 61)).toBe(false);
    expect(await claim('run', 'two', 63)).toBe(true);
    expect(await claim('run', 'one', 64)).toBe(false);
  });

  it('is told by one though all find it at the same instant', async () => {
    const { toldCauses } = storage.newStore();
    const keys = Array.from({ length: 12 }, (_, at) => `key-${at}`);
    const claims = await Promise.all(keys.map((keyId) => toldCauses.claim(VAULT, 'run', keyId, NOW)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('is over with the last key that suffered from it, and told anew when it comes back', async () => {
    const { toldCauses } = storage.newStore();
    await toldCauses.join(VAULT, { keyId: 'one' });
    await toldCauses.join(VAULT, { keyId: 'two', planId: 'p' });
    await toldCauses.claim(VAULT, 'run', 'one', NOW);
    expect(await toldCauses.sufferers(VAULT)).toEqual(
      expect.arrayContaining([{ keyId: 'one' }, { keyId: 'two', planId: 'p' }]),
    );
    expect(await toldCauses.leave(VAULT, 'one')).toBe(false);
    expect(await toldCauses.leave(VAULT, 'two')).toBe(true);
    expect(await toldCauses.sufferers(VAULT)).toEqual([]);
    expect(await toldCauses.claim(VAULT, 'run', 'two', NOW)).toBe(true);
  });
});

describe('A reminder', () => {
  it('takes the place of one of the same cause, and is found when it is due', async () => {
    const { reminders } = storage.newStore();
    const reminder = { causes: [VAULT], askedAt: later(0), repeated: 0, dueAt: later(60), sentences: ['a'] };
    await reminders.put(reminder);
    await reminders.put({ ...reminder, repeated: 1, dueAt: later(70) });
    expect(await reminders.due(later(60), 10)).toEqual([]);
    const [due] = await reminders.due(later(70), 10);
    expect(due).toMatchObject({ repeated: 1 });
    await reminders.remove(reminder);
    expect(await reminders.due(later(70), 10)).toEqual([]);
  });

  it('in rows that make no sense stands in the way of no other, and is taken away', async () => {
    const store = storage.newStore();
    const reminder = { causes: [VAULT], askedAt: later(0), repeated: 0, dueAt: later(60), sentences: ['a'] };
    await store.reminders.put(reminder);
    const table = TableClient.fromConnectionString(storage.connectionString(), `${storage.prefixOf(store)}notices`, {
      allowInsecureConnection: true,
    });
    for (const rowKey of ['!1', '!2'])
      await table.createEntity({ partitionKey: 'reminder', rowKey, dueAt: later(0), json0: '{' });
    expect(await store.reminders.due(later(60), 2)).toEqual([]);
    expect(await store.reminders.due(later(60), 2)).toEqual([reminder]);
  });
});

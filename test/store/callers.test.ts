import { TableClient } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import { useAzurite } from '../builders/azurite.ts';

const HOUR = 3_600_000;
const BEGAN = Date.parse('2026-03-02T00:00:00Z');
const at = (ms: number): string => new Date(BEGAN + ms).toISOString();

describe('the workers that call Azure', () => {
  const storage = useAzurite();

  it('are known by when each last said so', async () => {
    const { callers } = storage.newStore(() => BEGAN);
    expect(await callers.list()).toEqual([]);
    await callers.say({ id: 'one', at: at(0) });
    await callers.say({ id: 'two', at: at(0) });
    await callers.say({ id: 'one', at: at(5_000) });
    expect(await callers.list()).toEqual([
      { id: 'one', at: at(5_000) },
      { id: 'two', at: at(0) },
    ]);
  });

  it('are forgotten an hour after they have gone, and what somebody wrote of another time, or of none, is forgotten at once', async () => {
    const clock = { now: BEGAN };
    const { callers } = storage.newStore(() => clock.now);
    await callers.say({ id: 'one', at: at(0) });
    await callers.say({ id: 'in a year', at: at(365 * 24 * HOUR) });
    await callers.say({ id: 'never', at: 'never' });
    expect((await callers.list()).map(({ id }) => id)).toEqual(['one']);
    clock.now += HOUR;
    expect(await callers.list()).toEqual([]);
    clock.now -= HOUR;
    expect(await callers.list()).toEqual([]);
  });

  it('take one call to read, however many somebody has written, and are not hidden by those', async () => {
    const store = storage.newStore(() => BEGAN);
    await store.callers.say({ id: 'one', at: at(0) });
    const table = TableClient.fromConnectionString(storage.connectionString(), `${storage.prefixOf(store)}records`, {
      allowInsecureConnection: true,
    });
    for (let from = 0; from < 1_100; from += 100)
      await table.submitTransaction(
        Array.from({ length: 100 }, (_, n) => [
          'create',
          { partitionKey: 'callers', rowKey: `forged-${from + n}`, at: at(-HOUR / 2) },
        ]),
      );
    const listed = await store.callers.list();
    expect(listed).toHaveLength(1_000);
    expect(new Set(listed.map((one) => one.at))).toEqual(new Set([at(0)]));
  });
});

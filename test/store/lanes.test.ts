import { TableClient } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import { EACH_MINUTE, TRIALS } from '../../src/remediation/protocol/pace.ts';
import { useAzurite } from '../builders/azurite.ts';

const MINUTE = 60_000;
const KIND = 'extendKeyExpiry';

describe('the lanes of repairs', () => {
  const storage = useAzurite();

  /** A store on a clock that the test moves. */
  const lanesAt = () => {
    const clock = { now: Date.parse('2026-01-01T00:00:00.000Z') };
    const store = storage.newStore(() => clock.now);
    const enter = (n: number) =>
      store.lanes.enter(
        KIND,
        { id: `step-${n}`, key: `key-${n}` },
        new Date(Date.parse('2026-01-02T00:00:00.000Z') + n).toISOString(),
      );
    const all = (from: number, to: number) =>
      Promise.all(Array.from({ length: to - from }, (_, at) => enter(from + at).then(({ kind }) => kind)));
    return { clock, store, enter, all };
  };

  it('are shared by all instances, which ask at the same moment', async () => {
    const { clock, store, all } = lanesAt();
    expect(new Set(await all(0, 30))).toEqual(new Set(['waiting']));
    clock.now += MINUTE;
    const trials = await all(0, 30);
    expect(trials.filter((kind) => kind === 'admitted')).toHaveLength(TRIALS);
    const open = await Promise.all(Array.from({ length: 30 }, (_, n) => store.lanes.openTrials(KIND, `key-${n}`)));
    expect(open.flat()).toHaveLength(TRIALS);
    await store.lanes.seenWell(KIND, open.flat());
    clock.now += MINUTE + 1;
    const rest = Array.from({ length: 30 }, (_, n) => n).filter((n) => open[n]?.length === 0);
    const [first = 0] = rest;
    expect((await all(first, first + 20)).filter((kind) => kind === 'admitted')).toHaveLength(EACH_MINUTE);
  });

  it('let the nearest deadline begin first, whoever asks first', async () => {
    const { clock, enter, all } = lanesAt();
    await all(0, 8);
    clock.now += MINUTE;
    expect((await enter(7)).kind).toBe('waiting');
    expect((await enter(0)).kind).toBe('admitted');
  });

  it('try another in the place of one that failed', async () => {
    const { clock, store, enter, all } = lanesAt();
    await all(0, 6);
    clock.now += MINUTE;
    await all(0, 5);
    expect((await enter(5)).kind).toBe('waiting');
    await store.lanes.failed(KIND, 'step-2');
    expect((await enter(5)).kind).toBe('admitted');
  });

  it('begin anew where the row cannot be read, and hold one kind of repair for no other', async () => {
    const { clock, store, enter, all } = lanesAt();
    await all(0, 5);
    clock.now += MINUTE;
    expect((await enter(0)).kind).toBe('admitted');
    const table = TableClient.fromConnectionString(storage.connectionString(), `${storage.prefixOf(store)}leases`, {
      allowInsecureConnection: true,
    });
    await table.updateEntity({ partitionKey: `lane-${KIND}`, rowKey: '0', json0: '{' }, 'Replace');
    expect((await enter(1)).kind).toBe('waiting');
    const other = { id: 'step', key: 'key' };
    expect((await store.lanes.enter('revalidateConsumer', other, new Date(0).toISOString())).kind).toBe('waiting');
    clock.now += MINUTE;
    expect((await enter(1)).kind).toBe('admitted');
    expect((await store.lanes.enter('revalidateConsumer', other, new Date(0).toISOString())).kind).toBe('admitted');
  });

  it('forget the places of those who died while they waited', async () => {
    const { clock, store, enter } = lanesAt();
    await enter(0);
    await enter(1);
    clock.now += 2 * 60 * MINUTE;
    await enter(2);
    clock.now += MINUTE;
    expect((await enter(2)).kind).toBe('admitted');
    const table = TableClient.fromConnectionString(storage.connectionString(), `${storage.prefixOf(store)}leases`, {
      allowInsecureConnection: true,
    });
    const rows: unknown[] = [];
    for await (const { rowKey } of table.listEntities()) rows.push(rowKey);
    expect(rows).toEqual(['0']);
  });
});

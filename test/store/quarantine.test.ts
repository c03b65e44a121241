import { describe, expect, it } from 'vitest';
import { connect } from '../../src/store/connection.ts';
import { MOST_HELD, openQuarantine } from '../../src/store/quarantine.ts';
import { openTable, type Row, type Table } from '../../src/store/table.ts';
import { BOUNDS } from '../../src/web/read-body.ts';
import { ownPrefix, useAzurite } from '../builders/azurite.ts';

const alertAt = (second: number, text = '{}') => ({
  at: new Date(second * 1_000).toISOString(),
  why: 'it is not understood',
  schema: 'unknown',
  state: 'none',
  text,
});
const name = (n: number): string => n.toString(16).padStart(40, '0');

describe('the quarantine of alerts', () => {
  const storage = useAzurite();

  it('keeps each text once, newest first, until it is released', async () => {
    const { quarantine } = storage.newStore();
    expect(await quarantine.list()).toEqual([]);
    await quarantine.hold(name(1), alertAt(1));
    await quarantine.hold(name(2), alertAt(2));
    await quarantine.hold(name(1), alertAt(3));
    const { text: _, ...shown } = alertAt(3);
    expect(await quarantine.list()).toEqual([
      { id: name(1), ...shown, characters: 2, begins: '{}' },
      { id: name(2), ...shown, at: alertAt(2).at, characters: 2, begins: '{}' },
    ]);
    await quarantine.release(name(1));
    expect(await quarantine.get(name(1))).toBeUndefined();
    expect(await quarantine.get(name(2))).toEqual({ id: name(2), ...alertAt(2) });
    await quarantine.release(name(1));
  });

  it('keeps a text as long as one may be', async () => {
    const { quarantine } = storage.newStore();
    for (const signs of ['"\\', '\u0000\n', 'é', '😀']) {
      const long = alertAt(1, signs.repeat(BOUNDS.event.bytes / Buffer.byteLength(signs)));
      await quarantine.hold(name(1), long);
      expect(await quarantine.get(name(1))).toEqual({ id: name(1), ...long });
    }
  });

  it('lets one noisy sender flush nobody but itself, by its rule or by its reason', async () => {
    const { quarantine } = storage.newStore();
    const from = (second: number, of: { rule?: string; why?: string }) => ({ ...alertAt(second), ...of });
    await quarantine.hold(name(1), from(1, { rule: 'vault-deleted' }));
    await quarantine.hold(name(2), from(2, { why: 'it contradicts itself' }));
    await quarantine.hold(name(3), from(3, { why: 'it contradicts itself' }));
    for (let n = 10; n < 120; n++) await quarantine.hold(name(n), from(n, { rule: 'junk' }));
    const kept = (await quarantine.list()).map(({ id }) => id);
    expect(kept).toHaveLength(MOST_HELD);
    expect(kept.slice(-3)).toEqual([name(3), name(2), name(1)]);
    // A sender that gives each a rule of its own pushes out those of the same reason, and no others.
    for (let n = 200; n < 310; n++) await quarantine.hold(name(n), from(n, { rule: `junk ${n}` }));
    expect((await quarantine.list()).map(({ id }) => id).slice(-2)).toEqual([name(3), name(2)]);
  });

  it('reads for its list what that shows of each and no text, but for what an earlier version has held', async () => {
    const storageSettings = { kind: 'connectionString', connectionString: storage.connectionString() } as const;
    const table = openTable(connect(storageSettings), `${ownPrefix()}quarantine`);
    const read: (readonly string[])[] = [];
    const watched: Table = {
      ...table,
      query: async function* (filter, columns) {
        for await (const row of table.query(filter, columns)) {
          read.push(Object.keys(row).filter((name) => !/^(odata|etag|timestamp|partitionKey|rowKey)/.test(name)));
          yield row;
        }
      },
    };
    const quarantine = openQuarantine(watched);
    await quarantine.hold(name(1), alertAt(1, 'x'.repeat(20_000)));
    await quarantine.hold(name(2), alertAt(2));
    const earlier = await table.get('alerts', name(2));
    if (!earlier) throw new Error('it is not kept');
    const { listed: _, ...before } = earlier;
    await table.write({ kind: 'put', row: before as Row });
    read.length = 0;
    expect(await quarantine.list()).toMatchObject([
      { id: name(2), characters: 2, begins: '{}' },
      { id: name(1), characters: 20_000, begins: 'x'.repeat(500) },
    ]);
    expect(new Set(read.flat())).toEqual(new Set(['listed']));
  });

  it('says how many went', async () => {
    const { quarantine } = storage.newStore();
    for (let n = 0; n < MOST_HELD; n++) expect(await quarantine.hold(name(n), alertAt(n))).toBe(0);
    expect(await quarantine.hold(name(999), alertAt(999))).toBe(1);
  });

  it('never keeps more than it may: the oldest go first', async () => {
    const { quarantine } = storage.newStore();
    for (let n = 0; n < MOST_HELD + 3; n++) await quarantine.hold(name(n), alertAt(n));
    const kept = await quarantine.list();
    expect(kept.length).toBe(MOST_HELD);
    expect([kept[0]?.id, kept.at(-1)?.id]).toEqual([name(MOST_HELD + 2), name(3)]);
  });
});

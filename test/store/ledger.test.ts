import { TableClient } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import { enteredIn, provenIn } from '../../src/remediation/protocol/believe.ts';
import { emptyChain, type LedgerEntry } from '../../src/remediation/protocol/ledger.ts';
import type { Ledger } from '../../src/store/ledger.ts';
import { rowKeyOf } from '../../src/store/row-key.ts';
import { useAzurite } from '../builders/azurite.ts';
import { cut, enter } from '../builders/tampering.ts';

const chain = 'https://vault.vault.azure.net/keys/one';

const entry = (id: string): LedgerEntry => ({
  id,
  at: '2026-01-01T00:00:00Z',
  kind: 'seen',
  detail: { consumer: 'Straße' },
  correlationIds: ['c'],
});

const verify = async (ledger: Ledger, of: string) => (await ledger.audit(of)).verification;

describe('the ledger', () => {
  const storage = useAzurite();

  it('keeps entries in the order of their appends', async () => {
    const { ledger } = storage.newStore();
    const head = await ledger.append(chain, emptyChain, [entry('a'), entry('b')]);
    expect(await ledger.append(chain, head, [entry('c')])).toEqual(await ledger.head(chain));
    expect((await ledger.audit(chain)).rows.map(({ seq, id }) => `${seq} ${id}`)).toEqual(['1 a', '2 b', '3 c']);
    expect((await ledger.recent(chain, 2)).map(({ id }) => id)).toEqual(['b', 'c']);
  });

  it('is read from its end back to a row, or whole where there is no such row', async () => {
    const { ledger } = storage.newStore();
    await ledger.append(chain, emptyChain, ['a', 'b', 'c', 'd'].map(entry));
    const backTo = async (id: string) => (await ledger.readBackTo(chain, (row) => row.id === id)).map((row) => row.id);
    expect([await backTo('d'), await backTo('b'), await backTo('none')]).toEqual([
      ['d'],
      ['b', 'c', 'd'],
      ['a', 'b', 'c', 'd'],
    ]);
  });

  it('enters an entry once, however often its append runs', async () => {
    const { ledger } = storage.newStore();
    const began = await ledger.head(chain);
    await ledger.append(chain, began, [entry('a')]);
    await ledger.append(chain, began, [entry('b')]);
    const again = await ledger.append(chain, began, [entry('a')]);
    expect(again.seq).toBe(2);
    expect((await ledger.audit(chain)).rows.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('stays whole under writers that append at once', async () => {
    const { ledger } = storage.newStore();
    const writers = ['a', 'b', 'c', 'd', 'e'];
    await Promise.all(writers.map((name) => ledger.append(chain, emptyChain, [entry(`${name}1`), entry(`${name}2`)])));
    expect(await verify(ledger, chain)).toMatchObject({ kind: 'intact', head: { seq: 10 } });
    const ids = (await ledger.audit(chain)).rows.map(({ id }) => id);
    expect(new Set(ids).size).toBe(10);
    for (const name of writers) expect(ids.indexOf(`${name}2`)).toBe(ids.indexOf(`${name}1`) + 1);
  });

  it('keeps chains apart', async () => {
    const { ledger } = storage.newStore();
    await ledger.append(chain, emptyChain, [entry('a')]);
    expect(await ledger.head('product')).toEqual(emptyChain);
    expect(await verify(ledger, 'product')).toEqual({ kind: 'intact', head: emptyChain });
  });

  it.each([
    ['changed', (json: string) => json.replace('Straße', 'Strasse'), 'Row 2 was changed after it was written.'],
    ['destroyed', (json: string) => json.slice(5), 'Row 2 does not link to the row before it.'],
  ])('shows a row that was %s in the table', async (_what, tamper, fault) => {
    const store = storage.newStore();
    await store.ledger.append(chain, emptyChain, [entry('a'), entry('b'), entry('c')]);
    const name = `${storage.prefixOf(store)}ledger`;
    const options = { allowInsecureConnection: true };
    const table = TableClient.fromConnectionString(storage.connectionString(), name, options);
    const [partitionKey, rowKey] = [rowKeyOf(chain), '9999999997'];
    const { json0 } = await table.getEntity<{ json0: string }>(partitionKey, rowKey);
    await table.updateEntity({ partitionKey, rowKey, json0: tamper(json0) }, 'Merge');
    expect(await verify(store.ledger, chain)).toEqual({ kind: 'broken', seq: 2, fault });
  });

  it('names rows that were cut off, where a decision may rest on one of them', async () => {
    const store = storage.newStore();
    await store.ledger.append(chain, emptyChain, [entry('a'), { ...entry('b'), kind: 'baseline' }]);
    const tables = { connectionString: storage.connectionString(), prefix: storage.prefixOf(store) };
    await cut(tables, chain, [2]);
    const cutOff = 'Rows were cut off: an anchor knows row 2, and the chain ends with row 1.';
    expect(await verify(store.ledger, chain)).toEqual({ kind: 'broken', seq: 2, fault: cutOff });
    await cut(tables, chain, [1]);
    expect(await store.ledger.believe(chain)).toMatchObject({
      kind: 'broken',
      fault: expect.stringMatching(/is gone/),
    });
  });

  it('gives no anchor to a row that somebody else has entered under the id of the own', async () => {
    const store = storage.newStore();
    const own: LedgerEntry = { ...entry('a'), kind: 'baseline' };
    await store.ledger.append(chain, emptyChain, [entry('0')]);
    const tables = { connectionString: storage.connectionString(), prefix: storage.prefixOf(store) };
    const before = await store.ledger.head(chain);
    await enter(tables, chain, [{ ...own, detail: { forged: true } }]);
    await store.ledger.append(chain, before, [own]);
    const believed = await store.ledger.believe(chain);
    expect(enteredIn(believed).map(({ id }) => id)).toEqual(['0', 'a']);
    expect(provenIn(believed)).toEqual([]);
  });

  it('gives the anchors of an append that died before it, when it is run again', async () => {
    const store = storage.newStore();
    await store.ledger.append(chain, emptyChain, [entry('0')]);
    const before = await store.ledger.head(chain);
    const tables = { connectionString: storage.connectionString(), prefix: storage.prefixOf(store) };
    const own: LedgerEntry = { ...entry('a'), kind: 'baseline' };
    await enter(tables, chain, [own]);
    expect(provenIn(await store.ledger.believe(chain))).toEqual([]);
    await store.ledger.append(chain, before, [own]);
    expect(provenIn(await store.ledger.believe(chain)).map(({ id }) => id)).toEqual(['a']);
  });

  it('is read from its last checkpoint on, and makes none true that is not directly behind what it was made of', async () => {
    const store = storage.newStore();
    const checkpoint = (id: string): LedgerEntry => ({ ...entry(id), kind: 'checkpoint', detail: { kept: [] } });
    const began = await store.ledger.append(chain, emptyChain, [entry('a'), { ...entry('b'), kind: 'baseline' }]);
    await store.ledger.append(chain, began, [checkpoint('c'), entry('d')]);
    expect(await store.ledger.believe(chain)).toMatchObject({ kind: 'whole', fresh: 2, head: { seq: 4 } });
    await store.ledger.append(chain, began, [checkpoint('late'), entry('e')]);
    expect((await store.ledger.audit(chain)).rows.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await verify(store.ledger, chain)).toMatchObject({ kind: 'intact', head: { seq: 5 } });
  });

  it('is read whole when it is longer than one answer of the service', async () => {
    const { ledger } = storage.newStore();
    let head = emptyChain;
    for (let batch = 0; batch < 11; batch++) {
      const entries = Array.from({ length: 100 }, (_, index) => entry(`${batch}-${index}`));
      head = await ledger.append(chain, head, entries);
    }
    expect(await verify(ledger, chain)).toMatchObject({ kind: 'intact', head: { seq: 1100 } });
  });
});

describe('evidence', () => {
  const storage = useAzurite();

  it('is found by the hash of its canonical text, whoever put it', async () => {
    const { evidence } = storage.newStore();
    const hash = await evidence.put({ b: 1, a: [2] });
    expect(await evidence.put({ a: [2], b: 1 })).toBe(hash);
    expect(await evidence.get(hash)).toEqual({ a: [2], b: 1 });
  });

  it('is undefined where there is none', async () => {
    expect(await storage.newStore().evidence.get('0'.repeat(64))).toBeUndefined();
  });
});

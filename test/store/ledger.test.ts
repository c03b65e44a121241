import { TableClient } from '@azure/data-tables';
import { describe, expect, it } from '@jest/globals';
import { emptyChain, type LedgerEntry } from '../../src/remediation/protocol/ledger.ts';
import { rowKeyOf } from '../../src/store/row-key.ts';
import { useAzurite } from '../builders/azurite.ts';

const chain = 'https://vault.vault.azure.net/keys/one';

const entry = (id: string): LedgerEntry => ({
  id,
  at: '2026-01-01T00:00:00Z',
  kind: 'seen',
  detail: { consumer: 'Straße' },
  correlationIds: ['c'],
});

describe('the ledger', () => {
  const storage = useAzurite();

  it('keeps entries in the order of their appends', async () => {
    const { ledger } = storage.newStore();
    const head = await ledger.append(chain, emptyChain, [entry('a'), entry('b')]);
    expect(await ledger.append(chain, head, [entry('c')])).toEqual(await ledger.head(chain));
    expect((await ledger.read(chain)).map(({ seq, id }) => `${seq} ${id}`)).toEqual(['1 a', '2 b', '3 c']);
    expect((await ledger.read(chain, head)).map(({ id }) => id)).toEqual(['c']);
    expect((await ledger.recent(chain, 2)).map(({ id }) => id)).toEqual(['b', 'c']);
  });

  it('enters an entry once, however often its append runs', async () => {
    const { ledger } = storage.newStore();
    const began = await ledger.head(chain);
    await ledger.append(chain, began, [entry('a')]);
    await ledger.append(chain, began, [entry('b')]);
    const again = await ledger.append(chain, began, [entry('a')]);
    expect(again.seq).toBe(2);
    expect((await ledger.read(chain)).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('stays whole under writers that append at once', async () => {
    const { ledger } = storage.newStore();
    const writers = ['a', 'b', 'c', 'd', 'e'];
    await Promise.all(writers.map((name) => ledger.append(chain, emptyChain, [entry(`${name}1`), entry(`${name}2`)])));
    expect(await ledger.verify(chain)).toMatchObject({ kind: 'intact', head: { seq: 10 } });
    const ids = (await ledger.read(chain)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(10);
    for (const name of writers) expect(ids.indexOf(`${name}2`)).toBe(ids.indexOf(`${name}1`) + 1);
  });

  it('keeps chains apart', async () => {
    const { ledger } = storage.newStore();
    await ledger.append(chain, emptyChain, [entry('a')]);
    expect(await ledger.head('product')).toEqual(emptyChain);
    expect(await ledger.verify('product')).toEqual({ kind: 'intact', head: emptyChain });
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
    expect(await store.ledger.verify(chain)).toEqual({ kind: 'broken', seq: 2, fault });
  });

  it('is read whole when it is longer than one answer of the service', async () => {
    const { ledger } = storage.newStore();
    let head = emptyChain;
    for (let batch = 0; batch < 11; batch++) {
      const entries = Array.from({ length: 100 }, (_, index) => entry(`${batch}-${index}`));
      head = await ledger.append(chain, head, entries);
    }
    expect(await ledger.verify(chain)).toMatchObject({ kind: 'intact', head: { seq: 1100 } });
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

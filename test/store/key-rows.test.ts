import { describe, expect, it } from 'vitest';
import { connect } from '../../src/store/connection.ts';
import { openConsumerIndex } from '../../src/store/consumer-index.ts';
import { openKeyRows } from '../../src/store/key-rows.ts';
import { rowKeyOf } from '../../src/store/row-key.ts';
import { openTable, type StoredRow, type Table } from '../../src/store/table.ts';
import { ownPrefix, useAzurite } from '../builders/azurite.ts';
import { aSingleServer } from '../builders/observation.ts';

const key = 'https://vault.vault.azure.net/keys/one';

describe('the row of a key', () => {
  const { newStore, connectionString } = useAzurite();

  /** Rows of keys in a table of their own, and the calls to it by their names. */
  const tracedKeys = () => {
    const calls: string[] = [];
    const storage = { kind: 'connectionString', connectionString: connectionString() } as const;
    const plain = openTable(connect(storage), `${ownPrefix()}keys`);
    const follow =
      (name: string, call: (...args: never[]) => unknown) =>
      (...args: never[]) => {
        calls.push(name);
        return call(...args);
      };
    const table = Object.fromEntries(
      Object.entries(plain).map(([name, call]) => [name, follow(name, call)]),
    ) as unknown as Table;
    return { table, calls, keyRows: openKeyRows(table) };
  };

  it('counts wake-ups that come at once', async () => {
    const { keyRows } = newStore();
    const raised = await Promise.all(Array.from({ length: 8 }, () => keyRows.raise(key)));
    expect(raised.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect((await keyRows.read(key)).row).toEqual({ keyId: key, wanted: 8, assessed: 0 });
  });

  it('is raised with what was asked in vain forgotten, and everything else that is known of its users as it was', async () => {
    const { consumerIndex, keyRows } = newStore();
    const inVain = { since: '2026-03-02T00:00:00.000Z', at: '2026-03-02T00:10:00.000Z' };
    await consumerIndex.change(key, () => [aSingleServer('orders')]);
    await consumerIndex.setSeen(key, { cost: 3, inVain });
    const before = (await keyRows.read(key)).consumers;
    expect(before?.inVain).toEqual(inVain);
    await keyRows.raise(key);
    expect((await keyRows.read(key)).consumers).toEqual(before);
    expect(await keyRows.raiseAnew(key)).toEqual({ number: 2, assessed: 0, generation: 0 });
    const { consumers, row } = await keyRows.read(key);
    expect(row.wanted).toBe(2);
    expect(consumers).toEqual({ ...before, inVain: undefined });
  });

  it.each([
    ['of a key that nobody knows', [], 0],
    ['of a key whose users can be asked', ['orders'], 1],
  ])('is raised anew with two calls: %s', async (_what, users, raised) => {
    const traced = tracedKeys();
    if (users.length > 0)
      await openConsumerIndex(traced.table).change(key, () => users.map((name) => aSingleServer(name)));
    for (let n = 0; n < raised; n++) await traced.keyRows.raise(key);
    traced.calls.length = 0;
    expect(await traced.keyRows.raiseAnew(key)).toMatchObject({ number: raised + 1 });
    expect(traced.calls).toEqual(['all', 'write']);
  });

  it('counts wake-ups that forget and wake-ups that do not, all at once', async () => {
    const { keyRows } = newStore();
    const raised = await Promise.all(
      Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? keyRows.raise(key) : keyRows.raiseAnew(key))),
    );
    expect(raised.map(({ number }) => number).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('tells a wake-up what was assessed before it', async () => {
    const { keyRows } = newStore();
    const { number } = await keyRows.raise(key);
    await keyRows.settle(key, number);
    expect(await keyRows.raise(key)).toEqual({ number: 2, assessed: 1, generation: 0 });
  });

  it('remembers how many instances were given up, once for all who do so, whatever else becomes of it', async () => {
    const { keyRows } = newStore();
    await keyRows.raise(key);
    expect(await Promise.all([keyRows.giveUp(key, 0), keyRows.giveUp(key, 0)])).toEqual([1, 1]);
    expect(await keyRows.giveUp(key, 0)).toBe(1);
    expect(await keyRows.raise(key)).toMatchObject({ number: 2, generation: 1 });
    await keyRows.settle(key, 2);
    expect((await keyRows.read(key)).row).toMatchObject({ assessed: 2, generation: 1 });
  });

  it('is settled by the state that the assess read', async () => {
    const { keyRows } = newStore();
    await keyRows.raise(key);
    const { row, rowTag } = await keyRows.read(key);
    expect(await keyRows.settle(key, row.wanted, rowTag)).toBe(true);
    expect((await keyRows.read(key)).row).toEqual({ keyId: key, wanted: 1, assessed: 1 });
  });

  it('is not settled when a wake-up came since', async () => {
    const { keyRows } = newStore();
    await keyRows.raise(key);
    const { row, rowTag } = await keyRows.read(key);
    await keyRows.raise(key);
    expect(await keyRows.settle(key, row.wanted, rowTag)).toBe(false);
    expect((await keyRows.read(key)).row).toEqual({ keyId: key, wanted: 2, assessed: 0 });
  });

  it('is settled again by an activity that runs twice', async () => {
    const { keyRows } = newStore();
    await keyRows.raise(key);
    const { rowTag } = await keyRows.read(key);
    await keyRows.settle(key, 1, rowTag);
    expect(await keyRows.settle(key, 1, rowTag)).toBe(true);
  });

  it('is empty for a key that nobody knows', async () => {
    const state = await newStore().keyRows.read(key);
    expect(state.row).toEqual({ keyId: key, wanted: 0, assessed: 0 });
    expect(state.rowTag).toBeUndefined();
  });

  it('is listed among the unsettled while a wake-up was not assessed, or an incident is open, and once', async () => {
    const { keyRows, incidents } = newStore();
    const unsettled = async () => (await Array.fromAsync(keyRows.listUnsettled())).map(({ keyId }) => keyId);
    const verdict = { at: '2026-01-01T00:00:00.000Z', decision: { kind: 'run' } as never, fingerprint: '' };
    const opened = { id: 'one', openedAt: verdict.at };
    await keyRows.raise(key);
    await incidents.record(key, { verdict, opened });
    await incidents.record('https://vault.vault.azure.net/keys/two', { verdict });
    expect(await unsettled()).toEqual([key]);
    await keyRows.settle(key, 1);
    expect(await unsettled()).toEqual([key]);
    await incidents.record(key, { verdict, closed: { ...opened, closedAt: verdict.at } });
    expect(await unsettled()).toEqual([]);
    await keyRows.raise(key);
    expect(await unsettled()).toEqual([key]);
  });

  it('is found by what people requested of it', async () => {
    const { keyRows, records } = newStore();
    const request = { step: 'enableKey', target: key, by: 'ann', at: '2026-01-01T00:00:00.000Z' };
    await keyRows.raise('https://vault.vault.azure.net/keys/two');
    await records.request(key, request);
    expect(await Array.fromAsync(keyRows.listRequests())).toEqual([{ keyId: key, request }]);
  });

  it('is found by a plan that is asked', async () => {
    const { keyRows, incidents } = newStore();
    const ask = (planId: string) => ({
      verdict: { at: '2026-01-01T00:00:00.000Z', decision: { kind: 'ask' } as never, fingerprint: '' },
      asked: { planId, incident: 'one', at: '2026-01-01T00:00:00.000Z', stepIds: [], steps: [] },
    });
    await incidents.record(key, ask('a'));
    await incidents.record('https://vault.vault.azure.net/keys/two', ask('b'));
    const found = await Array.fromAsync(keyRows.listAsked('a'));
    expect(found.map(({ keyId, asked }) => [keyId, asked.map(({ planId }) => planId)])).toEqual([[key, ['a']]]);
    expect(await Array.fromAsync(keyRows.listAsked('c'))).toEqual([]);
  });

  it('is in exactly one part of the table, wherever that is cut', async () => {
    const { keyRows, consumerIndex } = newStore();
    const ids = Array.from({ length: 20 }, (_, n) => `https://vault.vault.azure.net/keys/key-${n}`);
    for (const id of ids) await consumerIndex.change(id, () => [aSingleServer()]);
    const parts = [
      { from: '00000000', to: '55555555' },
      { from: '55555555', to: 'c' },
      { from: 'c', to: 'g' },
    ];
    const listed = await Promise.all(parts.map((part) => Array.fromAsync(keyRows.list(part))));
    const pinned = await Promise.all(parts.map((part) => Array.fromAsync(keyRows.listPinned(part))));
    for (const found of [listed, pinned]) {
      expect(found.every(({ length }) => length < 20)).toBe(true);
      expect(
        found
          .flat()
          .map(({ keyId, consumers }) => [keyId, consumers?.consumers.length])
          .sort(),
      ).toEqual(ids.map((id) => [id, 1]).sort());
    }
  });

  it('has another tag after each write to what a probe reads of it, and to nothing else', async () => {
    const { keyRows, consumerIndex, incidents } = newStore();
    const whole = { from: '0', to: 'g' };
    const tagNow = async () => (await Array.fromAsync(keyRows.listPinnedTags(whole)))[0]?.tag;
    const record = (fingerprint: string) =>
      incidents.record(key, {
        verdict: { at: '2026-01-01T00:00:00.000Z', decision: { kind: 'healthy' } as never, fingerprint },
      });
    await record('a');
    expect(await tagNow()).toBeUndefined();
    const tags = [];
    for (const write of [
      () => consumerIndex.change(key, () => [aSingleServer()]),
      () => consumerIndex.setSeen(key, { cost: 8 }),
      () => record('b'),
      () => consumerIndex.change(key, (known) => [...known, aSingleServer('another')]),
      () => consumerIndex.change(key, () => [aSingleServer('another')]),
    ]) {
      await write();
      tags.push(await tagNow());
    }
    expect(new Set(tags).size).toBe(5);
    await keyRows.raise(key);
    expect(await tagNow()).toBe(tags.at(-1));
    expect(await Array.fromAsync(keyRows.listPinnedTags(whole))).toEqual([{ row: rowKeyOf(key), tag: tags.at(-1) }]);
    expect(await Array.fromAsync(keyRows.listPinned(whole, (row) => row !== rowKeyOf(key)))).toEqual([]);
    expect(await Array.fromAsync(keyRows.listPinned(whole, (row) => row === rowKeyOf(key)))).toHaveLength(1);
  });

  it('has no tag where storage does not say when a row was written', async () => {
    const { table, keyRows } = tracedKeys();
    await openConsumerIndex(table).change(key, () => [aSingleServer()]);
    const whole = { from: '0', to: 'g' };
    expect(await Array.fromAsync(keyRows.listPinnedTags(whole))).toEqual([
      { row: rowKeyOf(key), tag: expect.any(String) },
    ]);
    const silent: Table = {
      ...table,
      query: async function* (filter, columns) {
        for await (const { etag: _etag, ...row } of table.query(filter, columns)) yield row as StoredRow;
      },
    };
    expect(await Array.fromAsync(openKeyRows(silent).listPinnedTags(whole))).toEqual([{ row: rowKeyOf(key) }]);
  });

  it('names its baseline apart from its consumers and its verdict, which a probe reads each minute', async () => {
    const { keyRows, consumerIndex, incidents } = newStore();
    await consumerIndex.change(key, () => [aSingleServer()]);
    const verdict = { at: '2026-01-01T00:00:00.000Z', decision: { kind: 'healthy' } as never, fingerprint: 'a' };
    await incidents.record(key, { verdict, baseline: { vault: {}, consumers: [] } });
    const whole = { from: '0', to: 'g' };
    const [pinned] = await Array.fromAsync(keyRows.listPinned(whole));
    expect([pinned?.verdict?.fingerprint, pinned?.consumers?.consumers.length]).toEqual(['a', 1]);
    expect(pinned).toMatchObject({ baseline: undefined });
    const [kept] = await Array.fromAsync(keyRows.listBaselines(whole));
    expect([kept?.keyId, kept?.baseline]).toEqual([key, { vault: {}, consumers: [] }]);
    expect(await Array.fromAsync(keyRows.listBaselines({ from: '0', to: '0' }))).toEqual([]);
  });

  it('says what reading the pinned versions costs, which a change of consumers leaves as it is', async () => {
    const { keyRows, consumerIndex } = newStore();
    await consumerIndex.setSeen(key, { cost: 8 });
    expect(await Array.fromAsync(keyRows.listUsed())).toEqual([]);
    await consumerIndex.change(key, () => [aSingleServer()]);
    expect(await Array.fromAsync(keyRows.listUsed())).toEqual([{ keyId: key, row: rowKeyOf(key) }]);
    await consumerIndex.setSeen(key, { cost: 8 });
    await consumerIndex.change(key, (known) => [...known, aSingleServer()]);
    expect(await Array.fromAsync(keyRows.listUsed())).toEqual([{ keyId: key, row: rowKeyOf(key), cost: 8 }]);
  });

  it('says of no key that it costs more than a key can, whatever somebody has written into its row', async () => {
    const { keyRows, consumerIndex } = newStore();
    await consumerIndex.change(key, () => [aSingleServer()]);
    const read = async (cost: number) => {
      await consumerIndex.setSeen(key, { cost });
      return (await Array.fromAsync(keyRows.listUsed()))[0]?.cost;
    };
    // A sweep and a probe take as long as the quota of the costliest vault demands: one such row would stop them for years.
    expect(await read(1e15)).toBe(100_000);
    expect(await read(-1e15)).toBeUndefined();
    expect(await read(0)).toBeUndefined();
  });

  it('is listed once for every key, with all that is kept of it', async () => {
    const { keyRows, consumerIndex, baselines } = newStore();
    const consumers = [aSingleServer()];
    await keyRows.raise(key);
    await baselines.write(key, { principal: 'p' });
    await consumerIndex.change('https://vault.vault.azure.net/keys/two', () => consumers);
    const listed = new Map<string, unknown>();
    for await (const { keyId, row, consumers: known, baseline } of keyRows.list())
      listed.set(keyId, { wanted: row.wanted, consumers: known?.consumers, baseline });
    expect(Object.fromEntries(listed)).toEqual({
      [key]: { wanted: 1, consumers: undefined, baseline: { principal: 'p' } },
      'https://vault.vault.azure.net/keys/two': { wanted: 0, consumers, baseline: undefined },
    });
  });
});

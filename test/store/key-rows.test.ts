import { describe, expect, it } from '@jest/globals';
import { useAzurite } from '../builders/azurite.ts';
import { aSingleServer } from '../builders/observation.ts';

const key = 'https://vault.vault.azure.net/keys/one';

describe('the row of a key', () => {
  const { newStore } = useAzurite();

  it('counts wake-ups that come at once', async () => {
    const { keyRows } = newStore();
    const raised = await Promise.all(Array.from({ length: 8 }, () => keyRows.raise(key)));
    expect(raised.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect((await keyRows.read(key)).row).toEqual({ keyId: key, wanted: 8, assessed: 0 });
  });

  it('tells a wake-up what was assessed before it', async () => {
    const { keyRows } = newStore();
    const { number } = await keyRows.raise(key);
    await keyRows.settle(key, number);
    expect(await keyRows.raise(key)).toEqual({ number: 2, assessed: 1 });
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

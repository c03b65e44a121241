import { describe, expect, it } from 'vitest';
import { runStorage } from '../run/ground.ts';
import { useAzurite } from './azurite.ts';
import { storageRequests } from './storage-requests.ts';

describe('what an app has in the storage of a run', () => {
  const storage = useAzurite();
  const requests = storageRequests(runStorage());

  const storeWithRows = async (): Promise<string> => {
    const store = storage.newStore();
    await store.beats.beat('sweep', '2026-03-02T00:00:00Z');
    await store.evidence.put({ seen: 'something' });
    return storage.prefixOf(store);
  };

  it('is read, and goes with it, and nothing that another has', async () => {
    const [one, other] = [await storeWithRows(), await storeWithRows()];
    const kept = async (prefix: string): Promise<readonly string[]> => [
      ...(await requests.tables(prefix)).flatMap(({ rows }) => rows.map(({ RowKey }) => String(RowKey))),
      ...(await requests.blobs(prefix)).map(({ bytes }) => bytes.toString()),
    ];
    expect(await kept(one)).toEqual(['sweep', '{"seen":"something"}']);
    await requests.drop(one);
    expect(await kept(one)).toEqual([]);
    expect(await kept(other)).toEqual(['sweep', '{"seen":"something"}']);
  });
});

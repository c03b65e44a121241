import { describe, expect, it } from 'vitest';
import { deleteOldDocuments } from '../../../src/loop/posture/delete-old-documents.ts';
import type { Store } from '../../../src/store/store.ts';
import { useAzurite } from '../../builders/azurite.ts';

const storage = useAzurite();
const AT = '2026-03-02T00:00:00.000Z';

const publish = async ({ postureDocuments, postureReports }: Store, lines: string): Promise<void> => {
  const none = await postureDocuments.put([]);
  const parts = [{ lines, coverage: none, tally: none }];
  await postureReports.publish({ startedAt: AT, finishedAt: AT, parts, tally: {}, unreadable: [] });
};

describe('Before a posture report is made', () => {
  it('the parts of the last one stay, and those of older ones are deleted', async () => {
    const store = storage.newStore();
    const [older, last, listing] = await Promise.all(
      ['older', 'last', 'listing'].map((line) => store.postureDocuments.put([line])),
    );
    await publish(store, older ?? '');
    await publish(store, last ?? '');
    await deleteOldDocuments({ store });
    expect(await store.postureDocuments.get(last ?? '')).toEqual(['last']);
    expect(await store.postureDocuments.get(older ?? '')).toBeUndefined();
    expect(await store.postureDocuments.get(listing ?? '')).toBeUndefined();
    // The last report has its own copy of the documents that both reports share.
    expect(await store.postureDocuments.get(await store.postureDocuments.put([]))).toEqual([]);
  });

  it('the evidence of the ledger stays, whatever a report names', async () => {
    const store = storage.newStore();
    const seen = await store.evidence.put({ seen: true });
    await publish(store, await store.postureDocuments.put(['last']));
    await deleteOldDocuments({ store });
    expect(await store.evidence.get(seen)).toEqual({ seen: true });
  });

  it('nothing is deleted while none was published, and it does not matter that there is nothing yet', async () => {
    const store = storage.newStore();
    await deleteOldDocuments({ store });
    const listing = await store.postureDocuments.put(['listing']);
    await deleteOldDocuments({ store });
    expect(await store.postureDocuments.get(listing)).toEqual(['listing']);
  });
});

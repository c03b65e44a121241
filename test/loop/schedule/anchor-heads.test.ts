import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openHeadAnchors } from '../../../src/loop/schedule/anchor-heads.ts';
import { emptyChain } from '../../../src/remediation/protocol/ledger.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { anEntry, CHAIN } from '../../builders/chain.ts';
import { HOUR, MINUTE } from '../../builders/durations.ts';
import { NOW } from '../../builders/observation.ts';
import { cut } from '../../builders/tampering.ts';

beforeAll(() => {
  vi.useFakeTimers({
    now: NOW,
    toNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'queueMicrotask'],
  });
});
afterAll(() => {
  vi.useRealTimers();
});

describe('The head of a chain that grows', () => {
  const storage = useAzurite();

  it('gets its anchor once an hour, so that what no decision rests on cannot be cut off either', async () => {
    const store = storage.newStore();
    await store.keyRows.raise(CHAIN);
    const anchorHeads = openHeadAnchors({ store });
    const first = await store.ledger.append(CHAIN, emptyChain, [anEntry('a')]);
    await anchorHeads();
    await store.ledger.append(CHAIN, first, [anEntry('b')]);
    vi.setSystemTime(NOW.getTime() + 59 * MINUTE);
    await anchorHeads();
    expect(await store.anchors.all(CHAIN)).toEqual([{ ...first, kind: 'head' }]);
    vi.setSystemTime(NOW.getTime() + HOUR);
    await anchorHeads();
    expect((await store.anchors.all(CHAIN)).map(({ seq }) => seq)).toEqual([2, 1]);

    await cut({ connectionString: storage.connectionString(), prefix: storage.prefixOf(store) }, CHAIN, [2]);
    vi.setSystemTime(NOW.getTime() + 2 * HOUR);
    await anchorHeads();
    expect((await store.ledger.audit(CHAIN)).verification).toMatchObject({ kind: 'broken', seq: 2 });
    expect(await store.anchors.all(CHAIN)).toHaveLength(2);
  });
});

import { describe, expect, it } from 'vitest';
import { forgetUnused, isForgettable } from '../../../src/loop/memory/forget-unused.ts';
import type { ConsumerFacts } from '../../../src/remediation/model/facts.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import type { KeyState } from '../../../src/store/key-state.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { aSingleServer } from '../../builders/observation.ts';

const ORDERS = aSingleServer('orders');
const KEY = keyId(ORDERS.pinned.key);
const AT = '2026-03-02T00:00:00.000Z';
const minutesOn = (minutes: number): Date => new Date(Date.parse(AT) + minutes * 60_000);

const known = (consumers: readonly ConsumerFacts[]) => ({ at: AT, consumers });

const unused: KeyState = {
  keyId: KEY,
  row: { keyId: KEY, wanted: 3, assessed: 3 },
  rowTag: 'tag',
  verdict: { at: AT, decision: { kind: 'unseen', findings: [], plan: { id: '', steps: [] } } } as never,
  consumers: known([]),
  incident: undefined,
  asked: [],
  approvals: [],
  rejections: [],
  requests: [],
  attempts: [],
  baseline: undefined,
  failing: undefined,
  wayChangedAt: undefined,
  unreadable: [],
};

const KEPT: Readonly<Record<string, Partial<KeyState>>> = {
  'is used': { consumers: known([ORDERS]) },
  'was seen well': { baseline: {} },
  'has an open incident': { incident: {} as never },
  'cannot be assessed': { failing: { since: AT, at: AT, times: 3, why: '' } },
  'is asked about': { asked: [{}] as never },
  'was approved': { approvals: [{}] as never },
  'was rejected': { rejections: [{}] as never },
  'was requested by somebody': { requests: [{}] as never },
  'was repaired': { attempts: [{}] as never },
  'has a row that cannot be understood': { unreadable: ['now:verdict'] },
  'has waited for a way to it': { wayChangedAt: AT },
  'bears a do-not-heal mark': { consumers: { ...known([]), marked: ['key'] } as never },
  'waits to be assessed': { row: { keyId: KEY, wanted: 4, assessed: 3 } },
  'was never assessed': { verdict: undefined },
  'had an instance that was replaced': { row: { keyId: KEY, wanted: 3, assessed: 3, generation: 1 } },
};

describe('A key that nobody uses, and that was never seen well', () => {
  const { newStore } = useAzurite();

  it('is forgotten an hour after the last that happened to it, and no sooner', () => {
    expect([59, 60].map((minutes) => isForgettable(unused, minutesOn(minutes)))).toEqual([false, true]);
    const lately = { ...unused, consumers: { ...known([]), at: minutesOn(30).toISOString() } };
    expect([60, 90].map((minutes) => isForgettable(lately, minutesOn(minutes)))).toEqual([false, true]);
  });

  it.each(Object.keys(KEPT))('is kept where it %s', (why) => {
    expect(isForgettable({ ...unused, ...KEPT[why] }, minutesOn(10_000))).toBe(false);
  });

  it('leaves no row, and the next wake-up of its name begins anew', async () => {
    const store = newStore();
    await store.consumerIndex.change(KEY, () => [ORDERS]);
    await store.consumerIndex.change(KEY, () => []);
    await store.keyRows.forget(KEY, () => false);
    expect(await Array.fromAsync(store.keyRows.list())).toHaveLength(1);
    await store.keyRows.forget(KEY, () => true);
    expect(await Array.fromAsync(store.keyRows.list())).toEqual([]);
    expect(await store.keyRows.raise(KEY)).toMatchObject({ number: 1, assessed: 0 });
  });

  it('is kept where it is woken while it is to be forgotten', async () => {
    const store = newStore();
    await store.keyRows.raise(KEY);
    await forgetUnused({ store }, [unused]);
    const [state] = await Array.fromAsync(store.keyRows.list());
    expect(state?.row).toMatchObject({ wanted: 1, assessed: 0 });
  });
});

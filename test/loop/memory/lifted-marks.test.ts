import { describe, expect, it } from 'vitest';
import { liftedMarkEntry, marksMeant, withLiftedMarks } from '../../../src/loop/memory/lifted-marks.ts';
import { PRODUCT_CHAIN } from '../../../src/loop/record.ts';
import type { Known } from '../../../src/remediation/model/known.ts';
import { emptyChain } from '../../../src/remediation/protocol/ledger.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { aBaseline } from '../../builders/baseline.ts';
import { aSingleServer, aVersion, inDays, kidOf, V1, V2 } from '../../builders/observation.ts';
import { policyIn } from '../../builders/policy.ts';

const MARK = { 'cmk-guardian:do-not-heal': 'the customer left' };
const baseline = { ...aBaseline([aSingleServer()]), tags: { [kidOf(V1)]: MARK, [kidOf(V2)]: { team: 'billing' } } };
const known: Known = { baseline, baselineAt: inDays(-2) };
const settings = { policy: policyIn('auto') } as never;
const unread = { versions: { [V1]: { kind: 'absent' } } } as const;

describe('A mark of the healthy state', () => {
  const storage = useAzurite();
  const left = async (liftedAt: string | undefined, versions: Parameters<typeof withLiftedMarks>[2] = unread) => {
    const store = storage.newStore();
    if (liftedAt !== undefined)
      await store.ledger.append(PRODUCT_CHAIN, emptyChain, [liftedMarkEntry(kidOf(V1), liftedAt)]);
    return Object.keys((await withLiftedMarks({ store, settings }, known, versions)).baseline?.tags ?? {});
  };

  it('counts until a person has taken it back, and again where it was there after that', async () => {
    expect(await left(undefined)).toEqual([kidOf(V1), kidOf(V2)]);
    expect(await left(inDays(-1))).toEqual([kidOf(V2)]);
    expect(await left(inDays(-3))).toEqual([kidOf(V1), kidOf(V2)]);
  });

  it('is not asked for where its version can be read, which speaks for itself', async () => {
    const read = { versions: { [V1]: { kind: 'present', value: aVersion(V1) } } } as const;
    expect(await left(inDays(-1), read)).toEqual([kidOf(V1), kidOf(V2)]);
  });

  it('is meant by its version, however that is spelt, and by nothing else', () => {
    const tag = 'cmk-guardian:do-not-heal';
    expect(marksMeant(baseline, kidOf(V1).toUpperCase().replace('HTTPS', 'https'), tag)).toEqual([kidOf(V1)]);
    expect(marksMeant(baseline, kidOf(V2), tag)).toEqual([]);
  });
});

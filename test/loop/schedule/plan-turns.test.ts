import { describe, expect, it } from 'vitest';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { planSweep, planTurns } from '../../../src/loop/schedule/plan-turns.ts';
import { type KeyRef, keyId } from '../../../src/remediation/model/key-ref.ts';
import { KEY } from '../../builders/observation.ts';

const PACE = { share: 0.2, periodMs: 60_000 };

/** One key in use, whose vault is located in this way. */
const located = (locateVaultsAtOnce: Guardian['azure']['locateVaultsAtOnce']): Guardian =>
  ({
    store: {
      keyRows: {
        async *listUsed() {
          yield { keyId: keyId(KEY), row: 'a0', cost: 1 };
        },
      },
    },
    azure: { locateVaultsAtOnce },
  }) as unknown as Guardian;

/** A thousand keys of one vault, of which lists show all but those whose name ends so. */
const listing = (read: RegExp): Guardian => {
  const keys = Array.from({ length: 1_000 }, (_, n) => ({ ...KEY, name: `cmk-${n}` }));
  return {
    store: {
      keyRows: {
        async *listUsed() {
          for (const [n, key] of keys.entries())
            yield { keyId: keyId(key), row: n.toString(16).padStart(8, '0'), cost: 1 };
        },
      },
    },
    azure: {
      locateVaultsAtOnce: async () => new Map(),
      foreseeLists: async (all: readonly KeyRef[]) => ({
        calls: 40,
        listed: all.filter(({ name }) => !read.test(name)),
      }),
    },
  } as unknown as Guardian;
};

describe('A plan of a sweep', () => {
  it('by lists has one turn, whose parts hold what nobody foresaw to the quotas', async () => {
    const { turns } = await planSweep(listing(/9$/), { share: 0.0375, periodMs: 0 });
    expect(turns).toHaveLength(1);
    expect(turns[0]?.ranges.map(({ beside, by }) => [beside, by])).toEqual(Array(5).fill([5, 'lists']));
  });

  it('has as many turns as the quotas need where lists spare nothing', async () => {
    const { turns } = await planSweep(listing(/./), { share: 0.0375, periodMs: 0 });
    expect(turns.length).toBeGreaterThan(5);
    expect(turns.flatMap(({ ranges }) => ranges.map(({ by }) => by))).not.toContain('lists');
  });
});

describe('A plan of reads', () => {
  it('is made without the places of vaults where Azure does not tell them', async () => {
    expect(
      (
        await planTurns(
          located(async () => new Map()),
          PACE,
        )
      ).turns,
    ).toHaveLength(1);
  });

  it('is not made where this product itself has failed: nobody would ever see that', async () => {
    const failing = located(() => Promise.reject(new TypeError('no such function')));
    await expect(planTurns(failing, PACE)).rejects.toThrow('no such function');
  });
});

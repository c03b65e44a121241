import { describe, expect, it } from 'vitest';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { planLooks, planSweep, planTurns } from '../../../src/loop/schedule/plan-turns.ts';
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

const foreseen = (read: RegExp) => async (all: readonly KeyRef[]) => ({
  calls: 40,
  listed: all.filter(({ name }) => !read.test(name)),
});

/** A thousand keys of one vault, of which lists show all but those whose name ends so. */
const listing = (read: RegExp): Guardian => watching(foreseen(read));

/** The same, of which lists show this. */
const watching = (foreseeLists: (all: readonly KeyRef[]) => Promise<unknown>): Guardian => {
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
      foreseeLists,
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

describe('A plan of a probe', () => {
  const PROBE = { share: 0.175, periodMs: 60_000 };
  const WINDOW = 10_000;

  /** The moment of each tenth key within its period, in ms. */
  const momentsOf = async (guardian: Guardian): Promise<readonly number[]> => {
    const { turns } = await planLooks(guardian, PROBE);
    return Array.from({ length: 100 }, (_, n) => {
      const row = (n * 10).toString(16).padStart(8, '0');
      const has = ({ from, to }: { readonly from: string; readonly to: string }) => from <= row && row < to;
      return turns.find(({ ranges }) => ranges.some(has))?.afterMs ?? Number.NaN;
    });
  };

  it('by lists has parts of five hundred keys, of which most are spared: a sweep has those of two hundred', async () => {
    const partsOf = ({ turns }: Awaited<ReturnType<typeof planLooks>>) => turns.flatMap(({ ranges }) => ranges);
    expect(partsOf(await planLooks(listing(/^none$/), PROBE))).toHaveLength(2);
    expect((await planSweep(listing(/^none$/), { share: 0.0375, periodMs: 0 })).turns[0]?.ranges).toHaveLength(5);
  });

  it('lets no key wait longer where the one before was by lists, and a worker that knows of none makes this one', async () => {
    const quotasNeed = (1_000 / 4_000) * (WINDOW / PROBE.share);
    const plans = await Promise.all([/^none$/, /[0-4]$/, /./].map((read) => momentsOf(listing(read))));
    for (const before of plans)
      for (const after of plans) {
        const later = after.map((moment, n) => moment - (before[n] ?? Number.NaN));
        expect(Math.max(...later)).toBeLessThanOrEqual(quotasNeed);
      }
  });

  it('is spread over the minute where lists are not allowed: each key is read at the same moment of it', async () => {
    const moments = await momentsOf(watching(async () => undefined));
    expect(new Set(moments).size).toBe(5);
    expect(Math.max(...moments)).toBe(48_000);
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

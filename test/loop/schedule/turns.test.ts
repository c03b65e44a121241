import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Load, listedTurnsOf, type Pace, turnsOf as plan } from '../../../src/loop/schedule/turns.ts';
import { sha256 } from '../../../src/remediation/model/canonical.ts';
import { runs } from '../../run/exhaustive.ts';

const MINUTE = 60_000;
const turnsOf = (loads: readonly Load[], pace: Pace) => plan(loads, pace).turns;
const PROBE = { share: 0.2, periodMs: MINUTE };

/** So many keys in vaults of this size, of so many subscriptions. Chance, or a hash, decides on the place of their rows. */
const loads = (
  keys: number,
  {
    perVault = 200,
    costs = [1],
    subscriptions = 1,
  }: { perVault?: number; costs?: number[]; subscriptions?: number } = {},
): readonly Load[] =>
  Array.from({ length: keys }, (_, n) => {
    const vault = Math.floor(n / perVault);
    const row = sha256(String(n));
    return {
      row,
      vault: `kv-${vault}`,
      subscription: `subscription-${vault % subscriptions}`,
      cost: costs[n % costs.length] ?? 1,
    };
  });

const isIn =
  ({ row }: Load) =>
  ({ from, to }: { readonly from: string; readonly to: string }): boolean =>
    from <= row && row < to;

/** The reads that each turn takes from each vault, or from each subscription. */
const takenBy = (turns: ReturnType<typeof turnsOf>, all: readonly Load[], of: 'vault' | 'subscription') =>
  turns.map(({ ranges }) => {
    const sums = new Map<string, number>();
    const [from, to] = [ranges[0]?.from ?? '', ranges.at(-1)?.to ?? ''];
    for (const load of all) if (isIn(load)({ from, to })) sums.set(load[of], (sums.get(load[of]) ?? 0) + load.cost);
    return sums;
  });

const WINDOW = 10_000;

/** The most reads within ten seconds from any one of them. */
const busiestWindow = (turns: ReturnType<typeof turnsOf>, taken: ReturnType<typeof takenBy>): number =>
  Math.max(
    ...turns.map(({ afterMs: begins }) => {
      const sums = new Map<string, number>();
      for (const [at, { afterMs }] of turns.entries())
        if (afterMs >= begins && afterMs < begins + WINDOW)
          for (const [name, sum] of taken[at] ?? []) sums.set(name, (sums.get(name) ?? 0) + sum);
      return Math.max(0, ...sums.values());
    }),
  );

/** A run, and the same again at once. */
const twice = ({ turns, lastsMs }: ReturnType<typeof plan>): ReturnType<typeof turnsOf> => [
  ...turns,
  ...turns.map(({ afterMs, ranges }) => ({ afterMs: afterMs + lastsMs, ranges })),
];

const shape = (turns: ReturnType<typeof turnsOf>) => ({
  turns: turns.length,
  ranges: turns.flatMap(({ ranges }) => ranges).length,
  lastAt: turns.at(-1)?.afterMs,
});

describe('keys are read', () => {
  it('at once where they are few', () => {
    expect(turnsOf(loads(200), PROBE)).toEqual([{ afterMs: 0, ranges: [{ from: '00000000', to: 'g' }] }]);
    expect(turnsOf([], PROBE)).toHaveLength(1);
  });

  it('in parts, spread over the minute', () => {
    expect(shape(turnsOf(loads(210), PROBE))).toEqual({ turns: 2, ranges: 2, lastAt: MINUTE / 2 });
    expect(shape(turnsOf(loads(10_000), PROBE))).toEqual({ turns: 12, ranges: 60, lastAt: 55_000 });
  });

  it('in more than a minute where one vault holds so many that its quota takes longer', () => {
    const turns = turnsOf(loads(10_000, { perVault: 10_000 }), PROBE);
    expect(shape(turns)).toEqual({ turns: 25, ranges: 50, lastAt: 120_000 });
  });

  it('as slowly as the cost of longer keys and those in an HSM demands', () => {
    expect(shape(turnsOf(loads(1_000, { perVault: 1_000, costs: [16] }), PROBE)).lastAt).toBe(195_000);
  });

  it('of several subscriptions as fast as of one', () => {
    const one = turnsOf(loads(40_000), PROBE);
    const five = turnsOf(loads(40_000, { subscriptions: 5 }), PROBE);
    expect([one, five].map((turns) => (turns.at(-1)?.afterMs ?? 0) > MINUTE)).toEqual([true, false]);
  });

  it('within the share of every quota, in any ten seconds, whatever kinds of keys chance puts side by side', () => {
    const estate = fc.record({
      keys: fc.integer({ min: 1, max: 800 }),
      perVault: fc.integer({ min: 1, max: 800 }),
      costs: fc.array(fc.constantFrom(1, 2, 4, 8, 16), { minLength: 1, maxLength: 5 }),
      subscriptions: fc.integer({ min: 1, max: 3 }),
      share: fc.constantFrom(0.05, 0.2, 1),
      above: fc.constantFrom(1, 1.5, 3),
      periodMs: fc.constantFrom(0, 20_000, MINUTE),
    });
    fc.assert(
      fc.property(estate, ({ keys, share, above, periodMs, ...more }) => {
        const all = loads(keys, more);
        const turns = twice(plan(all, { share, peak: share * above, periodMs }));
        for (const [of, quota] of [
          ['vault', 4_000],
          ['subscription', 20_000],
        ] as const)
          expect(busiestWindow(turns, takenBy(turns, all, of))).toBeLessThanOrEqual(quota * share * above + 1e-6);
      }),
      { numRuns: runs(30) },
    );
  });

  it('hardly later than the fullest vault demands, however many vaults have costly keys', () => {
    const all = loads(100_000, { subscriptions: 200 }).map((load) =>
      Number(load.vault.split('-')[1]) % 20 === 5 ? { ...load, cost: 16 } : load,
    );
    const leastMs = (200 * 16 * WINDOW) / (4_000 * 0.0375);
    const { lastsMs } = plan(all, { share: 0.0375, peak: 0.0375 * 1.5, periodMs: 0 });
    expect(lastsMs / leastMs).toBeLessThan(1.25);
  });

  it('of a few longer keys in an HSM not all at once: 250 of them are what a vault allows in ten seconds', () => {
    const all = loads(250, { perVault: 250, costs: [16] });
    const turns = turnsOf(all, { share: 0.05, periodMs: 0 });
    expect(turns.at(-1)?.afterMs).toBeGreaterThanOrEqual(190_000);
    expect(busiestWindow(turns, takenBy(turns, all, 'vault'))).toBeLessThanOrEqual(200);
  });

  it('each in exactly one range, whatever their number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000 }), fc.array(fc.stringMatching(/^[0-9a-f]{64}$/)), (keys, rows) => {
        const ranges = turnsOf(loads(keys), PROBE).flatMap((turn) => turn.ranges);
        for (const row of rows) expect(ranges.filter(({ from, to }) => from <= row && row < to)).toHaveLength(1);
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('keys are looked at by lists', () => {
  const all = (keys: number, perVault: number) => loads(keys, { perVault });
  const planned = (keys: number, perVault: number, toRead: number, calls: number) =>
    listedTurnsOf({ loads: all(keys, perVault), read: all(toRead, perVault), calls }, PROBE.share);

  it('in one turn, in which each vault is listed once, and those that lists do not answer for are read', () => {
    const turns = planned(10_000, 200, 100, 400);
    expect(turns?.turns).toHaveLength(1);
    expect(turns?.turns[0]?.ranges).toHaveLength(50);
    expect(turns?.lastsMs).toBe(WINDOW / 2);
  });

  it('in one turn also where a vault has the most costly keys: what no list spares waits in the worker', () => {
    const costly = loads(10_000, { costs: [16] });
    expect(listedTurnsOf({ loads: costly, read: [], calls: 400 }, PROBE.share)?.turns).toHaveLength(1);
  });

  it('in several where the foreseen reads need more time than a window of the quota', () => {
    const costly = loads(200, { costs: [16] });
    const turns = listedTurnsOf({ loads: loads(10_000), read: costly, calls: 400 }, PROBE.share)?.turns;
    expect(turns).toHaveLength(8);
  });

  it('by parts that use the ration of unforeseen reads at most once in any ten seconds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000, max: 10_000 }),
        fc.nat(400),
        fc.constantFrom(1, 4, 16),
        (keys, read, cost) => {
          const plan = listedTurnsOf(
            { loads: all(keys, 200), read: loads(read, { costs: [cost] }), calls: 1 },
            PROBE.share,
          );
          const turns = plan?.turns ?? [];
          const fractionOf = ({ ranges }: (typeof turns)[number]): number =>
            ranges.reduce((sum, { beside = 1 }) => sum + 1 / beside, 0);
          for (const { afterMs: begins } of turns) {
            const within = turns.filter(({ afterMs }) => afterMs >= begins && afterMs < begins + WINDOW);
            expect(within.reduce((sum, turn) => sum + fractionOf(turn), 0)).toBeLessThanOrEqual(1 + 1e-9);
          }
        },
      ),
      { numRuns: runs(50) },
    );
  });

  it('not at all where reading each takes no more calls', () => {
    expect(planned(100, 1, 0, 100)).toBeUndefined();
    expect(planned(10_000, 200, 9_700, 400)).toBeUndefined();
    expect(planned(0, 1, 0, 0)).toBeUndefined();
  });

  it('within the share of every quota, as far as lists answer, and every key once', () => {
    const estate = fc.record({
      keys: fc.integer({ min: 1, max: 30_000 }),
      perVault: fc.integer({ min: 1, max: 5_000 }),
      read: fc.integer({ min: 0, max: 30_000 }),
      share: fc.constantFrom(0.05, 0.2, 1),
    });
    fc.assert(
      fc.property(estate, ({ keys, perVault, read, share }) => {
        const some = all(Math.min(read, keys), perVault);
        const turns = listedTurnsOf({ loads: all(keys, perVault), read: some, calls: 1 }, share);
        if (turns === undefined) return;
        const ranges = turns.turns.flatMap((turn) => turn.ranges);
        expect([ranges[0]?.from, ranges.at(-1)?.to]).toEqual(['00000000', 'g']);
        const inWindow = (of: number): number => (of / turns.turns.length) * Math.min(2, turns.turns.length);
        expect(inWindow(some.length)).toBeLessThanOrEqual(20_000 * share);
        expect(inWindow(Math.min(some.length, perVault))).toBeLessThanOrEqual(4_000 * share);
      }),
      { numRuns: runs(500) },
    );
  });
});

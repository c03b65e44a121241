import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counts, Watched } from '../../bench/bill/counts.ts';
import { monthOf } from '../../bench/bill/month.ts';
import { assumedOf, costOf, readPrices } from '../../bench/bill/prices.ts';

const prices = readPrices();
const nothing: Counts = {
  keyVaultCalls: 0,
  resourceManagerCalls: 0,
  refusedCalls: 0,
  storageCalls: 0,
  executions: 0,
  durableExecutions: 0,
  activeMs: 0,
  processorMs: 0,
};
const watched = (probe: Partial<Counts>, sweep: Partial<Counts> = {}, keys = 100): Watched => ({
  shape: { keys, keysAVault: 200, subscriptions: 1 },
  sweep: { ...nothing, ...sweep },
  probe: { single: { ...nothing, ...probe } },
  detection: {},
});
const dollarsOf = (what: Watched, name: string): number | undefined =>
  monthOf(prices, what, 'single').lines.find((line) => line.name === name)?.dollars;

const amount = fc.integer({ min: 0, max: 1_000_000 });
const counts: fc.Arbitrary<Counts> = fc.record({
  keyVaultCalls: amount,
  resourceManagerCalls: amount,
  refusedCalls: amount,
  storageCalls: amount,
  executions: amount,
  durableExecutions: amount,
  activeMs: amount,
  processorMs: amount,
});

describe('A month of watching', () => {
  it('costs the calls of all its probes and sweeps', () => {
    // 43,800 minutes and 8,760 sweeps.
    expect(dollarsOf(watched({ keyVaultCalls: 100 }), 'keyVault')).toBeCloseTo(43_800 * 100 * 0.000003);
    expect(dollarsOf(watched({}, { keyVaultCalls: 100 }), 'keyVault')).toBeCloseTo(8_760 * 100 * 0.000003);
  });

  it('has the same reads of each version by lists however rare sweeps are: the probe makes those that no sweep makes', () => {
    const counted = { ...nothing, keyVaultCalls: 90, executions: 1_000 };
    const listed: Watched = {
      ...watched({}),
      probe: { single: nothing, dataPlaneList: nothing },
      sweeps: { dataPlaneList: counted },
    };
    const [often, rarely] = [5, 60].map((minutes) => monthOf(prices, listed, 'dataPlaneList', minutes).lines);
    const amountOf = (lines: typeof often, name: string) => lines?.find((line) => line.name === name)?.amount;
    expect(amountOf(rarely, 'keyVault')).toBe(amountOf(often, 'keyVault'));
    expect(amountOf(rarely, 'executions')).toBe((amountOf(often, 'executions') ?? 0) / 12);
    const reading = watched({}, counted);
    expect(monthOf(prices, reading, 'single', 60).lines[0]?.amount).toBe(730 * 90);
  });

  it('pays for memory while executions are at work', () => {
    const paid = dollarsOf(watched({ activeMs: 5_600, processorMs: 600, storageCalls: 60 }), 'memory');
    expect(paid).toBeCloseTo((43_800 * 5.6 * 2 - 100_000) * 0.000026);
  });

  it('costs nothing for what stays within the free grant', () => {
    expect(dollarsOf(watched({ executions: 5 }), 'executions')).toBe(0);
    expect(dollarsOf(watched({ executions: 6 }), 'executions')).toBeCloseTo((6 * 43_800 - 250_000) * 0.0000004);
  });

  it('is the sum of its lines; instances that are always ready are a line beside them', () => {
    const { lines, dollars, alwaysReady } = monthOf(prices, watched({ keyVaultCalls: 10 }), 'single');
    expect(dollars).toBeCloseTo(lines.reduce((sum, line) => sum + line.dollars, 0));
    expect(lines).not.toContainEqual(alwaysReady);
    expect(alwaysReady.dollars).toBeCloseTo(4 * 2 * 43_800 * 60 * 0.000004);
  });

  it('never costs less where more is done, and nothing is ever paid back', () => {
    fc.assert(
      fc.property(counts, counts, counts, (probe, more, sweep) => {
        const names = Object.keys(nothing) as (keyof Counts)[];
        const added = Object.fromEntries(names.map((name) => [name, probe[name] + more[name]]));
        const [one, other] = [watched(probe, sweep), watched(added, sweep)].map((each) =>
          monthOf(prices, each, 'single'),
        );
        for (const [at, line] of (one?.lines ?? []).entries()) {
          expect(line.dollars).toBeGreaterThanOrEqual(0);
          expect(other?.lines[at]?.dollars).toBeGreaterThanOrEqual(line.dollars);
        }
      }),
    );
  });

  it('costs in proportion to what is counted, but for the grants and what stands still', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 50 }), (probe, times) => {
        const dear = {
          ...prices,
          prices: Object.fromEntries(
            Object.entries(prices.prices).map(([name, { free: _, ...price }]) => [name, price]),
          ),
        };
        const many = Object.fromEntries(Object.entries(probe).map(([name, value]) => [name, value * times]));
        const of = (each: Partial<Counts>) => monthOf(dear, watched(each), 'single').lines;
        for (const name of ['keyVault', 'audit', 'executions', 'memory']) {
          const [one, other] = [of(probe), of(many)].map(
            (lines) => lines.find((line) => line.name === name)?.dollars ?? 0,
          );
          expect(other).toBeCloseTo((one ?? 0) * times, 4);
        }
      }),
    );
  });

  it('refuses a way to look that nobody has measured, and says which', () => {
    expect(() => monthOf(prices, watched({}), 'auto')).toThrow(/auto/);
  });
});

describe('A price', () => {
  it('that nobody has said is refused, with the file it belongs into', () => {
    expect(() => costOf(prices, 'confidentialLedger', 1)).toThrow(/confidentialLedger.*bench\/prices\.json/);
    expect(() => assumedOf(prices, 'phaseOfTheMoon')).toThrow(/phaseOfTheMoon.*bench\/prices\.json/);
  });

  it('of less than nothing, or of what is no number, is refused', () => {
    expect(() => costOf(prices, 'keyVaultOperation', -1)).toThrow(RangeError);
    expect(() => costOf(prices, 'keyVaultOperation', Number.NaN)).toThrow(RangeError);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counts } from '../../bench/bill/counts.ts';
import { FULL, keysAt, type Load, minuteMs, shareAt, workersFor } from '../../bench/bill/load.ts';

const counts = (processorMs: number): Counts => ({
  keyVaultCalls: 0,
  resourceManagerCalls: 0,
  refusedCalls: 0,
  storageCalls: 0,
  executions: 0,
  durableExecutions: 0,
  activeMs: 0,
  processorMs,
});

const MEASURED: readonly Load[] = [
  { keys: 100, share: 0.1 },
  { keys: 1_000, share: 0.4 },
  { keys: 10_000, share: 1.3 },
];

/** Sizes that grow, each with a share that grows. */
const growing = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0.01, max: 2, noNaN: true })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((steps) => {
    let largest: Load = { keys: 0, share: 0 };
    return steps.map(([keys, share]): Load => {
      largest = { keys: largest.keys + keys, share: largest.share + share };
      return largest;
    });
  });

describe('The load of a worker', () => {
  it('is a minute of the probe and its part of a sweep, which comes every five minutes', () => {
    expect(minuteMs({ sweep: counts(1_000), probe: { single: counts(300) } }, 'single')).toBe(500);
  });

  it('is not known for a way to look that was not measured', () => {
    expect(minuteMs({ sweep: counts(1_000), probe: {} }, 'single')).toBeNaN();
  });

  it('is as measured, on a line between two sizes, and for each key as at the largest beyond it', () => {
    const sizes = [50, 100, 550, 1_000, 10_000, 20_000];
    const shares = sizes.map((keys) => Number(shareAt(MEASURED, keys).toFixed(6)));
    expect(shares).toEqual([0.1, 0.1, 0.25, 0.4, 1.3, 2.6]);
  });

  it('fills a worker at the size at which it takes seven tenths of a core', () => {
    expect(Math.round(keysAt(MEASURED, FULL))).toBe(4_000);
    expect(Math.round(keysAt([{ keys: 1_000, share: 0.1 }], FULL))).toBe(7_000);
  });

  it('at the size that is said to take a share is that share', () => {
    fc.assert(
      fc.property(growing, fc.double({ min: 0.01, max: 20, noNaN: true }), (loads, share) => {
        fc.pre(share >= (loads[0]?.share ?? 0));
        expect(shareAt(loads, keysAt(loads, share))).toBeCloseTo(share, 6);
      }),
    );
  });

  it('is borne by as many workers as keep each below what is full, and by one at least', () => {
    expect([0, 0.7, 0.71, 1.4, 1.5].map(workersFor)).toEqual([1, 1, 2, 2, 3]);
  });

  it('of nothing that was measured is refused', () => {
    expect(() => shareAt([], 1)).toThrow(RangeError);
    expect(() => keysAt([], 1)).toThrow(RangeError);
  });
});

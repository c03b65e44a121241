import { describe, expect, it } from 'vitest';
import { averageOf, type Counts, without } from '../../bench/bill/counts.ts';

const counts = (each: number): Counts => ({
  keyVaultCalls: each,
  resourceManagerCalls: each,
  refusedCalls: each,
  storageCalls: each,
  executions: each,
  durableExecutions: each,
  activeMs: each,
  processorMs: each,
});

describe('Counts of a run', () => {
  it('are on average as many in each minute as in all of them together', () => {
    expect(averageOf([counts(8), counts(2), counts(2), counts(2)])).toEqual(counts(4));
    expect(averageOf([counts(7)])).toEqual(counts(7));
  });

  it('are whole numbers on average too', () => {
    expect(averageOf([counts(1), counts(2)])).toEqual(counts(2));
  });

  it('are never less than nothing without those of the minutes in it', () => {
    expect(without(counts(10), 2, counts(4))).toEqual(counts(2));
    expect(without(counts(10), 3, counts(4))).toEqual(counts(0));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byWrites, difference } from '../../bench/heal/difference.ts';

const calls = fc.array(fc.constantFrom('GET vault', 'GET server', 'PATCH version', 'PUT key'));
const sorted = (items: readonly string[]): readonly string[] => items.toSorted();

describe('the difference between what happened and the list', () => {
  it('is nothing where the same calls were made in another order', () => {
    const found = difference(['GET server', 'GET vault', 'GET server'], ['GET server', 'GET server', 'GET vault']);
    expect(found).toEqual({ excess: [], missing: [] });
  });

  it('names every call that was made once too often', () => {
    expect(difference(['GET vault', 'GET vault'], ['GET vault'])).toEqual({ excess: ['GET vault'], missing: [] });
  });

  it('turns what happened into the list when it is taken away and what is missing is added', () => {
    fc.assert(
      fc.property(calls, calls, (happened, list) => {
        const { excess, missing } = difference(happened, list);
        expect(sorted([...happened, ...missing])).toEqual(sorted([...list, ...excess]));
        expect(excess.filter((one) => missing.includes(one))).toEqual([]);
      }),
    );
  });

  it('misses a read right before a write even where a later one makes up the number', () => {
    const list = byWrites(['GET version', 'PATCH version', 'GET server']);
    const happened = byWrites(['PATCH version', 'GET version', 'GET server']);
    expect(difference(happened, list).missing).toEqual(['GET version  (before the first write)']);
  });
});

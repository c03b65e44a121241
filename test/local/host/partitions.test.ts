import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balanced, partitionOf } from '../../../local/host/crew/partitions.ts';

const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 8 });
const situations = fc.record({
  holders: fc.array(fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }), { minLength: 1, maxLength: 16 }),
  up: numbers,
});

describe('the partitions of a task hub', () => {
  it('are all held by workers that are up, nobody having two more than another', () => {
    fc.assert(
      fc.property(situations, ({ holders, up }) => {
        const after = balanced(holders, up);
        const loads = up.map((number) => after.filter((holder) => holder === number).length);
        expect(after).toHaveLength(holders.length);
        expect(after.every((holder) => holder !== undefined && up.includes(holder))).toBe(true);
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThan(2);
      }),
    );
  });

  it('stay where they are once they are balanced', () => {
    fc.assert(
      fc.property(situations, ({ holders, up }) => {
        const once = balanced(holders, up);
        expect(balanced(once, up)).toEqual(once);
      }),
    );
  });

  it('leave a worker only for one that has fewer', () => {
    fc.assert(
      fc.property(situations, ({ holders, up }) => {
        const after = balanced(holders, up);
        const load = (all: readonly (number | undefined)[], number: number) =>
          all.filter((one) => one === number).length;
        const givers = up.filter((number) => load(after, number) < load(holders, number));
        for (const giver of givers)
          expect(load(after, giver)).toBeGreaterThanOrEqual(Math.floor(holders.length / up.length));
      }),
    );
  });

  it('wait while nobody is up', () => {
    expect(balanced([1, 2, undefined], [])).toEqual([undefined, undefined, undefined]);
  });

  it('each get their instances by the hash that Azure Storage spreads them by', () => {
    // FNV-1a of 32 bits: of nothing 0x811c9dc5, of 'a' 0xe40c292c, of 'foobar' 0xbf9cf968 (the test vectors of its authors).
    expect(partitionOf('', 2 ** 32)).toBe(0x811c9dc5);
    expect(partitionOf('a', 2 ** 32)).toBe(0xe40c292c);
    expect(partitionOf('foobar', 2 ** 32)).toBe(0xbf9cf968);
  });
});

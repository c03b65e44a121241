import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withGoal, withoutGoal } from '../../bench/figure.ts';
import { asJson, asTable } from '../../bench/print-figures.ts';
import { spreadOf } from '../../bench/spread.ts';

const some = [
  { figure: withGoal('coldStart', 1.104, 'x empty app', 1.1), remark: '77 to 70 ms' },
  { figure: withGoal('healAzureCalls', 1, 'calls off the list', 0), remark: '20 on it\ntoo many: GET vault' },
  { figure: withoutGoal('healWallTime', 2.518, 'x script'), remark: '' },
];

describe('figures', () => {
  it('hold when they are at most their goal, as printed', () => {
    expect(withGoal('a', 1.1, 'x', 1.1).holds).toBe(true);
    expect(withGoal('a', 1.11, 'x', 1.1).holds).toBe(false);
  });

  it('are one line of JSON, with null for a goal that nobody set', () => {
    const line = asJson(some);
    expect(line).not.toContain('\n');
    expect(JSON.parse(line).figures).toEqual([
      { name: 'coldStart', value: 1.1, unit: 'x empty app', goal: 1.1, holds: true },
      { name: 'healAzureCalls', value: 1, unit: 'calls off the list', goal: 0, holds: false },
      { name: 'healWallTime', value: 2.52, unit: 'x script', goal: null, holds: null },
    ]);
  });

  it('say in a table what does not hold, and what was too much', () => {
    const table = asTable(some);
    expect(table).toMatch(/healAzureCalls +1 .*DOES NOT HOLD/);
    expect(table).toContain('too many: GET vault');
    expect(table).toMatch(/healWallTime +2.52 .*no goal/);
  });
});

describe('a spread', () => {
  it('has half of the measurements on each side of its median, whatever their order', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (measured) => {
        const { lower, median, upper } = spreadOf(measured);
        expect(lower).toBeLessThanOrEqual(median);
        expect(median).toBeLessThanOrEqual(upper);
        expect(measured.filter((one) => one < median).length).toBeLessThanOrEqual(measured.length / 2);
        expect(measured.filter((one) => one > median).length).toBeLessThanOrEqual(measured.length / 2);
      }),
    );
  });

  it('of nothing is refused', () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});

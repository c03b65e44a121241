import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figuresByCause, type IncidentFigures, spreadOf } from '../../../src/remediation/protocol/incident-figures.ts';
import { countedByWeek, mondayOf } from '../../../src/remediation/protocol/weeks.ts';

const took = (cause: string, toHeal?: number, toDetect?: number): IncidentFigures => ({
  cause,
  seconds: { ...(toDetect !== undefined && { toDetect }), ...(toHeal !== undefined && { toHeal }) },
  minutesDown: [],
  isRepaired: true,
});

describe('The spread of what was measured', () => {
  it('names values that there were, by the nearest rank', () => {
    expect(spreadOf([])).toBeUndefined();
    expect(spreadOf([7])).toEqual({ count: 1, p50: 7, p95: 7 });
    expect(spreadOf([40, 10, 30, 20])).toEqual({ count: 4, p50: 20, p95: 40 });
  });

  it('never has its middle above its slow end, and leaves at most a twentieth above that', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000), { minLength: 1 }), (values) => {
        const { count, p50, p95 } = spreadOf(values) ?? { count: 0, p50: 1, p95: 0 };
        expect(count).toBe(values.length);
        expect(p50).toBeLessThanOrEqual(p95);
        expect(values.filter((one) => one > p95).length).toBeLessThanOrEqual(values.length / 20);
      }),
    );
  });

  it('is told of each cause, the most frequent first, and of no cause that nobody knows', () => {
    const { cause: _none, ...nothingSeen } = took('none', 1);
    expect(
      figuresByCause([took('keyExpired', 60), took('keyDeleted', 90, 5), took('keyDeleted'), nothingSeen]),
    ).toEqual([
      {
        cause: 'keyDeleted',
        incidents: 2,
        toDetect: { count: 1, p50: 5, p95: 5 },
        toHeal: { count: 1, p50: 90, p95: 90 },
      },
      { cause: 'keyExpired', incidents: 1, toHeal: { count: 1, p50: 60, p95: 60 } },
    ]);
  });
});

describe('Weeks', () => {
  const at = (text: string): number => Date.parse(text);

  it('begin on Monday at midnight in UTC', () => {
    expect(mondayOf(at('2026-03-02T00:00:00Z'))).toBe(at('2026-03-02'));
    expect(mondayOf(at('2026-03-08T23:59:59Z'))).toBe(at('2026-03-02'));
    expect(mondayOf(at('1969-12-31T00:00:00Z'))).toBe(at('1969-12-29'));
  });

  it('are told from the first to the last, those with nothing too', () => {
    const opened = ['2026-03-01T10:00:00Z', '2026-03-10T10:00:00Z', '2026-03-11T10:00:00Z'];
    expect(countedByWeek(opened, at('2026-02-27'), at('2026-03-16'))).toEqual([
      { monday: '2026-02-23', opened: 1 },
      { monday: '2026-03-02', opened: 0 },
      { monday: '2026-03-09', opened: 2 },
    ]);
    expect(countedByWeek(opened, at('2026-03-09'), at('2026-03-09'))).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDuration, durationInWords, isDuration } from '../../../src/remediation/model/duration.ts';

const after = (from: string, duration: string): string => addDuration(new Date(from), duration).toISOString();

describe('A duration in words', () => {
  it.each([
    ['P1Y', 'one year'],
    ['P30D', '30 days'],
    ['P1Y6M', 'one year and 6 months'],
    ['P2W3DT1H30M5S', '2 weeks, 3 days, one hour, 30 minutes and 5 seconds'],
    ['P0D', 'P0D'],
    ['a year', 'a year'],
  ])('of %s is %s', (duration, words) => {
    expect(durationInWords(duration)).toBe(words);
  });
});

describe('A duration later', () => {
  it.each([
    ['2026-11-22T12:00:00Z', 'P30D', '2026-12-22T12:00:00.000Z'],
    ['2026-11-22T12:00:00Z', 'P1Y', '2027-11-22T12:00:00.000Z'],
    ['2026-11-22T12:00:00Z', 'P1Y2M3W4DT5H6M7S', '2028-02-16T17:06:07.000Z'],
    ['2026-11-22T12:00:00Z', 'PT90M', '2026-11-22T13:30:00.000Z'],
    ['2024-02-29T00:00:00Z', 'P1Y', '2025-02-28T00:00:00.000Z'],
    ['2026-01-31T00:00:00Z', 'P1M', '2026-02-28T00:00:00.000Z'],
    ['2026-12-31T00:00:00Z', 'P2M', '2027-02-28T00:00:00.000Z'],
  ])('than %s by %s is %s', (from, duration, expected) => {
    expect(after(from, duration)).toBe(expected);
  });
  it('is never earlier', () => {
    const part = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('2090-01-01'), noInvalidDate: true }),
        part,
        part,
        part,
        (from, y, m, d) => {
          expect(addDuration(from, `P${y}Y${m}M${d}D`).getTime()).toBeGreaterThanOrEqual(from.getTime());
        },
      ),
    );
  });
});

describe('What is no ISO 8601 duration of whole numbers', () => {
  it.each(['', 'P', 'PT', '30D', 'P30', 'P1.5Y', 'P-1D', '-P1D', 'P1D2Y', 'P1DT', 'p30d', 'P30D '])(
    '%j is refused',
    (text) => {
      expect(isDuration(text)).toBe(false);
      expect(() => after('2026-11-22T12:00:00Z', text)).toThrow(/is not an ISO 8601 duration; write it like P30D/);
    },
  );
});

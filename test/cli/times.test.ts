import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { about } from '../../cli/words/times.ts';

const NOW = Date.parse('2026-07-01T12:00:00.000Z');
const at = (ms: number): string => new Date(NOW + ms).toISOString();
const LENGTHS = { s: 1_000, min: 60_000, h: 3_600_000, day: 86_400_000, days: 86_400_000 } as const;

describe('How far a time is from now', () => {
  it('is minutes for a key that expired minutes ago, and no day less than none', () => {
    expect(about(at(-4 * 60_000), at(0))).toBe('4 min ago');
    expect(about(at(86_400_000), at(0))).toBe('in 1 day');
  });

  it('is told in the largest unit that fits, on its own side of now, and never below nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: -4e11, max: 4e11 }), (ms) => {
        const [, ahead, count = '', unit = 's', ago] =
          /^(in )?(\d+) (s|min|h|days?)( ago)?$/.exec(about(at(ms), at(0))) ?? [];
        expect([ahead !== undefined, ago !== undefined]).toEqual([ms >= 0, ms < 0]);
        const length = LENGTHS[unit as keyof typeof LENGTHS];
        expect(Math.abs(Number(count) * length - Math.abs(ms))).toBeLessThanOrEqual(Math.max(length, 500));
      }),
    );
  });
});

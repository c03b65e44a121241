import { describe, expect, it } from 'vitest';
import { isGivenUp, nextTry } from '../../src/notifications/pauses.ts';

const NOW = new Date('2026-03-02T00:00:00Z');
const minutes = (tries: number): number => (Date.parse(nextTry(tries, NOW)) - NOW.getTime()) / 60_000;

describe('A message that nobody takes', () => {
  it('is sent again with pauses that grow to an hour, some thirty times in a day', () => {
    const pauses = Array.from({ length: 40 }, (_, at) => minutes(at + 1));
    expect(pauses.slice(0, 9)).toEqual([1, 2, 4, 8, 15, 30, 60, 60, 60]);
    let at = NOW.getTime();
    let tries = 1;
    for (; !isGivenUp(NOW.toISOString(), new Date(at)); tries++) at = Date.parse(nextTry(tries, new Date(at)));
    expect(tries).toBeGreaterThan(25);
    expect(tries).toBeLessThan(35);
  });

  it('with a time that nobody can read is given up, not kept for ever', () => {
    expect(isGivenUp('yesterday', NOW)).toBe(true);
    expect(isGivenUp(NOW.toISOString(), NOW)).toBe(false);
  });
});

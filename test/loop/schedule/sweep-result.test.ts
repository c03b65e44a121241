import { expect, it } from 'vitest';
import { sweepResult } from '../../../src/loop/schedule/sweep-result.ts';

it('The result of a sweep names the first keys that were woken and counts the others, however many strangers made', () => {
  const woken = Array.from({ length: 100_000 }, (_, n) => `key-${n}`.padEnd(44, '0'));
  expect(sweepResult(3, woken.slice(0, 2))).toEqual({ observed: 3, woken: woken.slice(0, 2) });
  const result = sweepResult(100_000, woken);
  expect(result).toEqual({ observed: 100_000, woken: woken.slice(0, 20), more: 99_980 });
  expect(JSON.stringify(result).length).toBeLessThan(2_000);
});

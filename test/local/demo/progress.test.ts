import { describe, expect, it } from 'vitest';
import { createProgress } from '../../../local/demo/progress.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

describe('the progress of a long way of the clock', () => {
  it('says how far it has come of it', () => {
    const progress = createProgress();
    expect(progress(START, START + 10 * DAY)).toBe('The clock moves: 2026-01-01 00:00 of 2026-01-11 00:00, 0 %');
    expect(progress(START + 4 * DAY, START + 10 * DAY)).toBe(
      'The clock moves: 2026-01-05 00:00 of 2026-01-11 00:00, 40 %',
    );
  });

  it('says so every five percent, not each time it is asked', () => {
    const progress = createProgress();
    const days = [0, 0.1, 0.4, 0.6, 0.9, 1];
    const said = days
      .map((days) => progress(START + days * DAY, START + 10 * DAY))
      .flatMap((line) => line?.split(', ').at(-1) ?? []);
    expect(said).toEqual(['0 %', '6 %']);
  });

  it('begins anew with the next way', () => {
    const progress = createProgress();
    progress(START, START + 10 * DAY);
    expect(progress(START + 10 * DAY, START + 10 * DAY)).toBeUndefined();
    expect(progress(START + 10 * DAY, START + 12 * DAY)).toMatch(/, 0 %$/);
  });

  it('says nothing of a clock that follows the wall', () => {
    expect(createProgress()(START, START + 1000)).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSchedule, nextDue } from '../../src/config/ncrontab.ts';

describe('an NCRONTAB schedule', () => {
  it.each(['0 */5 * * * *', '0 0 * * * *', '30 9,17 0-23/2 1-15 JAN-MAR,dec mon-FRI', '  0 0  0 1 1 0 '])(
    'may be %s',
    (text) => {
      expect(isSchedule(text)).toBe(true);
    },
  );

  it.each([
    ['five fields', '*/5 * * * *'],
    ['seven fields', '0 0 0 1 1 0 2026'],
    ['a value above its field', '60 * * * * *'],
    ['a value below its field', '0 0 0 0 * *'],
    ['a Sunday called 7', '0 0 0 * * 7'],
    ['a range that runs backwards', '0 0 0 * * FRI-MON'],
    ['a step of nothing', '0 */0 * * * *'],
    ['two steps', '0 */5/2 * * * *'],
    ['an empty entry', '0 1, * * * *'],
    ['a name in another field', '0 JAN * * * *'],
    ['signs of other dialects', '0 0 0 L * ?'],
    ['a duration', '00:05:00'],
    ['nothing', ''],
  ])('may not have %s', (_what, text) => {
    expect(isSchedule(text)).toBe(false);
  });
});

describe('an NCRONTAB schedule comes due', () => {
  const due = (schedule: string, after: string) => nextDue(schedule, new Date(after)).toISOString();

  it.each([
    ['0 * * * * *', '2026-03-02T00:00:00.000Z', '2026-03-02T00:01:00.000Z'],
    ['0 * * * * *', '2026-03-02T00:00:59.001Z', '2026-03-02T00:01:00.000Z'],
    ['*/15 * * * * *', '2026-03-02T00:00:31Z', '2026-03-02T00:00:45.000Z'],
    ['30 9,17 0-23/2 * MAR-dec mon-FRI', '2026-03-02T00:09:30Z', '2026-03-02T00:17:30.000Z'],
    ['5/20 59 * * * *', '2026-03-02T00:59:26Z', '2026-03-02T00:59:45.000Z'],
  ])('%s, after %s, at %s', (schedule, after, next) => {
    expect(due(schedule, after)).toBe(next);
  });
});

describe('an NCRONTAB schedule comes due, however far that is,', () => {
  it.each([
    ['0 0 0 1 1 *', '2026-03-02T00:00:00Z', '2027-01-01T00:00:00.000Z'],
    ['0 0 6 * * *', '2026-03-02T06:00:00Z', '2026-03-03T06:00:00.000Z'],
    ['0 30 9-17/4 * * MON', '2026-03-02T13:30:00Z', '2026-03-02T17:30:00.000Z'],
    ['0 30 9-17/4 * * MON', '2026-03-02T17:30:00.500Z', '2026-03-09T09:30:00.000Z'],
    ['0 0 0 29 2 *', '2026-03-02T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['* * * * * *', '2026-12-31T23:59:59.900Z', '2027-01-01T00:00:00.000Z'],
  ])('%s, after %s, at %s', (schedule, after, next) => {
    expect(nextDue(schedule, new Date(after)).toISOString()).toBe(next);
  });

  it('and never where there is no such day', () => {
    expect(nextDue('0 0 0 31 2 *', new Date('2026-03-02T00:00:00Z')).getUTCFullYear()).toBeGreaterThan(2030);
  });

  it('on the first day of those that it names, as a look at each day finds it', () => {
    const DAY_MS = 86_400_000;
    const days = fc.integer({ min: 0, max: 4_000 }).map((day) => Date.UTC(2026, 0, 1) + day * DAY_MS);
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), (from, month, date) => {
        const isDue = (at: number): boolean =>
          new Date(at).getUTCMonth() + 1 === month && new Date(at).getUTCDate() === date;
        let day = from + DAY_MS;
        while (!isDue(day)) day += DAY_MS;
        expect(nextDue(`0 0 0 ${date} ${month} *`, new Date(from)).getTime()).toBe(day);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSchedule } from '../../../local/host/timers/schedule.ts';

const NOON = new Date('2026-03-14T12:00:00Z'); // a Saturday
const nextOf = (expression: string, timeZone = 'UTC'): string =>
  parseSchedule(expression, timeZone).next(NOON).toISOString();

describe('a schedule', () => {
  it.each([
    ['0 */5 * * * *', '2026-03-14T12:05:00.000Z'],
    ['*/5 * * * *', '2026-03-14T12:05:00.000Z'],
    ['0 0 9-17 * * 1-5', '2026-03-16T09:00:00.000Z'],
    ['0 0 9 * * Mon', '2026-03-16T09:00:00.000Z'],
    ['0 0 0 1 Jan *', '2027-01-01T00:00:00.000Z'],
    ['0 5/10 * * * *', '2026-03-14T12:05:00.000Z'],
    ['00:30:00', '2026-03-14T12:30:00.000Z'],
    ['1.00:00:00', '2026-03-15T12:00:00.000Z'],
  ])('%s is next due at %s', (expression, next) => {
    expect(nextOf(expression)).toBe(next);
  });

  it('needs both the day of the month and the day of the week to match', () => {
    expect(nextOf('0 0 0 1 * 1')).toBe('2026-06-01T00:00:00.000Z');
  });

  it('is read in its time zone', () => {
    expect(nextOf('0 0 9 * * *', 'America/New_York')).toBe('2026-03-14T13:00:00.000Z');
  });

  it.each([
    '@daily',
    '0 0 0 L * *',
    '0 0 0 ? * *',
    '0 0 0 * * 7',
    '0 0 0 15W * *',
    '0 0 0 * * 1#2',
    '61 * * * * *',
    '* * *',
    '00:00:00',
    'every day',
    '',
  ])('Azure refuses %s, and so do we', (expression) => {
    expect(() => parseSchedule(expression, 'UTC')).toThrow('was not recognized as a valid cron expression');
  });

  it('that never occurs is refused', () => {
    expect(() => parseSchedule('0 0 0 30 2 *', 'UTC')).toThrow('never occurs');
  });

  it('knows whether it can occur more than once a minute', () => {
    expect(parseSchedule('*/10 * * * * *', 'UTC').isSubMinute).toBe(true);
    expect(parseSchedule('00:00:30', 'UTC').isSubMinute).toBe(true);
    expect(parseSchedule('0 * * * * *', 'UTC').isSubMinute).toBe(false);
  });

  it('every n minutes comes n minutes apart, and always after the instant asked for', () => {
    const divisors = fc.constantFrom(1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30);
    const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2037-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(divisors, instants, (minutes, after) => {
        const schedule = parseSchedule(`0 */${minutes} * * * *`, 'UTC');
        const first = schedule.next(after);
        expect(first.getTime()).toBeGreaterThan(after.getTime());
        expect(schedule.next(first).getTime() - first.getTime()).toBe(minutes * 60_000);
      }),
    );
  });
});

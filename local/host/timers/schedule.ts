import { Cron } from 'croner';

export type Schedule = {
  /** The first occurrence after an instant. */
  next(after: Date): Date;
  /** Whether occurrences may be less than a minute apart: Azure does not monitor such a schedule. */
  isSubMinute: boolean;
};

/**
 * Reads an NCRONTAB expression (six fields with seconds first, or five) or a time span (`hh:mm:ss`, `d.hh:mm:ss`).
 * @throws Error for every text that Azure refuses, even if croner accepts it
 */
export function parseSchedule(expression: string, timeZone: string): Schedule {
  const span = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})$/.exec(expression);
  if (span) return constantSchedule(span.slice(1).map((part) => Number(part ?? 0)));
  const fields = expression.trim().split(/\s+/);
  if (!isNcrontab(fields)) throw unrecognized(expression);
  // NCRONTAB needs both day-of-month and day-of-week to match, and allows 5/10.
  const cron = newCron(expression, timeZone);
  if (!cron.nextRun()) throw new Error(`The schedule expression '${expression}' never occurs.`);
  return {
    next: (after) => cron.nextRun(after) ?? new Date(8.64e15),
    isSubMinute:
      fields.length === 6 && fields.slice(1).every((field) => field === '*') && !/^\d+$/.test(fields[0] ?? ''),
  };
}

function constantSchedule([days = 0, hours = 0, minutes = 0, seconds = 0]: number[]): Schedule {
  const ms = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  if (ms === 0) throw unrecognized('00:00:00');
  return { next: (after) => new Date(after.getTime() + ms), isSubMinute: ms < 60_000 };
}

function newCron(expression: string, timezone: string): Cron {
  try {
    return new Cron(expression, { timezone, domAndDow: true, sloppyRanges: true, paused: true });
  } catch {
    throw unrecognized(expression);
  }
}

/** NCRONTAB has none of L, W, #, ? and @daily, and its Sunday is only 0. */
function isNcrontab(fields: string[]): boolean {
  const characters = fields.every((field) => /^[0-9A-Za-z*,/-]+$/.test(field));
  const names = fields.every((field) => (field.match(/[A-Za-z]+/g) ?? []).every((word) => word.length >= 3));
  return (fields.length === 5 || fields.length === 6) && characters && names && !/7/.test(fields.at(-1) ?? '');
}

const unrecognized = (expression: string): Error =>
  new Error(
    `The schedule expression '${expression}' was not recognized as a valid cron expression or timespan string.`,
  );

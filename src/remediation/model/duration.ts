const DURATION =
  /^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Whether the text is an ISO 8601 duration of whole numbers, like `P30D`, `P1Y`, `PT10M`. */
export const isDuration = (text: string): boolean => DURATION.test(text);

/**
 * The time one duration after `from`, in UTC. Years and months are calendar years and months; where the month that is reached
 * does not have that day, its last day is taken.
 * @throws RangeError when the text is no ISO 8601 duration.
 */
export const addDuration = (from: Date, duration: string): Date => {
  const match = DURATION.exec(duration);
  if (match === null) throw new RangeError(`'${duration}' is not an ISO 8601 duration; write it like P30D or P1Y`);
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const later = addMonths(from, years * 12 + months);
  const milliseconds = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000;
  return new Date(later.getTime() + milliseconds);
};

const UNITS = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'];

/** A duration as a person says it: `P1Y` is `one year`, `P1Y6M` is `one year and 6 months`. A text that is no duration stays as it is. */
export const durationInWords = (duration: string): string => {
  const counts = DURATION.exec(duration)?.slice(1) ?? [];
  const parts = UNITS.flatMap((unit, at) => {
    const count = Number(counts[at] ?? 0);
    if (count === 0) return [];
    return [count === 1 ? `one ${unit}` : `${count} ${unit}s`];
  });
  return parts.length === 0
    ? duration
    : [parts.slice(0, -1).join(', '), ...parts.slice(-1)].filter(Boolean).join(' and ');
};

const addMonths = (from: Date, months: number): Date => {
  const later = new Date(from);
  later.setUTCMonth(later.getUTCMonth() + months);
  if (later.getUTCDate() !== from.getUTCDate()) later.setUTCDate(0);
  return later;
};

const UNITS = [
  ['day', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

const named = (count: number, unit: string): string =>
  unit === 'day' ? `${count} ${count === 1 ? 'day' : 'days'}` : `${count} ${unit}`;

/** A duration in its two largest units: `2 min 14 s`. */
export const lasting = (ms: number): string => {
  let left = Math.max(0, Math.round(ms / 1000));
  const parts = UNITS.flatMap(([unit, seconds]) => {
    const count = Math.floor(left / seconds);
    left -= count * seconds;
    return [{ count, unit }];
  });
  const first = parts.findIndex(({ count }) => count > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ count, unit }) => named(count, unit))
    .join(' ');
};

const between = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

/** `2 min 14 s`, since then until now. */
export const since = (at: string, now: string): string => lasting(between(at, now));

/** `in 6 min 48 s`, or `4 min ago`. */
export const relative = (at: string, now: string): string => {
  const ms = between(now, at);
  return ms >= 0 ? `in ${lasting(ms)}` : `${lasting(-ms)} ago`;
};

/** The same in its largest unit alone, for a column: `in 6 min`, `4 min ago`, `in 8 days`. */
export const about = (at: string, now: string): string => {
  const ms = between(now, at);
  const seconds = Math.round(Math.abs(ms) / 1000);
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? ['s', 1];
  const said = named(Math.floor(seconds / size), unit);
  return ms >= 0 ? `in ${said}` : `${said} ago`;
};

/** `2026-11-22 09:36:00 UTC` */
export const exact = (at: string): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

export const day = (at: string): string => new Date(at).toISOString().slice(0, 10);

/** The relative time first, the exact time beside it. */
export const told = (at: string, now: string): string => `${relative(at, now)} (${exact(at)})`;

export type Unit = 'now' | 'seconds' | 'minutes' | 'hours' | 'days';

/** The distance of an instant from now, in the largest unit of which at least one has passed. */
export type Relative = { readonly unit: Unit; readonly count: number; readonly isPast: boolean };

const UNITS: readonly (readonly [Unit, number])[] = [
  ['days', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
  ['seconds', 1],
];

/** Days begin at two: one day is said in hours. */
const fits = (unit: Unit, length: number, seconds: number): boolean =>
  unit === 'days' ? seconds >= 2 * length : seconds >= length;

export const relativeTo = (now: number, at: number): Relative => {
  const seconds = Math.round(Math.abs(now - at) / 1_000);
  const isPast = at <= now;
  const [unit, length] = UNITS.find(([one, size]) => fits(one, size, seconds)) ?? ['now', 1];
  return { unit, count: unit === 'now' ? 0 : Math.floor(seconds / length), isPast };
};

/** A length of time as the page shows it: as a running clock below a day, in days and hours above. */
export type Span =
  | { readonly kind: 'clock'; readonly text: string }
  | { readonly kind: 'days'; readonly days: number; readonly hours: number };

const two = (number: number): string => String(number).padStart(2, '0');

const DAY = 86_400;

/** Of seconds, which may be negative: only the length is shown, and the caller says whether it is past. */
export const spanOf = (seconds: number): Span => {
  const whole = Math.floor(Math.abs(seconds));
  if (whole >= DAY) return { kind: 'days', days: Math.floor(whole / DAY), hours: Math.floor((whole % DAY) / 3_600) };
  const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor((whole % 3_600) / 60), whole % 60];
  return {
    kind: 'clock',
    text: hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`,
  };
};

/** An ISO 8601 duration of whole days, months or years, as rotation policies use it (`P30D`, `P18M`, `P2Y`). */
export type IsoDuration = { years: number; months: number; days: number };

export const parseIsoDuration = (text: string): IsoDuration | undefined => {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/i.exec(text.trim());
  if (!match || text.trim().length < 3) return undefined;
  const [years = 0, months = 0, days = 0] = match.slice(1).map((digits) => Number(digits ?? 0));
  return { years, months, days };
};

const lastDayOfMonth = (year: number, month: number) => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/** Moves an instant (milliseconds) by calendar months and days in UTC; 31 January and a month is the end of February. */
export const shift = (instant: number, duration: IsoDuration, direction: 1 | -1): number => {
  const from = new Date(instant);
  const months = from.getUTCMonth() + direction * (duration.years * 12 + duration.months);
  const day = Math.min(from.getUTCDate(), lastDayOfMonth(from.getUTCFullYear(), months));
  const moved = new Date(instant);
  moved.setUTCFullYear(from.getUTCFullYear(), months, day);
  return moved.getTime() + direction * duration.days * 86_400_000;
};

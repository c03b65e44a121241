const DAY = 86_400_000;

/**
 * An ISO 8601 duration of whole numbers in milliseconds; a year has 365 days here and a month 30, which is precise enough for the
 * page.
 */
export const millisecondsOf = (duration: string): number | undefined => {
  const [whole, years, months, weeks, days, hours] =
    /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?.*)?$/.exec(duration) ?? [];
  if (whole === undefined) return undefined;
  const of = (text: string | undefined): number => Number(text ?? 0);
  return (of(years) * 365 + of(months) * 30 + of(weeks) * 7 + of(days)) * DAY + of(hours) * 3_600_000;
};

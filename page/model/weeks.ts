const WEEK = 7 * 86_400_000;

type Opened = { readonly openedAt: string };

/** The Monday, at midnight in UTC, of the week that an instant is in. */
export const mondayOf = (at: number): number => {
  const day = new Date(at);
  const since = (day.getUTCDay() + 6) % 7;
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate() - since);
};

export type Week = { readonly monday: number; readonly count: number };

/** Each of the last weeks, those without an incident too; the last is the one that is now. */
export const incidentsByWeek = (incidents: readonly Opened[], now: number, weeks: number): readonly Week[] => {
  const last = mondayOf(now);
  const counts = Map.groupBy(incidents, ({ openedAt }) => mondayOf(Date.parse(openedAt)));
  return Array.from({ length: weeks }, (_each, at) => {
    const monday = last - (weeks - 1 - at) * WEEK;
    return { monday, count: counts.get(monday)?.length ?? 0 };
  });
};

export type Flapping = { readonly keyId: string; readonly count: number };

const MANY = 3;

/** Keys with three incidents or more that began within one week of each other. */
export const flappingKeys = (incidents: readonly (Opened & { readonly keyId: string })[]): readonly Flapping[] =>
  [...Map.groupBy(incidents, ({ keyId }) => keyId)].flatMap(([keyId, ones]) => {
    const begun = ones.map(({ openedAt }) => Date.parse(openedAt)).toSorted((one, other) => one - other);
    const most = Math.max(...begun.map((from) => begun.filter((at) => at >= from && at < from + WEEK).length));
    return most >= MANY ? [{ keyId, count: most }] : [];
  });

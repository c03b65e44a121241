const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** Midnight in UTC of any Monday. */
const A_MONDAY = Date.parse('1970-01-05T00:00:00Z');

/** Midnight in UTC of the Monday in the week of this time. Both in ms since 1970. */
export const mondayOf = (at: number): number => at - ((((at - A_MONDAY) % WEEK_MS) + WEEK_MS) % WEEK_MS);

/** `monday`: the day on which the week begins, in UTC. */
export type Week = { readonly monday: string; readonly opened: number };

/** How many of these times (ISO 8601) lie in each week between two times (ms since 1970), also for weeks with none. */
export const countedByWeek = (instants: readonly string[], from: number, to: number): readonly Week[] => {
  const first = mondayOf(from);
  const weeks = Math.max(0, Math.ceil((to - first) / WEEK_MS));
  const counts = Map.groupBy(instants, (at) => mondayOf(Date.parse(at)));
  return Array.from({ length: weeks }, (_, at) => {
    const monday = first + at * WEEK_MS;
    return { monday: new Date(monday).toISOString().slice(0, 10), opened: counts.get(monday)?.length ?? 0 };
  });
};

const WEEK = 7 * 86_400_000;

export type Flapping = { readonly key: string; readonly count: number };

const MANY = 3;

/** Keys with three incidents or more that began within one week of each other. */
export const flappingKeys = (
  incidents: readonly { readonly key: string; readonly openedAt: string }[],
): readonly Flapping[] =>
  [...Map.groupBy(incidents, ({ key }) => key)].flatMap(([key, ones]) => {
    const begun = ones.map(({ openedAt }) => Date.parse(openedAt)).toSorted((one, other) => one - other);
    const most = Math.max(...begun.map((from) => begun.filter((at) => at >= from && at < from + WEEK).length));
    return most >= MANY ? [{ key, count: most }] : [];
  });

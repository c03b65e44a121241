export type Difference = { readonly excess: readonly string[]; readonly missing: readonly string[] };

const without = (items: readonly string[], taken: readonly string[]): readonly string[] => {
  const left = [...taken];
  return items.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
};

/** What happened but is not on the list, and what is on the list but did not happen. Order does not count, number does. */
export const difference = (happened: readonly string[], list: readonly string[]): Difference => ({
  excess: without(happened, list),
  missing: without(list, happened),
});

const isWrite = (route: string): boolean => !route.startsWith('GET ');

/**
 * Names each call by how many writes were sent before it: a read that is missing right before a write is not made up for
 * by one that is too many elsewhere.
 */
export const byWrites = (routes: readonly string[]): readonly string[] => {
  let writes = 0;
  return routes.map((route) => {
    const named = `${route}  (${writes === 0 ? 'before the first write' : `after write ${writes}`})`;
    if (isWrite(route)) writes += 1;
    return named;
  });
};

/** The list written out: what polls is there `polls` times. */
export const repeated = <Item extends { readonly polls?: true }>(
  list: readonly Item[],
  polls: number,
): readonly Item[] => list.flatMap((item) => (item.polls ? Array.from({ length: polls }, () => item) : [item]));

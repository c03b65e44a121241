/** FNV-1a of 32 bits over UTF-8: with this hash DurableTask.AzureStorage spreads instances over its control queues. */
const fnv1a = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
};

/** The control queue of an instance: every message for the instance goes there, whoever sends it. */
export const partitionOf = (instanceId: string, count: number): number => fnv1a(instanceId) % count;

/**
 * Balances the partitions over the workers that are up: no worker has two more than another, and no partition moves
 * without need. A worker that is not up loses its partitions.
 *
 * @param holders the number of the worker that holds each partition; `undefined` where none does
 */
export const balanced = (
  holders: readonly (number | undefined)[],
  up: readonly number[],
): readonly (number | undefined)[] => {
  const next = holders.map((holder) => (holder !== undefined && up.includes(holder) ? holder : undefined));
  const held = (number: number): number => next.filter((holder) => holder === number).length;
  const byLoad = (): readonly number[] => [...up].sort((one, other) => held(one) - held(other) || one - other);
  const [first] = up;
  if (first === undefined) return next;
  for (let at = next.indexOf(undefined); at >= 0; at = next.indexOf(undefined)) next[at] = byLoad()[0];
  for (;;) {
    const order = byLoad();
    const [least = first, most = first] = [order[0], order.at(-1)];
    if (held(most) - held(least) < 2) return next;
    next[next.lastIndexOf(most)] = least;
  }
};

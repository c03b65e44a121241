/** Few enough parallel calls to stay within ARM's bucket of 25 reads a second per subscription and principal. */
const AT_ONCE = 8;

/**
 * Does the same work with every item, several at once. The results keep the order. The first failure makes the whole
 * call fail.
 */
export const inParallel = async <In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> => {
  const results: Out[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [at, item] of queue) results[at] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  return results;
};

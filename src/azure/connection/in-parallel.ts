/** Few enough to stay inside ARM's bucket of 25 reads a second per subscription and principal. */
const AT_ONCE = 8;

/** Does the same with every item, several at once; the results keep the order. The first failure fails all. */
export const inParallel = async <In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> => {
  const results: Out[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [at, item] of queue) results[at] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  return results;
};

/**
 * Does the same work with each item, a few at once, in order; `onDone` is called with the number of finished items. An item whose
 * work fails is left out.
 */
export const inTurn = async <Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
  onDone: (count: number) => void,
): Promise<readonly (Result | undefined)[]> => {
  const results: (Result | undefined)[] = items.map(() => undefined);
  let [next, done] = [0, 0];
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at] as Item).catch(() => undefined);
      done += 1;
      onDone(done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
};

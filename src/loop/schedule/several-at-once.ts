/**
 * Does the same work with each item as it comes, of at most so many items at once: one that waits does not keep the others
 * waiting. The first failure makes the whole call fail, and no further item is taken.
 */
export const severalAtOnce = async <Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  most: number,
  work: (item: Item) => Promise<void>,
): Promise<void> => {
  async function* oneByOne(): AsyncGenerator<Item> {
    yield* items;
  }
  const coming = oneByOne();
  const worker = async (): Promise<void> => {
    for await (const item of coming) await work(item);
  };
  await Promise.all(Array.from({ length: most }, worker));
};

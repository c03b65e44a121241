/** The number of requests that are under way at once: an app may have a single worker, and other people ask it too. */
const AT_ONCE = 6;

/**
 * Does this with every item, a few at once, and returns the results in the order of the items. `done` is called for each that has
 * ended.
 */
export const inTurns = async <Thing, Made>(
  things: readonly Thing[],
  make: (thing: Thing) => Promise<Made>,
  done: () => void = () => {},
): Promise<readonly Made[]> => {
  const made: Made[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < things.length) {
      const at = next;
      next += 1;
      made[at] = await make(things[at] as Thing);
      done();
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, things.length) }, work));
  return made;
};

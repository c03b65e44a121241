/**
 * A limited number of slots. `take` waits for a free slot; slots are given in the order in which they were asked for.
 */
export type Slots = { take(): Promise<void>; leave(): void };

type OwnSlots = Slots & { isUnused(): boolean };

export const openSlots = (most: number): OwnSlots => {
  let taken = 0;
  const waiting: (() => void)[] = [];
  return {
    take: async () => {
      if (taken >= most) return new Promise((resolve) => waiting.push(resolve));
      taken += 1;
    },
    leave: () => {
      const next = waiting.shift();
      if (next) next();
      else taken -= 1;
    },
    isUnused: () => taken === 0,
  };
};

/**
 * The same number of slots for each name. `names`: the names with a taken slot. A name is forgotten when its last slot
 * is free.
 */
export type NamedSlots = { of(name: string): Slots; names(): readonly string[] };

/** A worker lives for weeks, and vaults come and go. So a name without a taken slot takes no memory. */
export const openNamedSlots = (most: number): NamedSlots => {
  const used = new Map<string, OwnSlots>();
  return {
    of: (name) => ({
      take: () => {
        const own = used.get(name) ?? openSlots(most);
        used.set(name, own);
        return own.take();
      },
      leave: () => {
        const own = used.get(name);
        own?.leave();
        if (own?.isUnused()) used.delete(name);
      },
    }),
    names: () => [...used.keys()],
  };
};

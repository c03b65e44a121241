/** So many may be taken at the same moment; `take` waits for a free one, and whoever came first gets it. */
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

/** So many slots for each name. `names`: those of which slots are taken; a name is forgotten with its last slot. */
export type NamedSlots = { of(name: string): Slots; names(): readonly string[] };

/** A worker lives for weeks, and vaults come and go: a name that is not in use takes no memory. */
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

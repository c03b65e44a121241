/** What a read of each key has shown from one moment to the next, beside looks that take their time. */
import { expect } from 'vitest';
import { seenOf, type Watched } from './listed-vaults.ts';

/** `from`: ms since 1970. */
type Shown = { readonly from: number; readonly seen: unknown };

export type Reads = {
  /** Reads the key of this name, or all of them, in no time: nothing else happens meanwhile. */
  readNow(name?: string): Promise<void>;
  /** All that reads of a key have shown from then (ms since 1970) until now. */
  since(name: string, at: number): readonly unknown[];
};

export const openReads = ({ set, keys }: Watched): Reads => {
  const { clock, switches } = set.cloud.world;
  const shown = new Map<string, Shown[]>();
  const inNoTime = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    const [at, { answerMilliseconds = {} }] = [clock.now(), switches];
    switches.answerMilliseconds = {};
    const value = await work();
    switches.answerMilliseconds = answerMilliseconds;
    expect(clock.now()).toBe(at);
    return value;
  };
  return {
    readNow: async (name) => {
      const asked = keys.filter(({ key }) => name === undefined || key.name === name);
      const probe = await inNoTime(() => set.call('probeByReads', asked));
      expect(probe.observations).toHaveLength(asked.length);
      for (const [one, seen] of Object.entries(seenOf(probe)))
        shown.set(one, [...(shown.get(one) ?? []), { from: clock.now(), seen }]);
    },
    since: (name, at) => {
      const all = shown.get(name) ?? [];
      return all.filter((_one, place) => (all[place + 1]?.from ?? clock.now()) >= at).map(({ seen }) => seen);
    },
  };
};

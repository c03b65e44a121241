import type { World } from '../service.ts';

type Copy = { readonly at: number; readonly items: unknown[] };

/** Lists of keys from copies that are at most as old as the switch `keyListStaleSeconds` says: all pages of a list are of one. */
export type KeyLists = (vaultId: string, make: () => unknown[]) => unknown[];

/** For one of the planes: nobody knows whether Azure's lists of both are as old as each other. */
export const createKeyLists = ({ clock, switches }: Pick<World, 'clock' | 'switches'>): KeyLists => {
  const copies = new Map<string, Copy>();
  return (vaultId, make) => {
    const staleMs = (switches.keyListStaleSeconds ?? 0) * 1_000;
    if (staleMs === 0) return make();
    const copy = copies.get(vaultId);
    if (copy && clock.now() - copy.at < staleMs) return copy.items;
    // Written out now, so that what happens to a key later does not show in it.
    const items = JSON.parse(JSON.stringify(make())) as unknown[];
    copies.set(vaultId, { at: clock.now(), items });
    return items;
  };
};

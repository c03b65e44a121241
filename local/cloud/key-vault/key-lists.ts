import type { World } from '../service.ts';

type Copy = { readonly at: number; readonly items: unknown[] };

/**
 * Lists of keys, from a copy that is at most as old as the switch `keyListStaleSeconds` says: all pages of a list come from the
 * same copy.
 */
export type KeyLists = (vaultId: string, make: () => unknown[]) => unknown[];

/** Makes the lists of one plane: no document says whether Azure's lists of both planes are equally old. */
export const createKeyLists = ({ clock, switches }: Pick<World, 'clock' | 'switches'>): KeyLists => {
  const copies = new Map<string, Copy>();
  return (vaultId, make) => {
    const staleMs = (switches.keyListStaleSeconds ?? 0) * 1_000;
    if (staleMs === 0) return make();
    const copy = copies.get(vaultId);
    if (copy && clock.now() - copy.at < staleMs) return copy.items;
    // The list is serialised now, so that a later change of a key does not show in it.
    const items = JSON.parse(JSON.stringify(make())) as unknown[];
    copies.set(vaultId, { at: clock.now(), items });
    return items;
  };
};

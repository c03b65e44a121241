import type { KeyState } from '../../store/key-state.ts';
import type { Store } from '../../store/store.ts';

/** Up to this many keys are read one by one; for more keys the rows of all are read in one pass. */
export const FEW = 100;
const AT_ONCE = 16;

type Sources = { readonly store: Pick<Store, 'keyRows'> };

/** Reads each of these keys with one call. */
export const readEach = async ({ store }: Sources, keyIds: readonly string[]): Promise<readonly KeyState[]> => {
  const states: KeyState[] = [];
  for (let start = 0; start < keyIds.length; start += AT_ONCE) {
    const some = keyIds.slice(start, start + AT_ONCE);
    states.push(...(await Promise.all(some.map((keyId) => store.keyRows.read(keyId)))));
  }
  return states;
};

import type { Believed } from '../../remediation/protocol/believe.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';
import { doubtsOf } from './doubts.ts';

/** What the product keeps of a key: its rows with attested approvals alone, its chain, and what of both it does not believe. */
export type Kept = { readonly state: KeyState; readonly believed: Believed; readonly doubts: readonly string[] };

/** Reads what belongs to the rows of a key: two calls, and one for each approval. */
export const readKept = async ({ store }: Pick<Guardian, 'store'>, stored: KeyState): Promise<Kept> => {
  const [state, believed] = await Promise.all([store.records.attested(stored), store.ledger.believe(stored.keyId)]);
  return { state, believed, doubts: doubtsOf(stored, state, believed) };
};

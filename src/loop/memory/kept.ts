import type { Believed } from '../../remediation/protocol/believe.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';
import { doubtsOf } from './doubts.ts';

/**
 * Everything stored of a key: its rows with attested approvals only, its ledger chain, and `doubts` about data that the
 * product does not believe.
 */
export type Kept = { readonly state: KeyState; readonly believed: Believed; readonly doubts: readonly string[] };

/** Reads the rest that belongs to the rows of a key: two calls, and one for each approval. */
export const readKept = async ({ store }: Pick<Guardian, 'store'>, stored: KeyState): Promise<Kept> => {
  const [state, believed] = await Promise.all([store.records.attested(stored), store.ledger.believe(stored.keyId)]);
  return { state, believed, doubts: doubtsOf(stored, state, believed) };
};

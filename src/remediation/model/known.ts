import type { Baseline } from './baseline.ts';
import type { Attempt } from './records.ts';

/**
 * Who had a right of this key's access path, and who lacked it, at one look (ISO 8601), by the names of `rightName` and
 * `partName`. What nobody could tell is in neither.
 */
export type Sighting = { readonly at: string; readonly has: readonly string[]; readonly lacks: readonly string[] };

/** What is known of a key beside what is seen now. */
export type Known = {
  /** The last healthy snapshot, if its hash is in the ledger. */
  readonly baseline?: Baseline;
  /** When that was entered in the ledger (ISO 8601); none where the ledger was not read. */
  readonly baselineAt?: string;
  /** How the steps of the open incident ended, also those that a later request wants again. */
  readonly attempts?: readonly Attempt[];
  /** When the open incident began (ISO 8601); none while the key is well. */
  readonly incidentOpenedAt?: string;
  /** When the product last recovered the vault, for whichever of its keys (ISO 8601). */
  readonly vaultRecoveredAt?: string;
  /** What the ledger holds of what looks have seen, oldest first: each says something that those before did not. */
  readonly sightings?: readonly Sighting[];
};

import type { Baseline } from './baseline.ts';
import type { Attempt } from './records.ts';

/**
 * The rights and the parts of a vault that one look (ISO 8601) saw (`has`), and those that it saw missing (`lacks`), by the names
 * of `rightName` and `partName`. A right that the look could not read is in neither list.
 */
export type Sighting = { readonly at: string; readonly has: readonly string[]; readonly lacks: readonly string[] };

/** The product's knowledge of a key from earlier looks and from its ledger. */
export type Known = {
  /** The last healthy snapshot, if its hash is in the ledger. */
  readonly baseline?: Baseline;
  /** When the baseline was entered in the ledger (ISO 8601); left out where the ledger was not read. */
  readonly baselineAt?: string;
  /** How the steps of the open incident ended. A later request may want a step again; its earlier attempts stay in the list. */
  readonly attempts?: readonly Attempt[];
  /** When the open incident began (ISO 8601); left out while the key is healthy. */
  readonly incidentOpenedAt?: string;
  /** When the product last recovered the vault (ISO 8601), for this key or another key of the vault. */
  readonly vaultRecoveredAt?: string;
  /** The sightings in the ledger, oldest first. A sighting is entered only where it says something new. */
  readonly sightings?: readonly Sighting[];
};

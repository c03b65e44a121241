import type { Baseline } from './baseline.ts';
import type { Attempt } from './records.ts';

/** What is known of a key beside what is seen now. */
export type Known = {
  /** The last healthy snapshot, if its hash is in the ledger. */
  readonly baseline?: Baseline;
  /** How the steps of the open incident ended, also those that a later request wants again. */
  readonly attempts?: readonly Attempt[];
  /** When the open incident began (ISO 8601); none while the key is well. */
  readonly incidentOpenedAt?: string;
};

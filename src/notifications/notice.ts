/** What people are told, once per changed verdict. `at` (ISO 8601): when it was found; a message may come later than that. */
export type Notice = {
  readonly keyId: string;
  readonly verdict: string;
  readonly at?: string;
  readonly incident?: string;
  readonly planId?: string;
  /** Number of the standing change under which it acts by itself; none where nothing runs that no person has approved. */
  readonly change?: string;
  readonly sentences: readonly string[];
};

/** What a call was about, for the command that fixes it. */
export type CallSubject = {
  /** `key version …`, `server …`: begins a sentence. */
  readonly what: string;
  readonly vaultName?: string;
  /** ARM id at which a role would have to be assigned. */
  readonly scope?: string;
  /** Azure region in which what is gone can be made again. */
  readonly location?: string;
};

/** The subject of a call, for the command that fixes a failure. */
export type CallSubject = {
  /** `key version …`, `server …`: the beginning of a sentence. */
  readonly what: string;
  readonly vaultName?: string;
  /** ARM id of the scope at which a role would have to be assigned. */
  readonly scope?: string;
  /** Azure region in which a resource that is gone can be created again. */
  readonly location?: string;
};

/** Rows that people wrote, as they stood when they were read. `unknown` when they could not be read: then nothing acts. */
export type PolicyRecords = {
  readonly paused?: { readonly by: string; readonly why: string; readonly until?: string };
  readonly doNotHeal: readonly {
    readonly target: string;
    readonly by: string;
    readonly why: string;
    readonly until?: string;
  }[];
  /** Pinned versions of this key that bore the do-not-heal tag when they were last read, lower-cased. */
  readonly marked?: readonly string[];
  /**
   * Of the other keys in the vault, as they were last seen: ids of their consumers, and what of both bore the tag. Asked for
   * only where a step gives the whole vault back.
   */
  readonly neighbours?: { readonly ids: readonly string[]; readonly marked: readonly string[] };
  /** Approvals of this key's open incident. */
  readonly approvals: readonly Approval[];
  /** Ids of steps whose outcome `done` used an approval up, in this incident, and that no newer approval allows. */
  readonly usedSteps: readonly string[];
  /** How the steps of the open incident ended, one entry per outcome in the ledger; none while no incident is open. */
  readonly attempts: readonly Attempt[];
  /** Requests for one step of a name, by the HTTP door; `target` is a key or a resource id. A request is no approval. */
  readonly requests: readonly {
    readonly step: string;
    readonly target: string;
    readonly by: string;
    readonly at: string;
    readonly parameters?: RequestParameters;
  }[];
  /** Steps of this key that were done in the last day, in whatever incident, oldest first. */
  readonly repairs: readonly { readonly stepId: string; readonly at: string }[];
  /** Who wrote to the vault meanwhile, in a sentence: asked only where a step was done again and again. */
  readonly undoneBy?: string;
  /** How many keys are in use; none where no sweep has counted them. */
  readonly keyCount?: number;
  /** When the last sweep began (ISO 8601); none in an empty store, which is no silence. */
  readonly sweptAt?: string;
  /** When the open incident of this key began; none while it is well. */
  readonly incidentOpenedAt?: string;
  /** Independent root causes of all keys around the time at which this incident began, or now. */
  readonly rootCauses: readonly { readonly cause: string; readonly at: string }[];
};

/** What a person chose: the key version to point a consumer at, or the ARM id, lower-cased, of an identity for it. */
export type RequestParameters = { readonly newKid?: string; readonly identity?: string };

/** One step that ended. `unknown`: it died, and only what is observed tells whether it worked. */
export type Attempt = {
  readonly stepId: string;
  /** Its kind, or that of a step that only an older version knew. */
  readonly step: string;
  readonly target: string;
  readonly outcome: 'done' | 'blocked' | 'failed' | 'unknown';
  readonly why: string;
  readonly at: string;
};

export type Approval = {
  readonly incident: string;
  readonly planId: string;
  readonly stepIds: readonly string[];
  readonly by: string;
  readonly at: string;
  readonly expires: string;
};

/** The rows that people wrote, as they were when they were read. `unknown` where they could not be read: then no step runs. */
export type PolicyRecords = {
  readonly paused?: { readonly by: string; readonly why: string; readonly until?: string };
  /** Pauses of one subscription, resource group or vault only. */
  readonly pausedScopes?: readonly {
    /** The id as `parseOverrideTarget` reads it. */
    readonly scope: string;
    readonly by: string;
    readonly why: string;
    readonly until?: string;
  }[];
  readonly doNotHeal: readonly {
    readonly target: string;
    readonly by: string;
    readonly why: string;
    readonly until?: string;
  }[];
  /**
   * Ids, lower-cased, of resources that had the do-not-heal tag when it was last read: this key, its versions, its vault, its
   * consumers.
   */
  readonly marked?: readonly string[];
  /**
   * The other keys in the vault, as they were last seen: ids of their consumers, and ids of these keys and consumers that had the
   * do-not-heal tag. Asked for only where a step gives all keys of the vault back.
   */
  readonly otherKeysInVault?: { readonly ids: readonly string[]; readonly marked: readonly string[] };
  /** Approvals of this key's open incident. */
  readonly approvals: readonly Approval[];
  /** Rejections of this key's open incident, also those that have ended or that a later approval has replaced. */
  readonly rejections?: readonly Rejection[];
  /**
   * Ids of steps that were approved and then done in this incident, without a newer approval: an outcome `done` uses its approval
   * up.
   */
  readonly usedSteps: readonly string[];
  /** How the steps of the open incident ended, one entry for each outcome in the ledger; empty while no incident is open. */
  readonly attempts: readonly Attempt[];
  /** Requests by HTTP for a step of this kind; `target` is a key or a resource id. A request is no approval. */
  readonly requests: readonly {
    readonly step: string;
    readonly target: string;
    readonly by: string;
    readonly at: string;
    readonly parameters?: RequestParameters;
  }[];
  /** Steps of this key that were done in the last day, in any incident, oldest first. */
  readonly repairs: readonly { readonly stepId: string; readonly at: string }[];
  /** By step id: a sentence on who may have undone a step that is needed again within a day. */
  readonly undoneBy?: Readonly<Record<string, string>>;
  /** Subscriptions in which Azure refuses every write, as a sweep read it at that time (ISO 8601). */
  readonly readOnly?: readonly { readonly subscriptionId: string; readonly state: string; readonly at: string }[];
  /** How many keys are in use; left out where no sweep has counted them yet. */
  readonly keyCount?: number;
  /**
   * When the last sweep began (ISO 8601). Left out in an empty store: a new installation is not an installation that was silent.
   */
  readonly sweptAt?: string;
  /** When a person last allowed repairs again after a long time without sweeps (ISO 8601). */
  readonly restLiftedAt?: string;
  /** When the open incident of this key began; left out while the key is healthy. */
  readonly incidentOpenedAt?: string;
  /** Root causes of the keys that an override held back, each with the time at which the override was lifted (ISO 8601). */
  readonly lifted?: readonly { readonly cause: string; readonly at: string }[];
  /**
   * When somebody last changed a lock, a policy, a role or the like that may have blocked the repairs of this key (ISO 8601).
   */
  readonly wayChangedAt?: string;
  /** Kinds of consumers that tried their key after an update with the same key. The product has seen that itself. */
  readonly seenToWork?: readonly string[];
  /** The findings of the last look at this key, by `findingId`; left out where there was no look yet. */
  readonly judged?: readonly string[];
  /**
   * Independent root causes of all keys, with the times at which they appeared: the fuse counts those near the times at which
   * this key broke.
   */
  readonly rootCauses: readonly { readonly cause: string; readonly at: string }[];
};

/** A choice of a person: the key version to point a consumer at, or the ARM id, lower-cased, of an identity for it. */
export type RequestParameters = { readonly newKid?: string; readonly identity?: string };

/**
 * The event that ends a refusal of Azure. `time`: it ends by itself. `change`: a person has to change something first, for
 * example a lock or a policy.
 */
export type Cure = 'time' | 'change';

/** One step that ended. `unknown`: the process died, and only a new observation shows whether the step worked. */
export type Attempt = {
  readonly stepId: string;
  /** The kind of the step; an older release may have had kinds that this release does not know. */
  readonly step: string;
  readonly target: string;
  readonly outcome: 'done' | 'blocked' | 'failed' | 'unknown';
  readonly why: string;
  readonly at: string;
  /** Only of a step that gave a consumer its identity: the object id of that identity, lower-cased, as the ledger has it. */
  readonly assigned?: string | undefined;
  /** Only of a step that Azure refused, and only where it is known. */
  readonly cure?: Cure | undefined;
};

export type Approval = {
  readonly incident: string;
  readonly planId: string;
  readonly stepIds: readonly string[];
  readonly by: string;
  readonly at: string;
  readonly expires: string;
  /** The name of the approver in the token: only for people to read. */
  readonly name?: string | undefined;
  readonly comment?: string | undefined;
  /** Number of the ticket or change request under which the step was approved. */
  readonly ticket?: string | undefined;
};

/** The rejection, by a person, of a plan that was asked in an incident. */
export type Rejection = {
  readonly incident: string;
  readonly planId: string;
  readonly stepIds: readonly string[];
  /** Object id of the person who rejected, and the name in that person's token. */
  readonly by: string;
  readonly name: string;
  readonly why: string;
  /** ISO 8601. */
  readonly at: string;
  /**
   * Ids, lower-cased, of the consumers that were known to be down at that time. The rejection ends when another consumer is down.
   */
  readonly down: readonly string[];
};

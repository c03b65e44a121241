/** Rows that people wrote, as they stood when they were read. `unknown` when they could not be read: then nothing acts. */
export type PolicyRecords = {
  readonly paused?: { readonly by: string; readonly why: string; readonly until?: string };
  /** Pauses of one subscription, resource group or vault alone. */
  readonly pausedScopes?: readonly {
    /** As `parseOrderTarget` reads it. */
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
  /** Ids, lower-cased, of what bore the do-not-heal tag when it was last read: versions of this key, itself, its vault, its consumers. */
  readonly marked?: readonly string[];
  /**
   * Of the other keys in the vault, as they were last seen: ids of their consumers, and what of both bore the tag. Asked for
   * only where a step gives the whole vault back.
   */
  readonly otherKeysInVault?: { readonly ids: readonly string[]; readonly marked: readonly string[] };
  /** Approvals of this key's open incident. */
  readonly approvals: readonly Approval[];
  /** Rejections of this key's open incident. One that has ended, or that an approval came after, is among them. */
  readonly rejections?: readonly Rejection[];
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
  /** Who may have undone a step that is needed again within a day, in a sentence, by the step's id. */
  readonly undoneBy?: Readonly<Record<string, string>>;
  /** Subscriptions in which nothing can be written, as a sweep has read it at that time (ISO 8601). */
  readonly readOnly?: readonly { readonly subscriptionId: string; readonly state: string; readonly at: string }[];
  /** How many keys are in use; none where no sweep has counted them. */
  readonly keyCount?: number;
  /** When the last sweep began (ISO 8601); none in an empty store, which is no silence. */
  readonly sweptAt?: string;
  /** When a person last lifted the rest after a silence (ISO 8601). */
  readonly restLiftedAt?: string;
  /** When the open incident of this key began; none while it is well. */
  readonly incidentOpenedAt?: string;
  /** Root causes of the keys that had waited for an order when that was lifted, and when it was (ISO 8601). */
  readonly lifted?: readonly { readonly cause: string; readonly at: string }[];
  /** When something that may have stood in the way of its repairs was last changed by somebody (ISO 8601). */
  readonly wayChangedAt?: string;
  /** Kinds of consumers of which it was seen that an update with the key that they have makes them look at it. */
  readonly seenToWork?: readonly string[];
  /** What was wrong with this key at the last look, by `findingId`; none where nobody has looked. */
  readonly judged?: readonly string[];
  /** Independent root causes of all keys since around the time at which this incident began, or now. */
  readonly rootCauses: readonly { readonly cause: string; readonly at: string }[];
};

/** What a person chose: the key version to point a consumer at, or the ARM id, lower-cased, of an identity for it. */
export type RequestParameters = { readonly newKid?: string; readonly identity?: string };

/**
 * What ends a refusal of Azure. `time`: it passes. `change`: a person has to change something, a lock or a policy for
 * example.
 */
export type Cure = 'time' | 'change';

/** One step that ended. `unknown`: it died, and only what is observed tells whether it worked. */
export type Attempt = {
  readonly stepId: string;
  /** Its kind, or that of a step that only an older version knew. */
  readonly step: string;
  readonly target: string;
  readonly outcome: 'done' | 'blocked' | 'failed' | 'unknown';
  readonly why: string;
  readonly at: string;
  /** Of one that gave a consumer its identity: object id of that, lower-cased, as the ledger has it. */
  readonly assigned?: string | undefined;
  /** Of one that Azure refused, where it is known. */
  readonly cure?: Cure | undefined;
};

export type Approval = {
  readonly incident: string;
  readonly planId: string;
  readonly stepIds: readonly string[];
  readonly by: string;
  readonly at: string;
  readonly expires: string;
  /** As the token named whose word it is: for readers alone. */
  readonly name?: string | undefined;
  readonly comment?: string | undefined;
  /** Number of the ticket or change under which it was approved. */
  readonly ticket?: string | undefined;
};

/** A person's no to a plan that was asked in an incident. */
export type Rejection = {
  readonly incident: string;
  readonly planId: string;
  readonly stepIds: readonly string[];
  /** Object id of who said it, and the name by which the token called them. */
  readonly by: string;
  readonly name: string;
  readonly why: string;
  /** ISO 8601. */
  readonly at: string;
  /** Ids, lower-cased, of the consumers that were known to be down when it was said. When another one is, it has ended. */
  readonly down: readonly string[];
};

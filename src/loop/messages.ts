import type { Polled } from '../azure/apply/poll-operation.ts';
import type { AzureOperation, Sent } from '../azure/apply/target.ts';
import type { PosturePart } from '../posture/report.ts';
import type { Json } from '../remediation/model/canonical.ts';
import type { Sighting } from '../remediation/model/known.ts';
import type { Cure } from '../remediation/model/records.ts';
import type { Authority, Decision, Mode } from '../remediation/policy/policy-types.ts';
import type { InAuto } from '../remediation/policy/would-have.ts';
import type { Head, LedgerEntry } from '../remediation/protocol/ledger.ts';
import type { Step } from '../remediation/steps/step.ts';
import type { ResourceSignal } from '../signals/resource-event.ts';
import type { EndedStep } from '../store/key-state.ts';
import type { SeenLease } from '../store/leases.ts';
import type { HeldAlert } from '../store/quarantine.ts';

/** The cause of a wake-up: an event of Key Vault or of the subscription, an alert, a timer, or a call of an HTTP route. */
export type WokenBy = 'keyVaultEvent' | 'resourceEvent' | 'alert' | 'probe' | 'sweep' | 'call';

/**
 * The span that began this work (W3C traceparent), if tracing is on. It is part of the history, so that a replay passes
 * on the same span.
 */
export type Traced = { readonly traceparent?: string };

/**
 * Input of a `reconcileKey` instance. `number` is the wake-up that it answers, `by` the cause of the wake-up; `round`
 * goes on counting over continueAsNew.
 */
export type ReconcileInput = Traced & {
  readonly keyId: string;
  readonly number: number;
  readonly round: number;
  readonly by?: WokenBy;
};

export type AssessInput = ReconcileInput & {
  /** ISO 8601, from the orchestrator's replayed clock. */ readonly at: string;
};

/** A step that ended between its intent and its outcome. `owner`: id of its instance, which names its entries. */
export type DeadStep = EndedStep & { readonly owner: string };

/** The result of one assess, small enough for the history. The observation itself is a blob, named by its SHA-256. */
export type Assessment =
  | { readonly kind: 'alreadyAssessed' }
  | {
      readonly kind: 'assessed';
      /** `wanted` of the key's row, read before the observation, and the ETag of that row. */
      readonly wanted: number;
      readonly rowTag?: string;
      /** Overrides, approvals and rejections of people that the ledger does not hold yet. */
      readonly said: readonly LedgerEntry[];
      /** Steps whose intent has no outcome and never will. */
      readonly dead: readonly DeadStep[];
      /** The fault of the key's chain, in a sentence. A broken chain gets no new entry. */
      readonly broken?: string;
      /** The checkpoint from which the next readings of the chain may start. */
      readonly checkpoint?: Json;
      /** The ledger's head before the entries of this assess. A repeated activity searches for its own entries from here. */
      readonly head: Head;
      readonly decision: Decision;
      /** The open incident, or the id of the incident that this assessment opens; left out where no finding has impact. */
      readonly incident?: string;
      readonly openedAt?: string;
      readonly opens: boolean;
      readonly closes: boolean;
      /**
       * ARM ids, lower-cased, of the consumers that were affected when they were last seen, and that are out of scope now: an
       * incident that closes with any of them has not ended well. Left out where there are none, or no incident was open.
       */
      readonly letGo?: readonly string[];
      /** SHA-256 of the verdict. An unchanged verdict is neither entered nor notified again. */
      readonly fingerprint: string;
      readonly changed: boolean;
      /**
       * ISO 8601. Set where the verdict is no news but its text has changed (a time, a refusal): when the verdict was
       * recorded.
       */
      readonly standsSince?: string;
      /** When each of its findings was first seen (ISO 8601), by `findingId`. */
      readonly since?: Readonly<Record<string, string>>;
      /** The owners of the resources that the findings are about; see `ownersIn`. */
      readonly owners?: Readonly<Record<string, string>>;
      /** SHA-256 of the observation's blob. */
      readonly evidence?: string;
      /** Independent root causes that the fuse does not count yet; left out where nothing has broken since the last look. */
      readonly causes?: readonly string[];
      /** The principals with the right and without it, where that is news. */
      readonly sighting?: Omit<Sighting, 'at'>;
      /** The names of the causes that people were told of at the last look; left out where there were none. */
      readonly toldBefore?: readonly string[];
      /** `lost`: the key was seen at the last look and is not now. `back`: the other way round. */
      readonly sight?: 'lost' | 'back';
      /** This look gives up a repair that the last look did not. */
      readonly givesUp?: true;
      /**
       * The steps that mode auto would do, by their id, where another mode is set. `news`: these steps in full, with
       * the present mode, where they are new.
       */
      readonly inAuto?: { readonly id: string; readonly news?: InAuto & { readonly mode: Mode } };
      /** A healthy snapshot that differs from the recorded baseline. */
      readonly baseline?: Json;
    };

export type Assessed = Extract<Assessment, { kind: 'assessed' }>;

export type RecordInput = ReconcileInput & {
  /** ISO 8601, from the orchestrator's replayed clock. */
  readonly at: string;
  readonly assessment: Assessed;
};

export type SettleInput = Traced & { readonly keyId: string; readonly wanted: number; readonly rowTag?: string };

export type StepInput = Traced & {
  readonly keyId: string;
  readonly incident: string;
  readonly step: Step;
  readonly authority: Authority;
  /** The ledger's head when the step was called. */
  readonly head: Head;
};

/** A step as its activities get it, with the id of its orchestration, which owns the lease and names the entries. */
export type StepRun = StepInput & { readonly owner: string; readonly at: string };

export type Begun =
  | { readonly kind: 'begun'; readonly head: Head; readonly lease: SeenLease }
  | { readonly kind: 'waiting'; readonly until: string; readonly why: string };

/** The only write of a step. Permanent outcomes are values. An error is thrown only where a retry can cure it. */
export type Written = Sent | { readonly kind: 'cancelled'; readonly why: string };

export type StepResult = {
  /** `cancelled`: the step was allowed when it was decided and is not allowed any more. Nothing was sent. */
  readonly outcome: 'done' | 'blocked' | 'failed' | 'unknown' | 'cancelled';
  readonly why: string;
  readonly correlationIds: readonly string[];
  readonly cure?: Cure;
};

/** `head`: the ledger's head after the step. */
export type StepOutcome = StepResult & { readonly head: Head };

export type EndInput = StepRun & { readonly result: StepResult };

/** Rows from `from` up to, not including, `to`. Both are hexadecimal prefixes of partition keys. */
export type KeyRange = { readonly from: string; readonly to: string };

/**
 * A part of a turn by lists, for any worker. `beside`: how many parts the turn has, so that all parts together read no
 * more than one worker alone. Left out where there is one, and in runs that an earlier version of the product has begun.
 */
export type Part = KeyRange & { readonly beside?: number };

/**
 * `by: 'lists'`: lists of the vaults are read where they suffice. Left out: each version is read, as in a run that an
 * earlier version of the product has begun. `until` (ISO 8601): what no list spares, and would be read later than then,
 * is left to the next run.
 */
export type ProbeRange = Part & { readonly by?: 'lists'; readonly until?: string };

/** The parts that are read at the same time. `afterMs`: since the run began. */
export type Turn<Range = KeyRange> = { readonly afterMs: number; readonly ranges: readonly Range[] };

/** `lastsMs`: how long after its begin the same turns may start anew. */
export type Turns<Range = KeyRange> = { readonly turns: readonly Turn<Range>[]; readonly lastsMs: number };

/** The work that an alert leaves after the HTTP answer. `id`: a hash of the alert's text. */
export type AlertInput = Traced &
  (
    | { readonly kind: 'named'; readonly id: string; readonly signals: readonly ResourceSignal[] }
    | { readonly kind: 'held'; readonly id: string; readonly alert: HeldAlert }
  );

/** Every activity by name, with its input and output. */
export type Activities = {
  assessKey(input: AssessInput): Assessment;
  recordAssessment(input: RecordInput): Head;
  settleKey(input: SettleInput): boolean;
  /** Whether a wake-up came since `wanted` was read. */
  isWanted(input: SettleInput): boolean;
  beginStep(input: StepRun): Begun;
  writeStep(input: StepRun & { readonly lease: SeenLease }): Written;
  pollStep(input: StepRun & { readonly operation: AzureOperation }): Polled;
  endStep(input: EndInput): Head;
  listScope(input: null): readonly Turn<SweepRange>[];
  sweepKeys(input: SweepRange): SweepResult;
  wakeLeftovers(input: null): SweepResult;
  /** Returns how many messages were given up. */
  sendNotices(input: null): number;
  listPosture(input: null): PostureListed;
  judgePosture(input: PostureChunk): PostureJudged;
  publishPosture(input: PosturePublished): number;
  planProbe(input: null): ProbePlan;
  probeKeys(input: ProbeRange): SweepResult;
  /** Returns the outcome in a sentence. */
  hearAlert(input: AlertInput): string;
};

/**
 * `by`: see `ProbeRange`. `looks`: the most keys that this part may wake only to record their state, which have no
 * finding with impact. `snapshots`: the most vaults of which it may read the dependents.
 */
export type SweepRange = Part & {
  readonly by?: 'lists';
  readonly looks: number;
  readonly snapshots: number;
};

/** `until` (ISO 8601): when the next run is due. */
export type ProbePlan = Turns<ProbeRange> & { readonly until: string };

/** `woken`: the first of the woken instances; `more`: how many other instances were woken. */
export type SweepResult = { readonly observed: number; readonly woken: readonly string[]; readonly more?: number };
/** Hashes of two stored documents: the keys of whole vaults, and the surroundings of all keys. */
export type PostureChunk = { readonly listing: string; readonly surroundings: string };
/** The work of a posture report. `chunks`: the keys that are still to be judged; `parts` has the lines that belong to no key. */
export type PostureListed = PosturePublished & { readonly chunks: readonly PostureChunk[] };
/** `restUntil` (ISO 8601): the next chunk waits until then, because reads of Resource Manager are rationed. */
export type PostureJudged = Omit<PosturePublished, 'startedAt'> & { readonly restUntil: string };
/**
 * A posture report whose lines are stored. `startedAt`: ISO 8601. `parts`: where the lines are. `unreadable`: for each resource
 * that could not be read a sentence that says why.
 */
export type PosturePublished = {
  readonly startedAt: string;
  readonly parts: readonly PosturePart[];
  readonly unreadable: readonly string[];
};

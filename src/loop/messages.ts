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

/** What came in and woke a key: an event of Key Vault or of the subscription, an alert, a timer, or a call of an HTTP door. */
export type WokenBy = 'keyVaultEvent' | 'resourceEvent' | 'alert' | 'probe' | 'sweep' | 'call';

/** The span of what began this (W3C traceparent), where anything is traced: it is history, so that a replay hands on the same. */
export type Traced = { readonly traceparent?: string };

/**
 * Input of a `reconcileKey` instance. `number` is the wake-up it answers, `by` what that was, `round` counts on over
 * continueAsNew.
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

/** A step that ended between its intent and its outcome. `owner`: the instance that it was, which names its entries. */
export type DeadStep = EndedStep & { readonly owner: string };

/** What one assess found: small enough to be history. The observation itself is a blob named by its SHA-256. */
export type Assessment =
  | { readonly kind: 'alreadyAssessed' }
  | {
      readonly kind: 'assessed';
      /** `wanted` of the key's row, read before anything was observed, and that row's ETag. */
      readonly wanted: number;
      readonly rowTag?: string;
      /** What people have said and the ledger does not hold yet. */
      readonly said: readonly LedgerEntry[];
      /** Steps whose intent has no outcome and never will. */
      readonly dead: readonly DeadStep[];
      /** What is wrong with the key's chain, in a sentence: then nothing is entered in it. */
      readonly broken?: string;
      /** What the next readings of the chain may begin with. */
      readonly checkpoint?: Json;
      /** The ledger's head before this assess enters anything: where a repeated activity looks for its own entries. */
      readonly head: Head;
      readonly decision: Decision;
      /** The open incident, or the id of the one that this assessment opens; none where nothing is ill. */
      readonly incident?: string;
      readonly openedAt?: string;
      readonly opens: boolean;
      readonly closes: boolean;
      /** SHA-256 of the verdict: an unchanged verdict is neither entered nor notified again. */
      readonly fingerprint: string;
      readonly changed: boolean;
      /** ISO 8601: when a verdict was recorded that is no news, and of which the words (a time, a refusal) are other ones now. */
      readonly standsSince?: string;
      /** When each of its findings was first seen (ISO 8601), by `findingId`. */
      readonly since?: Readonly<Record<string, string>>;
      /** Who owns what the findings are about; see `ownersIn`. */
      readonly owners?: Readonly<Record<string, string>>;
      /** SHA-256 of the observation's blob. */
      readonly evidence?: string;
      /** Independent root causes that the fuse does not know of yet; none where nothing has broken since the last look. */
      readonly causes?: readonly string[];
      /** Who had which right and who lacked it, where that is news. */
      readonly sighting?: Omit<Sighting, 'at'>;
      /** What people were told of at the last look, by its names; none where that was nothing. */
      readonly toldBefore?: readonly string[];
      /** The key was seen at the last look and is not now, or the other way round. */
      readonly sight?: 'lost' | 'back';
      /** A repair was given up that was not at the last look. */
      readonly givesUp?: true;
      /** What mode auto would do, by its id, where the mode is another; all of it, with the present mode, where that is news. */
      readonly inAuto?: { readonly id: string; readonly news?: InAuto & { readonly mode: Mode } };
      /** A healthy snapshot that differs from the recorded one. */
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

/** A step as its activities get it: with the id of its orchestration, which owns the lease and names the entries. */
export type StepRun = StepInput & { readonly owner: string; readonly at: string };

export type Begun =
  | { readonly kind: 'begun'; readonly head: Head; readonly lease: SeenLease }
  | { readonly kind: 'waiting'; readonly until: string; readonly why: string };

/** The one write of a step. Permanent outcomes are values; only what a retry can cure is thrown. */
export type Written = Sent | { readonly kind: 'cancelled'; readonly why: string };

export type StepResult = {
  /** `cancelled`: what was allowed when the step was decided is not allowed any more; nothing was sent. */
  readonly outcome: 'done' | 'blocked' | 'failed' | 'unknown' | 'cancelled';
  readonly why: string;
  readonly correlationIds: readonly string[];
  readonly cure?: Cure;
};

/** `head`: the ledger's head after the step. */
export type StepOutcome = StepResult & { readonly head: Head };

export type EndInput = StepRun & { readonly result: StepResult };

/** Rows from `from` up to but not including `to`: hexadecimal digits that their partitions begin with. */
export type KeyRange = { readonly from: string; readonly to: string };

/**
 * A part of a turn, for whichever worker takes it. `beside`: how many parts the turn has, so that together they take what one worker
 * alone might; what an earlier version has begun does not say it.
 */
export type Part = KeyRange & { readonly beside?: number };

/** `by`: lists of the vaults where they will do; else, as in what an earlier version has begun, each version is read. */
export type ProbeRange = Part & { readonly by?: 'lists' };

/** What is read at one time, in parts that may be read at once. `afterMs`: since the run began. */
export type Turn<Range = Part> = { readonly afterMs: number; readonly ranges: readonly Range[] };

/** `lastsMs`: so long after it began the same may be read anew. */
export type Turns<Range = Part> = { readonly turns: readonly Turn<Range>[]; readonly lastsMs: number };

/** What an alert leaves to do when its door has answered. `id`: a hash of its text. */
export type AlertInput = Traced &
  (
    | { readonly kind: 'named'; readonly id: string; readonly signals: readonly ResourceSignal[] }
    | { readonly kind: 'held'; readonly id: string; readonly alert: HeldAlert }
  );

/** Every activity by name: what goes in and what comes out. */
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
  /** How many messages were given up. */
  sendNotices(input: null): number;
  listPosture(input: null): PostureListed;
  judgePosture(input: PostureChunk): PostureJudged;
  publishPosture(input: PosturePublished): number;
  planProbe(input: null): ProbePlan;
  probeKeys(input: ProbeRange): SweepResult;
  /** In a sentence: what became of it. */
  hearAlert(input: AlertInput): string;
};

/**
 * `looks`: how many keys of which there is nothing to heal may be woken, to be recorded. `snapshots`: of how many vaults it
 * may be read what hangs on them.
 */
export type SweepRange = Part & { readonly looks: number; readonly snapshots: number };

/** `until` (ISO 8601): when the next run is due. */
export type ProbePlan = Turns<ProbeRange> & { readonly until: string };

/** `woken`: the first of the instances that were; `more`: how many others. */
export type SweepResult = { readonly observed: number; readonly woken: readonly string[]; readonly more?: number };
/** Keys of whole vaults, and what surrounds all keys: two pieces of evidence. */
export type PostureChunk = { readonly listing: string; readonly surroundings: string };
/** `parts`: what belongs to no key. `startedAt`: ISO 8601. `unreadable`: each a sentence. */
export type PostureListed = PosturePublished & { readonly chunks: readonly PostureChunk[] };
/** `restUntil` (ISO 8601): what it read of Resource Manager is rationed. */
export type PostureJudged = Omit<PosturePublished, 'startedAt'> & { readonly restUntil: string };
export type PosturePublished = {
  readonly startedAt: string;
  readonly parts: readonly PosturePart[];
  readonly unreadable: readonly string[];
};

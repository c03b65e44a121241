import type { Polled } from '../azure/apply/poll-operation.ts';
import type { AzureOperation, Sent } from '../azure/apply/target.ts';
import type { PosturePart } from '../posture/report.ts';
import type { Json } from '../remediation/model/canonical.ts';
import type { Authority, Decision } from '../remediation/policy/policy-types.ts';
import type { Head, LedgerEntry } from '../remediation/protocol/ledger.ts';
import type { Step } from '../remediation/steps/step.ts';
import type { EndedStep } from '../store/key-state.ts';
import type { SeenLease } from '../store/leases.ts';

/** Input of a `reconcileKey` instance. `number` is the wake-up it answers, `round` counts on over continueAsNew. */
export type ReconcileInput = { readonly keyId: string; readonly number: number; readonly round: number };

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
      /** SHA-256 of the observation's blob. */
      readonly evidence?: string;
      /** A healthy snapshot that differs from the recorded one. */
      readonly baseline?: Json;
    };

export type Assessed = Extract<Assessment, { kind: 'assessed' }>;

export type RecordInput = {
  readonly keyId: string;
  readonly number: number;
  readonly round: number;
  /** ISO 8601, from the orchestrator's replayed clock. */
  readonly at: string;
  readonly assessment: Assessed;
};

export type SettleInput = { readonly keyId: string; readonly wanted: number; readonly rowTag?: string };

export type StepInput = {
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
};

/** `head`: the ledger's head after the step. */
export type StepOutcome = StepResult & { readonly head: Head };

export type EndInput = StepRun & { readonly result: StepResult };

/** Rows from `from` up to but not including `to`: hexadecimal digits that their partitions begin with. */
export type KeyRange = { readonly from: string; readonly to: string };

/** What is read at one time, in parts that may be read at once. `afterMs`: since the run began. */
export type Turn<Range = KeyRange> = { readonly afterMs: number; readonly ranges: readonly Range[] };

/** `lastsMs`: so long after it began the same may be read anew. */
export type Turns = { readonly turns: readonly Turn[]; readonly lastsMs: number };

/** Every activity by name: what goes in and what comes out. */
export type Activities = {
  assessKey(input: AssessInput): Assessment;
  recordAssessment(input: RecordInput): Head;
  settleKey(input: SettleInput): boolean;
  beginStep(input: StepRun): Begun;
  writeStep(input: StepRun & { readonly lease: SeenLease }): Written;
  pollStep(input: StepRun & { readonly operation: AzureOperation }): Polled;
  endStep(input: EndInput): Head;
  listScope(input: null): readonly Turn<SweepRange>[];
  sweepKeys(input: SweepRange): SweepResult;
  wakeLeftovers(input: null): SweepResult;
  listPosture(input: null): PostureListed;
  judgePosture(input: PostureChunk): PostureJudged;
  publishPosture(input: PosturePublished): number;
  planProbe(input: null): ProbePlan;
  probeKeys(input: KeyRange): SweepResult;
};

/**
 * `looks`: how many keys of which there is nothing to heal may be woken, to be recorded. `snapshots`: of how many vaults it
 * may be read what hangs on them.
 */
export type SweepRange = KeyRange & { readonly looks: number; readonly snapshots: number };

/** `until` (ISO 8601): when the next run is due. */
export type ProbePlan = Turns & { readonly until: string };

export type SweepResult = { readonly observed: number; readonly woken: readonly string[] };
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

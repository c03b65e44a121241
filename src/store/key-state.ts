import * as z from 'zod/mini';
import type { ConsumerFacts, KeyVersionFacts } from '../remediation/model/facts.ts';
import type { Attempt, Rejection, RequestParameters } from '../remediation/model/records.ts';
import type { InVain } from '../remediation/observation/asked-in-vain.ts';
import type { Decision } from '../remediation/policy/policy-types.ts';
import type { ApprovalRow } from '../remediation/protocol/approval.ts';
import type { KeyRow } from '../remediation/protocol/wake.ts';

/** From the first finding with impact to healthy. */
export type Incident = { readonly id: string; readonly openedAt: string; readonly closedAt?: string };

/** The verdict of the last assess. `fingerprint` shows whether the next verdict differs. */
export type Verdict = {
  readonly at: string;
  readonly decision: Decision;
  readonly fingerprint: string;
  /** Number of the shape in which the key was recorded; left out by versions without such numbers. */
  readonly shape?: number;
  readonly incident?: string;
  readonly evidence?: string;
  /** When each finding was first seen (ISO 8601), by `findingId`; left out by earlier versions. */
  readonly since?: Readonly<Record<string, string>>;
  /** The value of the owner tag by ARM id in lower case; the owner of the key itself under the empty name. */
  readonly owners?: Readonly<Record<string, string>>;
  /** When the verdict was written (ISO 8601). Other times in it may be older. */
  readonly writtenAt?: string;
  /** Id of the steps that mode auto would do, where another mode is set. */
  readonly inAuto?: string;
};

/** A plan that a person was asked to approve. */
export type AskedPlan = {
  readonly planId: string;
  readonly incident: string;
  readonly at: string;
  readonly stepIds: readonly string[];
  readonly steps: readonly unknown[];
};

/** A person's request for one step with this name. */
export type StepRequest = {
  readonly step: string;
  readonly target: string;
  readonly by: string;
  readonly at: string;
  readonly parameters?: RequestParameters;
};

export type EndedStep = Attempt & { readonly incident: string };

/** Versions in use that expire, the earliest first. `current`: the current version of the key, if it was read. */
export type ExpiringVersions = { readonly versions: readonly KeyVersionFacts[]; readonly current?: string | undefined };

/** The consumers that pin a version of the key, as they were when the product last recorded a difference. */
export type KnownConsumers = {
  readonly at: string;
  readonly consumers: readonly ConsumerFacts[];
  /** The cost of reading the pinned versions, in reads of a 2048-bit software key. */
  readonly cost?: number | undefined;
  /** Ids of all resources that bore the do-not-heal tag when last read. A resource that is gone cannot be read any more. */
  readonly marked?: readonly string[] | undefined;
  /**
   * Since when Azure does not show a resource that no statement of Azure calls deleted (ISO 8601), by the names of
   * `missedIn`.
   */
  readonly missed?: Readonly<Record<string, string>> | undefined;
  /**
   * Since when the looks learn nothing of the key, and the last such look; left out where the last look learnt
   * something.
   */
  readonly inVain?: InVain | undefined;
  /** The versions in use that expire, as last seen; left out where there are none. */
  readonly expiring?: ExpiringVersions | undefined;
  /** When the pin of a consumer was last read, where that takes a call of its own (ISO 8601), by ARM id in lower case. */
  readonly pinsReadAt?: Readonly<Record<string, string>> | undefined;
};

/** A key whose assess has thrown several times in a row: the count, since when (ISO 8601), and the last error. */
export type Failing = { readonly since: string; readonly at: string; readonly times: number; readonly why: string };

/** Everything that the product has stored of one key, at one moment. */
export type KeyState = {
  readonly keyId: string;
  readonly row: KeyRow;
  /** ETag of `row`; `undefined` when there is no row yet. */
  readonly rowTag: string | undefined;
  readonly verdict: Verdict | undefined;
  readonly incident: Incident | undefined;
  /** Newest first. */
  readonly asked: readonly AskedPlan[];
  readonly approvals: readonly ApprovalRow[];
  /** Oldest first. */
  readonly rejections: readonly Rejection[];
  readonly requests: readonly StepRequest[];
  /** The ends of steps, each with its incident. */
  readonly attempts: readonly EndedStep[];
  readonly consumers: KnownConsumers | undefined;
  /** When a lock, a policy, a role or the like that may have blocked a repair of this key was last changed (ISO 8601). */
  readonly wayChangedAt?: string | undefined;
  readonly baseline: unknown;
  /** The failures of its assess in a row; `undefined` where the last assess did not throw. */
  readonly failing: Failing | undefined;
  /** Names of rows that could not be parsed. If there is one, no step may act. */
  readonly unreadable: readonly string[];
};

const text = z.string();
const texts = z.array(z.string());
const isVersion = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'kid' in value && 'version' in value;
const isFacts = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'id' in value && 'pinned' in value;

export const incidentSchema = z.object({ id: text, openedAt: text, closedAt: z.optional(text) });

/**
 * Schemas of the documents in the rows of a key. A decision is not parsed in depth, since the product's own types wrote
 * it.
 */
export const documents = {
  failing: z.object({ since: text, at: text, times: z.number(), why: text }),
  verdict: z.object({
    at: text,
    decision: z.custom<Decision>((value) => typeof value === 'object' && value !== null && 'kind' in value),
    fingerprint: text,
    shape: z.optional(z.number()),
    incident: z.optional(text),
    evidence: z.optional(text),
    since: z.optional(z.record(text, text)),
    owners: z.optional(z.record(text, text)),
    writtenAt: z.optional(text),
    inAuto: z.optional(text),
  }),
  incident: incidentSchema,
  asked: z.object({ planId: text, incident: text, at: text, stepIds: texts, steps: z.array(z.unknown()) }),
  approval: z.object({
    incident: text,
    planId: text,
    stepIds: texts,
    by: text,
    at: text,
    expires: text,
    used: texts,
    name: z.optional(text),
    comment: z.optional(text),
    ticket: z.optional(text),
  }),
  rejection: z.object({
    incident: text,
    planId: text,
    stepIds: texts,
    by: text,
    name: text,
    why: text,
    at: text,
    down: texts,
  }),
  request: z.object({
    step: text,
    target: text,
    by: text,
    at: text,
    parameters: z.optional(z.object({ newKid: z.optional(text), identity: z.optional(text) })),
  }),
  attempt: z.object({
    incident: text,
    stepId: text,
    step: z.custom<EndedStep['step']>((value) => typeof value === 'string'),
    target: text,
    outcome: z.enum(['done', 'blocked', 'failed', 'unknown']),
    why: text,
    at: text,
    cure: z.optional(z.enum(['time', 'change'])),
  }),
  way: z.object({ changedAt: text }),
  consumer: z.object({
    facts: z.custom<ConsumerFacts>(isFacts),
    pinReadAt: z.optional(text),
  }),
  consumers: z.object({
    at: text,
    cost: z.optional(z.number()),
    marked: z.optional(texts),
    missed: z.optional(z.record(text, text)),
    inVain: z.optional(z.object({ since: text, at: text })),
    expiring: z.optional(
      z.object({
        versions: z.array(z.custom<KeyVersionFacts>(isVersion)),
        current: z.optional(text),
      }),
    ),
    pinsReadAt: z.optional(z.record(text, text)),
    consumers: z.array(z.custom<ConsumerFacts>(isFacts)),
  }),
};

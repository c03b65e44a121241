import * as z from 'zod/mini';
import type { ConsumerFacts } from '../remediation/model/facts.ts';
import type { Attempt, RequestParameters } from '../remediation/model/records.ts';
import type { Decision } from '../remediation/policy/policy-types.ts';
import type { ApprovalRow } from '../remediation/protocol/approval.ts';
import type { KeyRow } from '../remediation/protocol/wake.ts';

/** From the first finding with harm to healthy. */
export type Incident = { readonly id: string; readonly openedAt: string; readonly closedAt?: string };

/** What the last assess said. `fingerprint` tells whether the next one says something else. */
export type Verdict = {
  readonly at: string;
  readonly decision: Decision;
  readonly fingerprint: string;
  /** Number of the shape in which the key was recorded; none before shapes had numbers. */
  readonly shape?: number;
  readonly incident?: string;
  readonly evidence?: string;
};

/** A plan that a person was asked to approve. */
export type AskedPlan = {
  readonly planId: string;
  readonly incident: string;
  readonly at: string;
  readonly stepIds: readonly string[];
  readonly steps: readonly unknown[];
};

/** A person's wish that one step of this name be taken. */
export type StepRequest = {
  readonly step: string;
  readonly target: string;
  readonly by: string;
  readonly at: string;
  readonly parameters?: RequestParameters;
};

export type EndedStep = Attempt & { readonly incident: string };

/** The consumers that pin some version of the key, as they were when the sweep last saw a difference. */
export type KnownConsumers = {
  readonly at: string;
  readonly consumers: readonly ConsumerFacts[];
  /** What reading the pinned versions costs, in reads of a 2048-bit software key. */
  readonly cost?: number | undefined;
  /** Pinned versions that bore the do-not-heal tag when each was last read: of what is gone nobody can read it. */
  readonly marked?: readonly string[] | undefined;
  /** When it was read what a consumer pins, where that takes a call of its own (ISO 8601), by its ARM id, lower-cased. */
  readonly pinsReadAt?: Readonly<Record<string, string>> | undefined;
};

/** Everything that the product keeps of one key, at one moment. */
export type KeyState = {
  readonly keyId: string;
  readonly row: KeyRow;
  /** Version of `row`; `undefined` when there is none yet. */
  readonly rowTag: string | undefined;
  readonly verdict: Verdict | undefined;
  readonly incident: Incident | undefined;
  /** Newest first. */
  readonly asked: readonly AskedPlan[];
  readonly approvals: readonly ApprovalRow[];
  readonly requests: readonly StepRequest[];
  /** How steps ended, with the incident that they ended in. */
  readonly attempts: readonly EndedStep[];
  readonly consumers: KnownConsumers | undefined;
  readonly baseline: unknown;
  /** Names of rows that could not be understood. Where there is one, nothing may act. */
  readonly unreadable: readonly string[];
};

const text = z.string();
const texts = z.array(z.string());

export const incidentSchema = z.object({ id: text, openedAt: text, closedAt: z.optional(text) });

/** Shapes of the documents in the rows of a key. A decision was written by the product's own types. */
export const documents = {
  verdict: z.object({
    at: text,
    decision: z.custom<Decision>((value) => typeof value === 'object' && value !== null && 'kind' in value),
    fingerprint: text,
    shape: z.optional(z.number()),
    incident: z.optional(text),
    evidence: z.optional(text),
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
  }),
  consumers: z.object({
    at: text,
    cost: z.optional(z.number()),
    marked: z.optional(texts),
    pinsReadAt: z.optional(z.record(text, text)),
    consumers: z.array(
      z.custom<ConsumerFacts>(
        (value) => typeof value === 'object' && value !== null && 'id' in value && 'pinned' in value,
      ),
    ),
  }),
};

import * as z from 'zod/mini';
import type { ConsumerFacts, KeyVersionFacts } from '../remediation/model/facts.ts';
import type { Attempt, Rejection, RequestParameters } from '../remediation/model/records.ts';
import type { InVain } from '../remediation/observation/asked-in-vain.ts';
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
  /** When each of its findings was first seen (ISO 8601), by `findingId`; none in earlier versions. */
  readonly since?: Readonly<Record<string, string>>;
  /** What the tag of the owner said, by ARM id, lower-cased; of the key itself by the empty name. */
  readonly owners?: Readonly<Record<string, string>>;
  /** When it was written down (ISO 8601), whatever of it is older. */
  readonly writtenAt?: string;
  /** Id of what mode auto would do, where the mode is another. */
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

/** A person's wish that one step of this name be taken. */
export type StepRequest = {
  readonly step: string;
  readonly target: string;
  readonly by: string;
  readonly at: string;
  readonly parameters?: RequestParameters;
};

export type EndedStep = Attempt & { readonly incident: string };

/** Versions in use that expire, the nearest first, and which version is the current one, where that was read. */
export type ExpiringVersions = { readonly versions: readonly KeyVersionFacts[]; readonly current?: string | undefined };

/** The consumers that pin some version of the key, as they were when the sweep last saw a difference. */
export type KnownConsumers = {
  readonly at: string;
  readonly consumers: readonly ConsumerFacts[];
  /** What reading the pinned versions costs, in reads of a 2048-bit software key. */
  readonly cost?: number | undefined;
  /** Ids of all that bore the do-not-heal tag when it was last read: of what is gone nobody can read it. */
  readonly marked?: readonly string[] | undefined;
  /** Since when Azure does not show what no word of it says was deleted (ISO 8601), by the names of `missedIn`. */
  readonly missed?: Readonly<Record<string, string>> | undefined;
  /** Since when nothing is learnt of it, and when that was last asked; none where it was. */
  readonly inVain?: InVain | undefined;
  /** What was last seen of the versions in use that expire; none where none does. */
  readonly expiring?: ExpiringVersions | undefined;
  /** When it was read what a consumer pins, where that takes a call of its own (ISO 8601), by its ARM id, lower-cased. */
  readonly pinsReadAt?: Readonly<Record<string, string>> | undefined;
};

/** A key whose assess has thrown so many times in a row, `since` then (ISO 8601), and what it said the last time. */
export type Failing = { readonly since: string; readonly at: string; readonly times: number; readonly why: string };

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
  /** Oldest first. */
  readonly rejections: readonly Rejection[];
  readonly requests: readonly StepRequest[];
  /** How steps ended, with the incident that they ended in. */
  readonly attempts: readonly EndedStep[];
  readonly consumers: KnownConsumers | undefined;
  /** When a lock, a policy, a role or the like was last changed that may have stood in the way of its repairs (ISO 8601). */
  readonly wayChangedAt?: string | undefined;
  readonly baseline: unknown;
  /** How often its assess has thrown in a row; `undefined` where it has not. */
  readonly failing: Failing | undefined;
  /** Names of rows that could not be understood. Where there is one, nothing may act. */
  readonly unreadable: readonly string[];
};

const text = z.string();
const texts = z.array(z.string());
const isVersion = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'kid' in value && 'version' in value;
const isFacts = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'id' in value && 'pinned' in value;

export const incidentSchema = z.object({ id: text, openedAt: text, closedAt: z.optional(text) });

/** Shapes of the documents in the rows of a key. A decision was written by the product's own types. */
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

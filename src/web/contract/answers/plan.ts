import * as z from 'zod/mini';
import { CONSUMER_KINDS } from '../../../remediation/model/profiles.ts';
import { RISKS } from '../../../remediation/steps/risk.ts';
import { details, hash, instant, text, texts } from './parts.ts';

/** One repair. The list of steps at `POST /api/orchestrators/{name}` has the kinds; an older release may have had others. */
export const step = z.looseObject({
  kind: text,
  target: text,
  parameters: details,
  stepId: hash,
  risk: z.enum(RISKS),
  actions: texts,
  undo: text,
  sentence: text,
  touches: texts,
  serves: texts,
  dependsOn: texts,
});

export const plan = z.strictObject({ planId: hash, steps: z.array(step), instructions: texts });

/** The verdict of the policy on one step; `why` where the step does not run. */
export const stepVerdict = z.strictObject({
  verdict: z.enum(['run', 'ask', 'report']),
  step,
  why: z.optional(text),
  authority: z.optional(details),
  again: z.optional(text),
  givenUp: z.optional(z.literal(true)),
});

const impact = z.strictObject({
  consumerId: text,
  consumerKind: z.enum(CONSUMER_KINDS as unknown as [string]),
  level: z.enum(['active', 'latent', 'none']),
  deadline: z.optional(instant),
  weakens: z.optional(z.literal(true)),
  sentence: text,
});

export const finding = z.strictObject({
  kind: text,
  target: text,
  evidence: z.record(text, z.union([text, z.number(), z.boolean()])),
  impact: z.array(impact),
  /** The earlier name of `impact`, left out in the next version. */
  harm: z.array(impact),
  rows: texts,
  sentence: text,
  explainedBy: z.optional(text),
  runbook: text,
});

export const verdictKind = z.enum(['healthy', 'unseen', 'report', 'ask', 'run']);

export const decision = z.strictObject({
  kind: verdictKind,
  findings: z.array(finding),
  plan,
  verdicts: z.array(stepVerdict),
  notes: texts,
  lookAgainAt: z.optional(instant),
});

/** A plan that a person is asked to approve. Its steps are as they were when it was asked. */
export const askedPlan = z.strictObject({
  planId: hash,
  incident: text,
  at: instant,
  stepIds: z.array(hash),
  steps: z.array(step),
});

export const approval = z.strictObject({
  incident: text,
  planId: hash,
  stepIds: z.array(hash),
  by: text,
  at: instant,
  expires: instant,
  name: z.optional(text),
  comment: z.optional(text),
  ticket: z.optional(text),
});

/** `used`: steps whose outcome has used up the approval. */
export const usedApproval = z.extend(approval, { used: texts });

/** `down`: the consumers that were known to be down at that time. The rejection ends when another consumer is down. */
export const rejection = z.strictObject({
  incident: text,
  planId: hash,
  stepIds: z.array(hash),
  by: text,
  name: text,
  why: text,
  at: instant,
  down: texts,
});

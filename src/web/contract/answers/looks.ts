import * as z from 'zod/mini';
import { RISKS } from '../../../remediation/steps/risk.ts';
import { type Answers, LOCATION, RETRY_AFTER } from './answers-row.ts';
import { aged, count, details, failing, hash, instant, text, texts } from './parts.ts';
import { askedPlan, decision, finding, plan, rejection, stepVerdict, usedApproval, verdictKind } from './plan.ts';

const summary = z.strictObject({
  id: text,
  key: text,
  wanted: count,
  assessed: count,
  verdict: z.optional(verdictKind),
  notes: z.optional(texts),
  since: z.optional(instant),
  incident: z.optional(text),
  notAssessed: z.optional(failing),
});

const request = z.strictObject({
  step: text,
  target: text,
  by: text,
  at: instant,
  parameters: z.optional(z.strictObject({ newKid: z.optional(text), identity: z.optional(text) })),
});

const wordless = z.strictObject({ kind: z.enum(['weakened', 'unclear', 'posture', 'none']) });

const impact = z.union([
  z.strictObject({ kind: z.literal('down'), since: instant }),
  z.strictObject({ kind: z.literal('losesKey'), by: instant }),
  wordless,
]);

const line = z.strictObject({
  id: text,
  key: text,
  vault: text,
  consumer: z.optional(z.strictObject({ id: text, name: text, kind: text })),
  verdict: z.optional(verdictKind),
  fault: z.optional(text),
  otherFaults: texts,
  sentence: text,
  impact,
  /** The earlier name of `impact`, left out in the next version. */
  harm: impact,
  since: z.optional(instant),
  deadline: z.optional(instant),
  owner: z.optional(text),
  plan: z.optional(
    z.strictObject({ id: hash, steps: z.array(z.strictObject({ kind: text, target: text, verdict: text })) }),
  ),
  nextAction: z.strictObject({
    kind: z.enum(['repairs', 'asks', 'held', 'looksAgain', 'person', 'cannotSee', 'none']),
    sentence: text,
  }),
  incident: z.optional(text),
  notes: texts,
  notAssessed: z.optional(failing),
  changedAt: z.union([instant, z.literal('')]),
});

const expiry = z.strictObject({
  key: text,
  version: text,
  vault: text,
  expiresOn: instant,
  daysLeft: z.int(),
  enabled: z.boolean(),
  consumers: z.array(z.strictObject({ id: text, name: text, kind: text })),
  moreConsumers: z.optional(count),
  outlook: z.strictObject({
    kind: z.enum(['extends', 'asks', 'held', 'person', 'none']),
    at: instant,
    until: z.optional(instant),
    sentence: text,
  }),
});

const summaryOfAll = z.strictObject({
  now: instant,
  version: text,
  mode: z.enum(['observe', 'approve', 'auto']),
  consumers: count,
  consumersByKind: z.record(text, count),
  keys: count,
  vaults: count,
  subscriptions: count,
  verdicts: z.strictObject({
    healthy: count,
    repairing: count,
    asked: count,
    reported: count,
    unseen: count,
    notYetAssessed: count,
  }),
  sweep: z.strictObject({ began: aged, listed: aged, ended: aged, timer: aged }),
  probe: z.strictObject({ began: aged, timer: aged }),
  posture: z.strictObject({ began: aged, ended: aged, timer: aged }),
});

/** Facts of a consumer as Azure shows them. */
const consumer = z.looseObject({ id: text, kind: text, name: text, pinned: details });

const one = z.extend(summary, {
  runtimeStatus: z.optional(text),
  decision: z.optional(decision),
  asked: z.array(askedPlan),
  approvals: z.array(usedApproval),
  rejections: z.array(rejection),
  requests: z.array(request),
  consumers: z.optional(z.looseObject({ at: instant, consumers: z.array(consumer) })),
  now: instant,
  lines: z.array(line),
});

const begun = z.strictObject({ id: text, status: text });
const headers = { Location: LOCATION, 'Retry-After': RETRY_AFTER };

/** One step that a start would take. `may`: whether the product has the permissions; `null` where it cannot tell. */
const dryStep = z.strictObject({
  stepId: hash,
  kind: text,
  target: text,
  sentence: text,
  verdict: z.enum(['run', 'ask', 'report']),
  why: z.optional(text),
  risk: z.enum(RISKS),
  undo: text,
  needs: texts,
  may: z.nullable(z.boolean()),
  obstacles: z.array(z.strictObject({ why: text, commands: texts })),
  alsoUses: z.strictObject({ keys: texts, consumers: texts }),
});

const dry = z.strictObject({
  dryRun: z.literal(true),
  key: text,
  mode: z.enum(['observe', 'approve', 'auto']),
  verdict: verdictKind,
  findings: z.array(finding),
  notes: texts,
  planId: hash,
  steps: z.array(dryStep),
  refusal: z.optional(z.strictObject({ status: count, code: text, detail: text })),
});

const DRY = { is: 'with `?dryRun=true`: what would be done, of which nothing is done', schema: dry } as const;

/** Refusals of a body whose key or resource cannot be looked at. */
const UNFOUND = ['OutOfScope', 'NotFound', 'Ambiguous', 'CannotBeRead', 'NotWoken'] as const;

export const looks = {
  'start-reconciliation': {
    answers: { 200: DRY, 202: { is: 'it will be looked at', schema: begun, headers } },
    refuses: UNFOUND,
  },
  'list-reconciliations': {
    answers: {
      200: {
        is: 'a page of the lines',
        schema: z.strictObject({ now: instant, value: z.array(line), nextLink: z.optional(text) }),
        orAs: 'text/csv',
      },
    },
    refuses: ['NotFound', 'Ambiguous'],
  },
  'list-expiry': {
    answers: {
      200: {
        is: 'a page of the versions',
        schema: z.strictObject({ now: instant, until: instant, value: z.array(expiry), nextLink: z.optional(text) }),
        orAs: 'text/csv',
      },
    },
    refuses: ['NotFound', 'Ambiguous'],
  },
  'get-summary': { answers: { 200: { is: 'the summary', schema: summaryOfAll } }, refuses: [] },
  'get-reconciliation': { answers: { 200: { is: 'the key', schema: one } }, refuses: ['NotFound', 'Ambiguous'] },
  'start-repair': {
    answers: {
      200: {
        is: 'in mode `observe` the plan is all there is; with `?dryRun=true` what would be done',
        schema: z.union([dry, z.strictObject({ plan, verdicts: z.array(stepVerdict), notes: texts })]),
      },
      202: {
        is: 'the request is recorded, and the key is looked at',
        schema: z.extend(begun, { plan, verdicts: z.array(stepVerdict) }),
        headers,
      },
    },
    refuses: [...UNFOUND, 'NoDrift', 'CannotActNow', 'KeyDisabled'],
  },
  'start-sweep': {
    answers: {
      200: {
        is: 'with `?dryRun=true`: how many keys in use would be looked at',
        schema: z.strictObject({ dryRun: z.literal(true), keys: count, sweptAt: z.optional(instant) }),
      },
      202: { is: 'it has begun', schema: z.strictObject({ sweep: z.literal('started') }) },
    },
    refuses: ['AtWork', 'NotWoken'],
  },
} as const satisfies Readonly<Record<string, Answers>>;

import * as z from 'zod/mini';
import { type Answers, LOCATION, RETRY_AFTER } from './answers-row.ts';
import { count, instant, text, texts } from './parts.ts';

const line = z.strictObject({
  row: text,
  statement: text,
  check: text,
  subject: text,
  kind: text,
  use: z.optional(text),
  verdict: z.enum(['pass', 'fail', 'unknown', 'notApplicable']),
  evidence: text,
  plan: z.optional(texts),
  runbook: z.optional(text),
});

/** How often each verdict was given; left out where the row was never judged. */
const row = z.strictObject({
  id: text,
  level: text,
  check: text,
  statement: text,
  pass: z.optional(count),
  fail: z.optional(count),
  unknown: z.optional(count),
  notApplicable: z.optional(count),
});

/** `null`: the product cannot tell. */
const coverage = z.strictObject({
  vault: text,
  step: text,
  canSee: z.nullable(z.boolean()),
  canRepair: z.nullable(z.boolean()),
  why: texts,
  commands: texts,
});

const posture = z.strictObject({
  startedAt: instant,
  finishedAt: instant,
  ageSeconds: z.int(),
  isComplete: z.boolean(),
  unreadable: texts,
  rows: z.array(row),
  lines: z.array(line),
  coverage: z.array(coverage),
  nextLink: z.optional(text),
});

const beingMade = {
  is: 'the first report is being made',
  schema: z.strictObject({ status: text }),
  headers: { 'Retry-After': RETRY_AFTER },
};

export const reports = {
  'get-posture': {
    answers: { 200: { is: 'the report, or a page of it', schema: posture, orAs: 'text/csv' }, 202: beingMade },
    refuses: ['NotFound', 'ReportReplaced'],
  },
  'look-at-posture': {
    answers: {
      202: {
        is: 'it is being made',
        schema: z.strictObject({ status: text }),
        headers: { Location: LOCATION, 'Retry-After': RETRY_AFTER },
      },
    },
    refuses: [],
  },
  'get-coverage': {
    answers: {
      200: {
        is: 'what is covered, or a page of it',
        schema: z.strictObject({ observedAt: instant, value: z.array(coverage), nextLink: z.optional(text) }),
      },
      202: beingMade,
    },
    refuses: ['ReportReplaced'],
  },
} as const satisfies Readonly<Record<string, Answers>>;

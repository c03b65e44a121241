import * as z from 'zod/mini';
import type { Answers } from './answers-row.ts';
import { count, hash, instant, text, texts } from './parts.ts';
import { verification } from './verification.ts';

const minutes = z.number().check(z.nonnegative());
const seconds = minutes;

const incident = z.strictObject({
  id: text,
  keyId: text,
  openedAt: instant,
  closedAt: z.optional(instant),
  minutesOpen: minutes,
});

const moment = z.strictObject({
  what: text,
  at: instant,
  seconds,
  seq: z.optional(count),
  by: z.optional(text),
  step: z.optional(text),
  target: z.optional(text),
  outcome: z.optional(text),
  says: z.optional(text),
});

const cause = z.strictObject({ kind: text, target: text, sentence: text, runbook: z.optional(text) });

const word = z.strictObject({
  what: text,
  at: instant,
  by: text,
  name: z.optional(text),
  ticket: z.optional(text),
  comment: z.optional(text),
  why: z.optional(text),
  planId: z.optional(text),
  seq: count,
});

const write = z.strictObject({
  step: text,
  target: text,
  begunAt: instant,
  endedAt: z.optional(instant),
  seconds: z.optional(seconds),
  outcome: z.optional(text),
  why: z.optional(text),
  authority: z.optional(text),
  undo: z.optional(text),
  correlationIds: texts,
  rows: z.array(count),
});

const act = z.strictObject({
  at: text,
  operation: text,
  by: text,
  on: text,
  source: z.enum(['activityLog', 'auditLog']),
});

const whole = z.strictObject({
  id: text,
  key: text,
  openedAt: instant,
  closedAt: z.optional(instant),
  isOpen: z.boolean(),
  now: instant,
  lostAt: z.optional(instant),
  seconds: z.strictObject({
    toDetect: z.optional(z.number()),
    toDecide: z.optional(z.number()),
    toHeal: z.optional(z.number()),
  }),
  timeline: z.array(moment),
  consumers: z.array(
    z.strictObject({ consumerId: text, minutesDown: minutes, atMostMinutes: minutes, isDownNow: z.boolean() }),
  ),
  cause: z.strictObject({ faults: z.array(cause), roots: z.array(cause) }),
  who: z.strictObject({ askedAt: instant, acts: z.array(act), says: texts }),
  people: z.array(word),
  writes: z.array(write),
  evidence: texts,
  ledger: z.strictObject({
    chain: text,
    verification,
    verified: z.strictObject({ by: text, at: instant, anchors: count }),
    anchored: z.optional(z.strictObject({ seq: count, at: instant })),
    rows: z.array(z.strictObject({ seq: count, kind: text, at: text, hash: z.union([hash, z.literal('')]) })),
  }),
});

const spread = z.strictObject({ count, p50: z.number(), p95: z.number() });

const measured = z.strictObject({
  id: text,
  key: text,
  openedAt: instant,
  closedAt: z.optional(instant),
  cause: z.optional(text),
  seconds: z.strictObject({ toDetect: z.optional(z.number()), toHeal: z.optional(z.number()) }),
  minutesDown: z.array(minutes),
  isRepaired: z.boolean(),
});

/** `measured`: how many of the newest incidents are in the figures by cause and in the lines. */
const history = z.strictObject({
  now: instant,
  from: instant,
  to: instant,
  incidents: z.strictObject({ opened: count, open: count, measured: count }),
  weeks: z.array(z.strictObject({ monday: z.iso.date(), opened: count })),
  causes: z.array(
    z.strictObject({ cause: text, incidents: count, toDetect: z.optional(spread), toHeal: z.optional(spread) }),
  ),
  value: z.array(measured),
});

export const incidents = {
  'list-incidents': {
    answers: {
      200: {
        is: 'the incidents, or a page of them',
        schema: z.strictObject({ value: z.array(incident), nextLink: z.optional(text) }),
        orAs: 'text/csv',
      },
    },
    refuses: ['NotFound', 'Ambiguous'],
  },
  'get-history': { answers: { 200: { is: 'how it has gone', schema: history } }, refuses: [] },
  'get-incident': { answers: { 200: { is: 'the incident', schema: whole } }, refuses: ['NotFound'] },
} as const satisfies Readonly<Record<string, Answers>>;

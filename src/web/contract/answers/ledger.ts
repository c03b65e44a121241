import * as z from 'zod/mini';
import type { Answers } from './answers-row.ts';
import { count, hash, instant, text, texts } from './parts.ts';
import { verification } from './verification.ts';

const entry = z.strictObject({
  id: text,
  at: instant,
  kind: text,
  incident: z.optional(text),
  step: z.optional(text),
  stepId: z.optional(text),
  target: z.optional(text),
  outcome: z.optional(z.enum(['done', 'waiting', 'blocked', 'failed', 'cancelled', 'unknown'])),
  intent: z.optional(text),
  detail: z.unknown(),
  correlationIds: texts,
  evidence: z.optional(hash),
  chain: text,
  seq: count,
  prev: text,
  hash,
});

export const ledger = {
  'get-ledger': {
    answers: {
      200: {
        is: 'the chain, and what its anchors prove',
        schema: z.strictObject({ chain: text, verification, anchors: text, entries: z.array(entry) }),
      },
    },
    refuses: ['UnknownKey', 'NotFound', 'Ambiguous'],
  },
  'get-evidence': {
    answers: { 200: { is: 'what was seen, as it was kept', schema: z.unknown() } },
    refuses: ['NotFound'],
  },
} as const satisfies Readonly<Record<string, Answers>>;

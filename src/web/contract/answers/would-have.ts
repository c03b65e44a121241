import * as z from 'zod/mini';
import type { Answers } from './answers-row.ts';
import { count, hash, instant, text, texts } from './parts.ts';

const minutes = z.number().check(z.nonnegative());

const step = z.strictObject({
  stepId: text,
  step: text,
  target: text,
  sentence: text,
  verdict: z.enum(['run', 'ask', 'report']),
  why: z.optional(text),
});

const impact = z.array(
  z.strictObject({ consumerId: text, level: z.enum(['active', 'latent', 'none']), deadline: z.optional(instant) }),
);

const decision = z.strictObject({
  key: text,
  at: instant,
  mode: z.enum(['observe', 'approve', 'auto']),
  decided: text,
  incident: z.optional(text),
  steps: z.array(step),
  impact,
  /** The earlier name of `impact`, left out in the next version. */
  harm: impact,
  followed: z.array(z.strictObject({ consumerId: text, minutesDown: minutes, isDownNow: z.boolean() })),
  healthyAt: z.optional(instant),
  done: texts,
  ledger: z.strictObject({ seq: count, hash }),
});

const day = z.strictObject({
  day: z.iso.date(),
  wouldHaveRun: count,
  wouldHaveAsked: count,
  minutesDownAfter: minutes,
  entries: z.array(decision),
});

export const wouldHave = {
  'get-would-have': {
    answers: {
      200: {
        is: 'what mode auto would have done, or a page of it',
        schema: z.strictObject({
          from: instant,
          to: instant,
          mode: z.enum(['observe', 'approve', 'auto']),
          value: z.array(day),
          missingInLedger: z.optional(texts),
          nextLink: z.optional(text),
        }),
        orAs: 'text/csv',
      },
    },
    refuses: [],
  },
} as const satisfies Readonly<Record<string, Answers>>;

import * as z from 'zod/mini';
import type { Answers } from './answers-row.ts';
import { count, instant, text, texts } from './parts.ts';

const override = z.strictObject({ by: text, why: text, until: z.optional(instant) });
const pause = z.extend(override, { scope: z.optional(text) });
const doNotHeal = z.extend(override, { target: text });

const covers = z.strictObject({ keys: texts, consumers: texts, keyCount: count, consumerCount: count });

const standing = {
  answers: {
    200: {
      is: 'the overrides',
      schema: z.strictObject({
        paused: z.nullable(pause),
        pauses: z.array(pause),
        doNotHeal: z.array(doNotHeal),
      }),
    },
  },
  refuses: [],
} as const satisfies Answers;

export const overrides = {
  'get-overrides': standing,
  'get-orders': standing,
  pause: {
    answers: {
      200: {
        is: 'it is in force, with what it covers now where it is of a scope',
        schema: z.extend(pause, { covers: z.optional(covers), warning: z.optional(text) }),
      },
    },
    refuses: ['NeverMatches', 'NotFound', 'Ambiguous', 'WouldShorten', 'TooManyOverrides'],
  },
  resume: {
    answers: { 204: { is: 'it is lifted' } },
    refuses: ['NeverMatches', 'NotFound', 'Ambiguous', 'NotWoken'],
  },
  'forbid-healing': {
    answers: {
      200: {
        is: 'it is in force, with what it covers now',
        schema: z.extend(doNotHeal, { covers, warning: z.optional(text) }),
      },
    },
    refuses: ['NeverMatches', 'Ambiguous', 'WouldShorten', 'TooManyOverrides'],
  },
  'allow-healing': { answers: { 204: { is: 'it is lifted' } }, refuses: ['NotFound', 'Ambiguous', 'NotWoken'] },
} as const satisfies Readonly<Record<string, Answers>>;

import * as z from 'zod/mini';
import type { Answers } from './answers-row.ts';
import { instant, text, texts } from './parts.ts';

const answer = z.strictObject({ answer: z.enum(['letGo', 'keep']), by: text, at: instant, why: text });

const followed = z.strictObject({
  id: text,
  name: z.optional(text),
  managementGroups: texts,
  foundAt: instant,
  seenAt: instant,
  missing: z.optional(
    z.strictObject({ since: instant, last: instant, asked: z.boolean(), answer: z.optional(answer) }),
  ),
});

const answered = z.extend(answer, { subscriptions: z.array(z.strictObject({ id: text, since: instant })) });

export const subscriptions = {
  'list-subscriptions': {
    answers: {
      200: {
        is: 'the subscriptions, and the management groups that do not say which lie below them',
        schema: z.strictObject({
          value: z.array(followed),
          unread: z.array(z.strictObject({ id: text, reason: text })),
        }),
      },
    },
    refuses: [],
  },
  'release-subscriptions': {
    answers: { 202: { is: 'it is entered; the next sweep asks Azure once more', schema: answered } },
    refuses: ['NotAsNamed', 'LedgerBroken'],
  },
  'keep-subscriptions': {
    answers: { 202: { is: 'it is entered; they are looked after as before', schema: answered } },
    refuses: ['NotAsNamed', 'LedgerBroken'],
  },
} as const satisfies Readonly<Record<string, Answers>>;

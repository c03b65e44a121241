import * as z from 'zod/mini';
import type { Answers } from './answers-row.ts';
import { count, instant, listOf, text } from './parts.ts';

const heard = z.strictObject({ heard: z.enum(['named', 'held', 'ignored']), why: text, help: z.optional(text) });

const held = z.strictObject({
  id: text,
  at: instant,
  why: text,
  schema: text,
  state: text,
  rule: z.optional(text),
  isTest: z.optional(z.literal(true)),
  cut: z.optional(z.literal(true)),
});

export const alerts = {
  'receive-alert': { answers: { 202: { is: 'what became of it', schema: heard } }, refuses: ['NotWoken'] },
  'list-quarantine': {
    answers: {
      200: { is: 'what is kept', schema: listOf(z.extend(held, { characters: count, begins: text })) },
    },
    refuses: [],
  },
  'get-quarantined': {
    answers: { 200: { is: 'what was sent, and why it is kept', schema: z.extend(held, { text }) } },
    refuses: ['NotFound'],
  },
  'replay-quarantined': {
    answers: { 202: { is: 'it is understood, and gone from the quarantine', schema: heard } },
    refuses: ['NotFound', 'NotUnderstood', 'NotWoken'],
  },
} as const satisfies Readonly<Record<string, Answers>>;

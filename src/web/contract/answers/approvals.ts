import * as z from 'zod/mini';
import type { Answers } from './answers-row.ts';
import { count, details, instant, listOf, text, texts } from './parts.ts';
import { approval, askedPlan, rejection, usedApproval } from './plan.ts';

const moved = z.strictObject({
  from: text,
  to: text,
  birth: text,
  by: text,
  at: instant,
  why: text,
  keys: texts,
});

export const approvals = {
  'get-plan': {
    answers: {
      200: {
        is: 'the plan, and what people have said to it',
        schema: z.extend(askedPlan, {
          key: text,
          number: text,
          held: z.optional(texts),
          approvals: z.array(usedApproval),
          rejections: z.array(rejection),
        }),
      },
    },
    refuses: ['NotFound', 'Ambiguous'],
  },
  'approve-plan': {
    answers: {
      202: {
        is: 'it is approved, and the key is looked at',
        schema: z.extend(approval, { key: text, held: z.optional(texts) }),
      },
    },
    refuses: [
      'NotFound',
      'Ambiguous',
      'RequesterCannotApprove',
      'LedgerBroken',
      'NoDrift',
      'PlanChanged',
      'RejectedMeanwhile',
      'NotWoken',
    ],
  },
  'approve-plans': {
    answers: {
      207: {
        is: 'for each plan what its own door would answer, in the order in which they were named',
        schema: listOf(z.strictObject({ planId: text, status: count, answer: details })),
      },
    },
    refuses: [],
  },
  'reject-plan': {
    answers: { 202: { is: 'it is rejected, and all are told', schema: z.extend(rejection, { key: text }) } },
    refuses: ['NotFound', 'Ambiguous', 'LedgerBroken', 'NoDrift', 'AlreadyApplied', 'PlanChanged', 'NotWoken'],
  },
  'accept-vault-move': {
    answers: { 202: { is: 'it is accepted, and its keys are looked at', schema: moved } },
    refuses: ['NotAsNamed', 'NotWoken'],
  },
} as const satisfies Readonly<Record<string, Answers>>;

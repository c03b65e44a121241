import * as z from 'zod/mini';
import type { Answers } from './answers-row.ts';
import { aged, count, details, failing, instant, listOf, text } from './parts.ts';

const notAssessed = z.extend(failing, { keyId: text });

/** The whole answer. Without storage only its first members are known. */
const inDetail = z.strictObject({
  status: z.enum(['well', 'timersStand', 'blind', 'noStorage']),
  why: z.optional(text),
  version: text,
  now: instant,
  overdueTimers: z.array(z.strictObject({ timer: text, last: z.optional(instant), dueSince: instant })),
  sweep: z.optional(z.strictObject({ began: aged, listed: aged, ended: aged, timer: aged })),
  probe: z.optional(z.strictObject({ began: aged, timer: aged })),
  posture: z.optional(z.strictObject({ began: aged, ended: aged, timer: aged })),
  events: z.optional(z.record(text, aged)),
  purge: z.optional(z.strictObject({ ended: aged })),
  replacedInstances: z.optional(z.array(details)),
  keysNotAssessed: z.optional(z.strictObject({ count, keys: z.array(notAssessed) })),
  waitingNotices: z.optional(z.unknown()),
  waitingEvents: z.optional(z.unknown()),
  anchors: z.optional(z.strictObject({ begun: z.boolean(), protection: text, headsAnchored: aged })),
  alerts: z.optional(
    z.looseObject({
      notUnderstood: count,
      withoutCommonSchema: z.optional(
        z.union([z.array(z.strictObject({ actionGroup: text, command: text })), z.strictObject({ unknown: text })]),
      ),
    }),
  ),
});

const problemMeant = z.strictObject({ code: text, status: z.int(), title: text, meaning: text, fix: text });

/**
 * `signIn` is there where people sign in; `clientId` where the audience of their tokens contains the client id of the app
 * registration.
 */
const clientSettings = z.strictObject({
  version: text,
  signIn: z.optional(
    z.strictObject({
      tenantId: text,
      authority: text,
      audience: text,
      scope: text,
      clientId: z.optional(text),
    }),
  ),
});

const settingInForce = z.strictObject({
  name: text,
  purpose: text,
  is: z.enum(['set', 'default', 'absent']),
  value: z.optional(text),
});

const pageAnswers = {
  200: {
    is: 'the file',
    headers: { ETag: 'which content it is', 'Content-Security-Policy': 'what a browser may do with it' },
  },
  304: { is: 'it is as the sender has it' },
} as const;

const answers = {
  200: { is: 'it can look, and can store', schema: inDetail },
  503: { is: 'it cannot look, or cannot store', schema: inDetail },
};

export const product = {
  'get-health': { answers, refuses: [] },
  'get-openapi': {
    answers: {
      200: { is: 'a document of OpenAPI 3.1', schema: z.looseObject({ openapi: z.literal('3.1.0'), paths: details }) },
    },
    refuses: [],
  },
  'get-client-settings': { answers: { 200: { is: 'the settings', schema: clientSettings } }, refuses: [] },
  'get-page': { answers: pageAnswers, refuses: ['NotFound'] },
  'get-page-file': { answers: pageAnswers, refuses: ['NotFound'] },
  'get-problem': { answers: { 200: { is: 'the problem', schema: problemMeant } }, refuses: ['NotFound'] },
  'get-settings': { answers: { 200: { is: 'the settings', schema: listOf(settingInForce) } }, refuses: [] },
  'get-health-details': { answers, refuses: [] },
} as const satisfies Readonly<Record<string, Answers>>;

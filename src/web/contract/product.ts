import * as z from 'zod/mini';
import { nothing, word } from './parameters.ts';
import type { ContractRow } from './row.ts';

/** After a sign-out Entra sends the browser back with this member, which the sign-in library of the page reads. */
const sentBack = z.strictObject({ state: z.optional(z.string().check(z.maxLength(4_000))) });

export const product = {
  'get-health': { summary: 'Whether the product can look and can store; to who signs in, in detail.', query: nothing },
  'get-openapi': { summary: 'This document.', query: nothing },
  'get-client-settings': {
    summary: 'What the page and other clients have to know before anybody signs in.',
    query: nothing,
  },
  'get-page': { summary: 'The page, for people in a browser.', query: sentBack },
  'get-page-file': {
    summary: 'What the page is made of.',
    params: {
      file: {
        is: 'the name of a file of the page',
        schema: z.string().check(z.regex(/^\w[\w.-]{0,99}$/)),
        example: 'index.html',
      },
    },
    query: nothing,
  },
  'get-problem': {
    summary: 'What a code of a problem means, and what to do about it.',
    params: { code: { is: 'the last part of the `type` of a problem', schema: word, example: 'NoDrift' } },
    query: nothing,
  },
  'get-settings': {
    summary: 'The settings as they count now; of what is secret, only whether it is set.',
    query: nothing,
  },
  'get-health-details': { summary: 'The same in detail.', query: nothing },
} as const satisfies Readonly<Record<string, ContractRow>>;

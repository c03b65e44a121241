import * as z from 'zod/mini';
import { freeText } from '../free-text.ts';
import { flag, nothing } from './parameters.ts';
import type { Body, ContractRow } from './row.ts';

const SUBSCRIPTION = /^\/subscriptions\/[0-9a-f-]{36}$/i;

/** One that is missing, and since when: what `GET /api/subscriptions?missing=true` shows of it. */
const missing = z.strictObject({
  id: z.string().check(z.regex(SUBSCRIPTION, { error: 'write /subscriptions/{id}' })),
  since: z.iso.datetime({ error: 'write missing.since of GET /api/subscriptions?missing=true' }),
});

const MOST = 100;

const once = (all: readonly { readonly id: string }[]): boolean =>
  new Set(all.map(({ id }) => id.toLowerCase())).size === all.length;

export const missingAnswer = {
  schema: z.strictObject({
    subscriptions: z
      .array(missing)
      .check(
        z.minLength(1, { error: 'name a subscription' }),
        z.maxLength(MOST, { error: `name at most ${MOST} subscriptions` }),
        z.refine(once, { error: 'name each subscription once' }),
      ),
    why: freeText,
  }),
  examples: [
    {
      subscriptions: [{ id: '/subscriptions/00000000-0000-0000-0000-000000000000', since: '2026-07-01T12:00:00.000Z' }],
      why: 'cancelled by its owner',
    },
  ],
} as const satisfies Body;

export const subscriptions = {
  'list-subscriptions': {
    summary: 'The subscriptions below the management groups of `GUARDIAN_SCOPE`, and which of them are missing.',
    query: z.strictObject({ missing: z.optional(flag) }),
    exampleQuery: 'missing=true',
  },
  'release-subscriptions': {
    summary: 'Says that subscriptions may go that are missing: the next sweep lets them go, unless they are back.',
    query: nothing,
    body: missingAnswer,
  },
  'keep-subscriptions': {
    summary: 'Says that subscriptions may not go that are missing, whatever was said before.',
    query: nothing,
    body: missingAnswer,
  },
} as const satisfies Readonly<Record<string, ContractRow>>;

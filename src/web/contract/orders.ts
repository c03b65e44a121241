import * as z from 'zod/mini';
import { freeText } from '../free-text.ts';
import { named, nothing } from './parameters.ts';
import type { Body, ContractRow } from './row.ts';

/** When an order ends; left out: when it is lifted. */
const until = z.optional(z.iso.datetime({ error: 'write an instant in UTC, such as 2026-07-01T12:00:00Z' }));

export const pauseOrder = {
  schema: z.strictObject({ why: freeText, until, scope: z.optional(named) }),
  examples: [
    { why: 'planned maintenance', until: '2026-07-01T12:00:00Z' },
    { why: 'migration', scope: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/data' },
    { why: 'migration', scope: 'contoso' },
  ],
} as const satisfies Body;

export const doNotHealOrder = {
  schema: z.strictObject({ target: named, why: freeText, until }),
  examples: [{ target: 'https://contoso.vault.azure.net/keys/cmk', why: 'customer left' }],
} as const satisfies Body;

/** Why an order is lifted. It may be in the query, since a DELETE may lose its body on the way, or in the body. */
export const whyLifted = {
  schema: z.strictObject({ why: freeText }),
  examples: [{ why: 'the audit is over' }],
} as const satisfies Body;

const why = z.optional(freeText);

export const orders = {
  'get-orders': { summary: 'What people have ordered and is in force.', query: nothing },
  pause: {
    summary: 'Stops every write from the next one on, or those in a scope, until it is lifted or its time has come.',
    query: nothing,
    body: pauseOrder,
  },
  resume: {
    summary: 'Lifts every pause of everything, and the rest after a silence; or those of one scope.',
    query: z.strictObject({ why, scope: z.optional(named) }),
    exampleQuery: 'why=the%20audit%20is%20over',
    body: whyLifted,
  },
  'forbid-healing': {
    summary: 'Forbids every repair of a key, vault, consumer or scope: a deliberate revocation.',
    query: nothing,
    body: doNotHealOrder,
  },
  'allow-healing': {
    summary: 'Lifts every do-not-heal record for a target.',
    query: z.strictObject({ target: named, why }),
    exampleQuery: 'target=https://contoso.vault.azure.net/keys/cmk&why=the%20audit%20is%20over',
    body: whyLifted,
  },
} as const satisfies Readonly<Record<string, ContractRow>>;

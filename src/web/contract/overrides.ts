import * as z from 'zod/mini';
import { freeText } from '../free-text.ts';
import { named, nothing } from './parameters.ts';
import type { Body, ContractRow } from './row.ts';

/** When an override ends; left out: when it is lifted. */
const until = z.optional(z.iso.datetime({ error: 'write an instant in UTC, such as 2026-07-01T12:00:00Z' }));

export const pauseOverride = {
  schema: z.strictObject({ why: freeText, until, scope: z.optional(named) }),
  examples: [
    { why: 'planned maintenance', until: '2026-07-01T12:00:00Z' },
    { why: 'migration', scope: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/data' },
    { why: 'migration', scope: 'contoso' },
  ],
} as const satisfies Body;

export const doNotHealOverride = {
  schema: z.strictObject({ target: named, why: freeText, until }),
  examples: [{ target: 'https://contoso.vault.azure.net/keys/cmk', why: 'customer left' }],
} as const satisfies Body;

/** Why an override is lifted. It may be in the query, since a DELETE may lose its body on the way, or in the body. */
export const whyLifted = {
  schema: z.strictObject({ why: freeText }),
  examples: [{ why: 'the audit is over' }],
} as const satisfies Body;

const why = z.optional(freeText);

export const overrides = {
  'get-overrides': { summary: 'The overrides that are in force: pauses and do-not-heal records.', query: nothing },
  'get-orders': {
    summary: 'The same as `GET /api/overrides`, by its earlier name.',
    instead: 'GET /api/overrides',
    query: nothing,
  },
  pause: {
    summary: 'Stops every write from the next one on, or those in a scope, until it is lifted or its time has come.',
    query: nothing,
    body: pauseOverride,
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
    body: doNotHealOverride,
  },
  'allow-healing': {
    summary: 'Lifts every do-not-heal record for a target.',
    query: z.strictObject({ target: named, why }),
    exampleQuery: 'target=https://contoso.vault.azure.net/keys/cmk&why=the%20audit%20is%20over',
    body: whyLifted,
  },
} as const satisfies Readonly<Record<string, ContractRow>>;

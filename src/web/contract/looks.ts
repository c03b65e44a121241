import * as z from 'zod/mini';
import { FAULTS } from '../../remediation/model/faults.ts';
import { after, duration, flag, limit, named, nothing, oneOf, word } from './parameters.ts';
import type { Body, ContractRow } from './row.ts';

const text = z.optional(named);

const KEY = 'https://contoso.vault.azure.net/keys/cmk';

/** The thing to look at: a key, a resource that uses one (by its id or its name), or a vault with one key in use. */
export const whatToLookAt = {
  schema: z.strictObject({ key: text, resource: text, consumer: text, vault: text }),
  examples: [
    { key: KEY },
    { resource: '/subscriptions/…/servers/orders' },
    { consumer: 'orders' },
    { vault: 'contoso' },
  ],
} as const satisfies Body;

/** The key version or identity that a repair shall use. The other members of the body are read by `whatToLookAt`. */
export const choices = z.looseObject({ newKey: text, identity: text });

const whatToRepair = {
  schema: z.extend(whatToLookAt.schema, { newKey: text, identity: text }),
  examples: [
    { key: KEY },
    { resource: '/subscriptions/…/servers/orders', newKey: `${KEY}/0123…` },
    { resource: '/subscriptions/…/flexibleServers/web', identity: '/subscriptions/…/userAssignedIdentities/web' },
  ],
} as const satisfies Body;

/** The examples with a choice. */
export const EXAMPLES_OF_CHOICES = whatToRepair.examples.slice(1);

/** With `dryRun` the answer says what would be done, and nothing is done. */
const dry = z.strictObject({ dryRun: z.optional(flag) });

export const looks = {
  'start-reconciliation': {
    summary: 'Looks at a key now, named by its id, by a resource that uses it, or by its vault.',
    query: dry,
    exampleQuery: 'dryRun=true',
    body: whatToLookAt,
  },
  'list-reconciliations': {
    summary:
      'What is wrong now, for each consumer of each key, the greatest impact first; or everything, by its verdict.',
    query: z.strictObject({
      verdict: z.optional(oneOf(['wrong', 'all', 'healthy', 'run', 'ask', 'report', 'unseen'])),
      consumer: z.optional(named),
      vault: z.optional(named),
      fault: z.optional(oneOf([...Object.keys(FAULTS), 'notAssessed'] as unknown as [string])),
      owner: z.optional(named),
      format: z.optional(oneOf(['json', 'csv'])),
      limit: z.optional(limit),
      after: z.optional(after),
    }),
    exampleQuery: 'verdict=ask&vault=contoso',
  },
  'list-expiry': {
    summary: 'Every key version in use that expires, by date, with who uses it and what happens by itself.',
    query: z.strictObject({
      within: z.optional(duration),
      consumer: z.optional(named),
      vault: z.optional(named),
      format: z.optional(oneOf(['json', 'csv'])),
      limit: z.optional(limit),
      after: z.optional(after),
    }),
    exampleQuery: 'within=P90D',
  },
  'get-summary': {
    summary: 'What is guarded, how it does, and whether somebody looks; at most a minute old.',
    query: nothing,
  },
  'get-reconciliation': {
    summary: 'One key with its findings, its plan, and whether somebody is at work.',
    params: {
      id: {
        is: 'the id of `GET /api/reconciliations`, or the name of a consumer or vault with one key',
        schema: named,
        example: 'key-0123456789abcdef0123456789abcdef01234567',
      },
    },
    query: nothing,
  },
  'start-repair': {
    summary: 'Starts one repair of a key or resource. A request is no approval.',
    params: { name: { is: 'the name of the repair', schema: word, example: 'extendKeyExpiry' } },
    query: dry,
    exampleQuery: 'dryRun=true',
    body: whatToRepair,
  },
  'start-sweep': { summary: 'Begins a sweep now, whatever the timers do.', query: dry, exampleQuery: 'dryRun=true' },
} as const satisfies Readonly<Record<string, ContractRow>>;

import * as z from 'zod/mini';
import { RIGHTS_ROW } from '../../posture/lines-of-rights.ts';
import { ROWS } from '../../posture/rows.ts';
import { PLACE_OF_NOTE } from '../../remediation/protocol/would-have.ts';
import { flag, format, instant, named, nothing, oneOf, ownId, part, sha256 } from './parameters.ts';
import type { ContractRow } from './row.ts';

const keyNamed = z
  .string({ error: 'name a key: ?key=https://contoso.vault.azure.net/keys/cmk' })
  .check(z.maxLength(2_000));

/** The incident after which the next page begins, from `nextLink`. */
const incidentId = z
  .string()
  .check(
    z.regex(/^\d{8}T\d{6}Z-[0-9a-f]{8}$/, { error: 'write the id of an incident, such as 20260722T120000Z-1a2b3c4d' }),
  );

/** The note after which the next page of `would-have` begins, from `nextLink`. */
const noteOfDay = z.string().check(z.regex(PLACE_OF_NOTE, { error: 'follow nextLink, which has it' }));

/** The report that the page belongs to, from `nextLink`. */
const madeAt = z.iso.datetime({ error: 'follow nextLink, which has it' });

export const reports = {
  'list-incidents': {
    summary: 'Incidents of one key or of all, oldest first, in pages.',
    query: z.strictObject({
      key: z.optional(keyNamed),
      resource: z.optional(named),
      open: z.optional(flag),
      from: z.optional(instant),
      to: z.optional(instant),
      format: z.optional(format),
      bom: z.optional(flag),
      after: z.optional(incidentId),
    }),
    exampleQuery: 'resource=orders&from=2026-07-01&open=false',
  },
  'get-incident': {
    summary:
      'One incident whole: its timeline in seconds, minutes down for each consumer, why it was and who caused it, who approved, what was written, and what proves it.',
    params: { id: { is: 'the id of `GET /api/incidents`', schema: ownId, example: '20260722T120000Z-1a2b3c4d' } },
    query: nothing,
  },
  'get-history': {
    summary: 'How many incidents there were each week, and how fast they were seen and healed, by their cause.',
    query: z.strictObject({ from: z.optional(instant), to: z.optional(instant) }),
    exampleQuery: 'from=2026-04-01&to=2026-07-01',
  },
  'get-would-have': {
    summary: 'What mode auto would have done in a mode that does less, by day, and what followed.',
    query: z.strictObject({
      from: z.optional(instant),
      to: z.optional(instant),
      format: z.optional(format),
      bom: z.optional(flag),
      after: z.optional(noteOfDay),
    }),
    exampleQuery: 'from=2026-07-01&to=2026-07-08&format=csv',
  },
  'get-ledger': {
    summary: 'The ledger of a key, or `product`, and whether its chain is intact.',
    query: z.strictObject({
      key: z
        .string({ error: 'name a key: ?key=https://contoso.vault.azure.net/keys/cmk, or ?key=product' })
        .check(z.maxLength(2_000)),
    }),
    exampleQuery: 'key=https://contoso.vault.azure.net/keys/cmk',
  },
  'get-evidence': {
    summary: 'What the ledger refers to.',
    params: { hash: { is: 'the SHA-256 that the ledger names', schema: sha256, example: '0'.repeat(64) } },
    query: nothing,
  },
  'get-posture': {
    summary: 'The last posture report, a line for every row and consumer, in pages.',
    query: z.strictObject({
      row: z.optional(oneOf([...ROWS.map(({ id }) => id), 'coverage', RIGHTS_ROW] as unknown as [string])),
      verdict: z.optional(oneOf(['pass', 'fail', 'unknown', 'notApplicable'])),
      subject: z.optional(named),
      format: z.optional(format),
      bom: z.optional(flag),
      part: z.optional(part),
      report: z.optional(madeAt),
    }),
    exampleQuery: 'verdict=fail&format=csv',
  },
  'look-at-posture': { summary: 'Has the posture report made anew.', query: nothing },
  'get-coverage': {
    summary:
      'Per vault and step whether the product sees what it is about and could do it, and the command that changes it.',
    query: z.strictObject({ gaps: z.optional(flag), part: z.optional(part), report: z.optional(madeAt) }),
    exampleQuery: 'gaps=true',
  },
} as const satisfies Readonly<Record<string, ContractRow>>;

import * as z from 'zod/mini';
import { nothing, ownId } from './parameters.ts';
import type { ContractRow } from './row.ts';

const id = { is: 'the id of `GET /api/quarantine`', schema: ownId, example: '0'.repeat(40) };

export const alerts = {
  'receive-alert': {
    summary: 'Takes an alert of an action group of Azure Monitor, which names what is looked at.',
    // Azure delivers an alert again only after few kinds of answers: an alert that is refused for a query parameter would be
    // lost.
    query: z.looseObject({}),
    body: { schema: z.unknown(), examples: [{ schemaId: 'azureMonitorCommonAlertSchema', data: {} }] },
  },
  'list-quarantine': { summary: 'The alerts that were not understood, newest first.', query: nothing },
  'get-quarantined': { summary: 'One of them, with all of its text.', params: { id }, query: nothing },
  'replay-quarantined': { summary: 'Reads one again, as alerts are read today.', params: { id }, query: nothing },
} as const satisfies Readonly<Record<string, ContractRow>>;

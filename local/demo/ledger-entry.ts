import { z } from 'zod';

const step = z.looseObject({ kind: z.string(), sentence: z.string() });

/** The fields of `GET /api/ledger` that the timeline reads. */
export const ledgerSchema = z.looseObject({
  entries: z.array(
    z.looseObject({
      /** The chain of the ledger: the id of its key. */
      chain: z.string(),
      at: z.iso.datetime(),
      seq: z.int(),
      kind: z.string(),
      step: z.string().optional(),
      outcome: z.string().optional(),
      detail: z.unknown(),
    }),
  ),
});
export type LedgerEntry = z.infer<typeof ledgerSchema>['entries'][number];

export const openedDetail = z.looseObject({ findings: z.array(z.string()), by: z.string().optional() });
export const intentDetail = z.looseObject({ sentence: z.string() });
export const outcomeDetail = z.looseObject({ why: z.string() });
export const decidedDetail = z.looseObject({
  kind: z.string(),
  plan: z.looseObject({ planId: z.string(), steps: z.array(step) }),
  verdicts: z.array(
    z.looseObject({
      verdict: z.string(),
      why: z.string().optional(),
      authority: z.looseObject({ kind: z.string() }).optional(),
    }),
  ),
  notes: z.array(z.string()),
});
export type DecidedDetail = z.infer<typeof decidedDetail>;

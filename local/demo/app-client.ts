import { z } from 'zod';
import { sendToHost } from '../call-host.ts';
import type { Clock } from '../clock/clock.ts';
import type { RunningHost } from '../host-process.ts';
import { type LedgerEntry, ledgerSchema } from './ledger-entry.ts';

const summary = z.looseObject({
  id: z.string(),
  key: z.string(),
  verdict: z.string().optional(),
  incident: z.string().optional(),
  consumer: z.unknown().optional(),
});
const summaries = z.looseObject({ value: z.array(summary) });
export type KeySummary = z.infer<typeof summary>;

const status = z.looseObject({
  asked: z.array(z.looseObject({ planId: z.string() })),
  decision: z
    .looseObject({
      kind: z.string(),
      verdicts: z.array(z.looseObject({ why: z.string().optional() })),
      notes: z.array(z.string()),
    })
    .optional(),
});
export type KeyStatus = z.infer<typeof status>;

/** The app's API for a caller with a function key. */
export type AppClient = {
  keys(): Promise<readonly KeySummary[]>;
  status(id: string): Promise<KeyStatus>;
  ledger(key: string): Promise<readonly LedgerEntry[]>;
};

export const appClient = (clock: Clock, host: RunningHost): AppClient => {
  const get = async (path: string): Promise<unknown> => {
    const { status, body } = await sendToHost(clock, host, { method: 'GET', path });
    if (status !== 200) throw new Error(`The app answered ${status} to GET ${path}: ${JSON.stringify(body)}`);
    return body;
  };
  return {
    keys: async () => summaries.parse(await get('/api/keyed/reconciliations?verdict=all')).value,
    status: async (id) => status.parse(await get(`/api/keyed/reconciliations/${id}`)),
    ledger: async (key) => ledgerSchema.parse(await get(`/api/keyed/ledger?key=${encodeURIComponent(key)}`)).entries,
  };
};

import * as z from 'zod/mini';
import { fromJsonColumns } from './json-columns.ts';
import { documentRow, partitionOf } from './key-partition.ts';
import type { Table } from './table.ts';

/** Somebody's act, as a log of Azure tells it. `at`: ISO 8601. `by`: name of a person, or object id. `on`: id of a key or resource. */
export type Act = {
  readonly at: string;
  readonly operation: string;
  readonly by: string;
  readonly on: string;
  readonly source: 'activityLog' | 'auditLog';
};

/**
 * Who may have caused an incident: what others did, in the hour before and until it was detected, to what its root causes are about.
 * `says`: why nobody is named, a sentence for each source that names nobody. `isFinal`: asking again would not tell more.
 */
export type WhoDidIt = { readonly acts: readonly Act[]; readonly says: readonly string[]; readonly isFinal: boolean };

/** The same as it was answered. `askedAt`: ISO 8601. */
export type KeptWhoDidIt = WhoDidIt & { readonly askedAt: string };

export type WhoDidItRows = {
  /** `undefined` where nobody has asked yet. One call. */
  read(keyId: string, incident: string): Promise<KeptWhoDidIt | undefined>;
  /** One call. */
  keep(keyId: string, incident: string, answer: KeptWhoDidIt): Promise<void>;
};

const text = z.string();

const schema = z.object({
  askedAt: text,
  isFinal: z.boolean(),
  says: z.array(text),
  acts: z.array(
    z.object({ at: text, operation: text, by: text, on: text, source: z.enum(['activityLog', 'auditLog']) }),
  ),
});

/** Beside the closed incidents, so that it never slows an assess down. */
const rowName = (incident: string): string => `past:who:${incident}`;

export const openWhoDidIt = (keys: Table): WhoDidItRows => ({
  read: async (keyId, incident) => {
    const row = await keys.get(partitionOf(keyId), rowName(incident));
    const read = row && schema.safeParse(fromJsonColumns(row));
    return read?.success ? read.data : undefined;
  },
  keep: async (keyId, incident, answer) => {
    await keys.write({ kind: 'put', row: documentRow(keyId, rowName(incident), answer) });
  },
});

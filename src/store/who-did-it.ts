import * as z from 'zod/mini';
import { fromJsonColumns } from './json-columns.ts';
import { documentRow, partitionOf } from './key-partition.ts';
import type { Table } from './table.ts';

/**
 * An act of a person or application, as a log of Azure tells it. `at`: ISO 8601. `by`: name of a person, or object id.
 * `on`: id of a key or resource.
 */
export type Act = {
  readonly at: string;
  readonly operation: string;
  readonly by: string;
  readonly on: string;
  readonly source: 'activityLog' | 'auditLog';
};

/**
 * The possible causers of an incident: acts of others on the subjects of its root causes, from an hour before until its
 * detection. `says`: a sentence for each source that names nobody, with the reason. `isFinal`: asking again would give
 * no more.
 */
export type WhoDidIt = { readonly acts: readonly Act[]; readonly says: readonly string[]; readonly isFinal: boolean };

/** A stored answer. `askedAt`: ISO 8601. */
export type KeptWhoDidIt = WhoDidIt & { readonly askedAt: string };

export type WhoDidItRows = {
  /** `undefined` where the logs were not asked yet. One call. */
  read(keyId: string, incident: string): Promise<KeptWhoDidIt | undefined>;
  /** One call to storage. */
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

/** The row is named like the closed incidents, so that it never slows an assess down. */
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

import { rowKeyOf } from './row-key.ts';
import type { StoredRow, Table } from './table.ts';

/** A key that suffers from a cause. `planId`: the plan that people are asked to approve for the key, if there is one. */
export type Sufferer = { readonly keyId: string; readonly planId?: string };

/** Which keys people were told of for each root cause, so that a lost vault with fifty keys is one message. */
export type ToldCauses = {
  /** Enters that a key suffers from this cause. One call. */
  join(cause: string, sufferer: Sufferer): Promise<void>;
  /**
   * Enters that the key does not suffer from it any more. `true` where it was the last such key: the record of the
   * messages about the cause is then deleted. Two calls or more.
   */
  leave(cause: string, keyId: string): Promise<boolean>;
  /**
   * Whether this key sends the message about the cause: it is the key that sent the last one, or no key has sent this
   * verdict within the last hour. One or two calls.
   */
  claim(cause: string, verdict: string, keyId: string, now: Date): Promise<boolean>;
  /** Every key that suffers from the cause. One call per 1,000. */
  sufferers(cause: string): Promise<readonly Sufferer[]>;
};

/**
 * Keys that break within this time are one message. A key that breaks later is told anew, even if keys of the first
 * message are still ill.
 */
const SAME_TIME_MS = 3_600_000;

const TOLD = 'told:';
const KEY = 'key:';

const partitionOf = (cause: string): string => `cause:${rowKeyOf(cause)}`;

const suffererOf = ({ keyId, planId }: Readonly<Record<string, unknown>>): Sufferer => ({
  keyId: String(keyId),
  ...(typeof planId === 'string' && { planId }),
});

const rowsOf = (table: Table, cause: string): Promise<readonly StoredRow[]> =>
  table.all(`PartitionKey eq '${partitionOf(cause)}'`);

const isTheirs = (told: StoredRow, keyId: string, now: Date): boolean =>
  told['keyId'] !== keyId && Date.parse(String(told['at'])) > now.getTime() - SAME_TIME_MS;

export const openToldCauses = (table: Table): ToldCauses => ({
  join: async (cause, { keyId, planId }) => {
    const row = { partitionKey: partitionOf(cause), rowKey: `${KEY}${rowKeyOf(keyId)}`, cause, keyId, planId };
    await table.write({ kind: 'put', row });
  },
  leave: async (cause, keyId) => {
    const partitionKey = partitionOf(cause);
    await table.remove(partitionKey, `${KEY}${rowKeyOf(keyId)}`, '*');
    const rows = await rowsOf(table, cause);
    if (rows.some(({ rowKey }) => rowKey.startsWith(KEY))) return false;
    for (const { rowKey } of rows) await table.remove(partitionKey, rowKey, '*');
    return true;
  },
  claim: async (cause, verdict, keyId, now) => {
    const row = {
      partitionKey: partitionOf(cause),
      rowKey: `${TOLD}${verdict}`,
      cause,
      keyId,
      at: now.toISOString(),
    };
    for (;;) {
      const told = await table.get(row.partitionKey, row.rowKey);
      if (told && isTheirs(told, keyId, now)) return false;
      const change = told ? ({ kind: 'replace', row, etag: told.etag } as const) : ({ kind: 'create', row } as const);
      if ((await table.write(change)) !== undefined) return true;
    }
  },
  sufferers: async (cause) =>
    (await rowsOf(table, cause)).filter(({ rowKey }) => rowKey.startsWith(KEY)).map(suffererOf),
});

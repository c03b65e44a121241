import * as z from 'zod/mini';
import type { Json } from '../remediation/model/canonical.ts';
import {
  type Followed,
  type Gone,
  goneStatementOf,
  NOTHING_FOLLOWED,
  statementOf,
} from '../remediation/protocol/followed.ts';
import type { Anchors } from './anchors.ts';
import { fromJsonColumns, toJsonColumns } from './json-columns.ts';
import type { StoredRow, Table } from './table.ts';

/** The known subscriptions below management groups, for every worker: one row. */
export type FollowedRow = {
  /**
   * The row as last written, and the ETag that a later write needs. Empty where there is no row, where it cannot be
   * parsed, or where its set of subscriptions was never attested: a person with write access only to the table brings no
   * subscription into scope, and hides none by an empty set. One call, and one more where that set of subscriptions is new to this process.
   */
  read(): Promise<{ readonly followed: Followed; readonly etag?: string }>;
  /**
   * The subscriptions that the product itself let go of late, as last written; none where that list was never attested. One call,
   * and one more where the list is new to this process.
   */
  letGo(): Promise<readonly Gone[]>;
  /** `false` where another worker has written first. Two calls, and one more where subscriptions were let go of late. */
  write(followed: Followed, etag: string | undefined): Promise<boolean>;
};

const PARTITION = 'subscriptions';
const ROW = 'followed';

const subscriptionSchema = z.object({
  id: z.string(),
  name: z.optional(z.string()),
  managementGroups: z.array(z.string()),
  foundAt: z.string(),
  seenAt: z.string(),
  missing: z.optional(z.object({ since: z.string(), last: z.string(), asked: z.optional(z.literal(true)) })),
});

const schema = z.object({
  at: z.optional(z.string()),
  answered: z.record(z.string(), z.object({ answeredAt: z.optional(z.string()), refused: z.optional(z.string()) })),
  subscriptions: z.array(subscriptionSchema),
  gone: z.array(
    z.object({
      id: z.string(),
      name: z.optional(z.string()),
      at: z.string(),
      byItself: z.boolean(),
      by: z.optional(z.string()),
    }),
  ),
});

/**
 * A row that cannot be parsed says no more than one that was never attested: were it thrown, one row would stop all that the
 * product does.
 */
const followedIn = (row: StoredRow): Followed | undefined => {
  try {
    return z.parse(schema, fromJsonColumns(row)) as Followed;
  } catch {
    return undefined;
  }
};

/** Whether a statement is attested. No call for the statement that was believed last. */
const openBelief = (anchors: Pick<Anchors, 'isAttested'>): ((statement: Json) => Promise<boolean>) => {
  let believed: string | undefined;
  return async (statement) => {
    const text = JSON.stringify(statement);
    if (text === believed) return true;
    if (!(await anchors.isAttested(statement))) return false;
    believed = text;
    return true;
  };
};

export const openFollowed = (records: Table, anchors: Pick<Anchors, 'attest' | 'isAttested'>): FollowedRow => {
  const isSubscriptionsBelieved = openBelief(anchors);
  const isGoneBelieved = openBelief(anchors);
  return {
    read: async () => {
      const row = await records.get(PARTITION, ROW);
      if (row === undefined) return { followed: NOTHING_FOLLOWED };
      const followed = followedIn(row);
      const isKnown = followed !== undefined && (await isSubscriptionsBelieved(statementOf(followed)));
      return { followed: isKnown ? followed : NOTHING_FOLLOWED, etag: row.etag };
    },
    letGo: async () => {
      const row = await records.get(PARTITION, ROW);
      const followed = row && followedIn(row);
      if (followed === undefined || followed.gone.length === 0) return [];
      return (await isGoneBelieved(goneStatementOf(followed))) ? followed.gone : [];
    },
    write: async (followed, etag) => {
      await anchors.attest(statementOf(followed));
      if (followed.gone.length > 0) await anchors.attest(goneStatementOf(followed));
      const row = { partitionKey: PARTITION, rowKey: ROW, ...toJsonColumns(followed) };
      const change =
        etag === undefined ? ({ kind: 'create', row } as const) : ({ kind: 'replace', row, etag } as const);
      return (await records.write(change)) !== undefined;
    },
  };
};

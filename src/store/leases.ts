import { randomUUID } from 'node:crypto';
import {
  type Claim,
  clearFence,
  type Fence,
  type Fencing,
  type LeaseRow,
  release,
  type Taking,
  take,
  verifyAndFence,
} from '../remediation/protocol/lease.ts';
import { rowKeyOf } from './row-key.ts';
import type { Row, StoredRow, Table } from './table.ts';

/** A lease row as last seen. It saves a read as long as no other writer has changed the row. */
export type SeenLease = { readonly row: LeaseRow; readonly etag: string };

/** The result of the rule. If the rule changed the row, it comes with the new row. */
type Stored<Ruling> = Ruling extends { readonly row: LeaseRow } ? Ruling & SeenLease : Ruling;

export type Leases = {
  /** Takes or renews the lease of a target for a step's instance. One call when the lease is free, else two. */
  take(target: string, owner: string, seen?: SeenLease): Promise<Stored<Taking>>;
  /**
   * Before the write: verifies and renews the lease, and fences it until `abortAt` (ISO 8601), the time when the request
   * is given up. One call with the lease that `take` returned, else two.
   */
  verifyAndFence(target: string, owner: string, abortAt: string, seen?: SeenLease): Promise<Stored<Fencing>>;
  /** After Azure's answer: removes the fence that `verifyAndFence` set. One call. */
  clearFence(fenced: SeenLease): Promise<SeenLease | undefined>;
  /**
   * After the end of the operation. Does nothing when another instance owns the lease. One call with the lease as seen,
   * else two.
   */
  release(target: string, owner: string, seen?: SeenLease): Promise<void>;
};

const ROW = 'lease';
/**
 * How long a dead step blocks its target. A step that polls longer needs no renewal: the target itself shows that Azure
 * is at work on it.
 */
const LEASE_MS = 15 * 60_000;
/**
 * The time after a fence's deadline during which the aborted request may still arrive; it also covers the clock
 * difference of two machines.
 */
const FENCE_MARGIN_MS = 30_000;

const toRow = (row: LeaseRow): Row => ({
  partitionKey: rowKeyOf(row.target),
  rowKey: ROW,
  target: row.target,
  owner: row.owner,
  expires: row.expires,
  // The stored columns keep the names that earlier versions read and wrote.
  markId: row.fence?.id,
  markDeadline: row.fence?.deadline,
});

const textIn = (stored: StoredRow, column: string): string | undefined => {
  const value = stored[column];
  return typeof value === 'string' ? value : undefined;
};

const fromRow = (stored: StoredRow): LeaseRow => {
  const [owner, expires] = [textIn(stored, 'owner'), textIn(stored, 'expires')];
  const [id, deadline] = [textIn(stored, 'markId'), textIn(stored, 'markDeadline')];
  return {
    target: String(stored['target']),
    ...(owner !== undefined && { owner }),
    ...(expires !== undefined && { expires }),
    ...(id !== undefined && deadline !== undefined && { fence: { id, deadline } }),
  };
};

const readLease = async (leases: Table, target: string): Promise<SeenLease | undefined> => {
  const stored = await leases.get(rowKeyOf(target), ROW);
  return stored && { row: fromRow(stored), etag: stored.etag };
};

const put = async (leases: Table, row: LeaseRow, over: SeenLease | undefined): Promise<SeenLease | undefined> => {
  const etag = over
    ? await leases.write({ kind: 'replace', row: toRow(row), etag: over.etag })
    : await leases.write({ kind: 'create', row: toRow(row) });
  return etag === undefined ? undefined : { row, etag };
};

/**
 * Applies the rule to the row as last seen, and writes only if the row is unchanged. A refusal is always checked
 * against a fresh row.
 */
const change = async <Ruling extends Taking | Fencing>(
  leases: Table,
  target: string,
  remembered: SeenLease | undefined,
  rule: (row: LeaseRow | undefined) => Ruling,
): Promise<Stored<Ruling>> => {
  let seen = remembered;
  for (let isRead = false; ; isRead = true) {
    const ruling = rule(seen?.row);
    if ('row' in ruling) {
      const stored = await put(leases, ruling.row, seen);
      if (stored) return { ...ruling, ...stored } as Stored<Ruling>;
    } else if (isRead) return ruling as Stored<Ruling>;
    seen = await readLease(leases, target);
  }
};

const clear = async (leases: Table, fenced: SeenLease): Promise<SeenLease | undefined> => {
  const fenceId = fenced.row.fence?.id ?? '';
  for (let seen: SeenLease | undefined = fenced; seen; seen = await readLease(leases, fenced.row.target)) {
    const row = clearFence(seen.row, fenceId);
    if (!row) return seen;
    const stored = await put(leases, row, seen);
    if (stored) return stored;
  }
  return undefined;
};

const giveBack = async (leases: Table, target: string, owner: string, first: SeenLease | undefined): Promise<void> => {
  for (let seen = first ?? (await readLease(leases, target)); seen; seen = await readLease(leases, target)) {
    const row = release(seen.row, owner);
    if (!row) return;
    // A row without owner and fence has no meaning. It is deleted, so that the next `take` is one call.
    const done = row.fence ? await put(leases, row, seen) : await leases.remove(rowKeyOf(target), ROW, seen.etag);
    if (done) return;
  }
};

export const openLeases = (leases: Table, now: () => number): Leases => {
  const iso = (instant: number): string => new Date(instant).toISOString();
  const claim = (target: string, owner: string): Claim => {
    const instant = now();
    return { target, owner, now: iso(instant), expires: iso(instant + LEASE_MS) };
  };
  return {
    take: (target, owner, seen) => change(leases, target, seen, (row) => take(row, claim(target, owner))),
    verifyAndFence: (target, owner, abortAt, seen) => {
      const fence: Fence = { id: randomUUID(), deadline: iso(Date.parse(abortAt) + FENCE_MARGIN_MS) };
      return change(leases, target, seen, (row) => verifyAndFence(row, claim(target, owner), fence));
    },
    clearFence: (fenced) => clear(leases, fenced),
    release: (target, owner, seen) => giveBack(leases, target, owner, seen),
  };
};

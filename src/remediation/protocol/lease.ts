/**
 * The write fence: a write is being sent. Until the deadline, or until the fence is cleared, no other instance may act on the
 * target.
 */
export type Fence = { readonly id: string; readonly deadline: string };

/** The row of one target. `owner` is the instance id of a step; times are ISO 8601. */
export type LeaseRow = {
  readonly target: string;
  readonly owner?: string;
  readonly expires?: string;
  readonly fence?: Fence;
};

export type Claim = { readonly target: string; readonly owner: string; readonly now: string; readonly expires: string };

/** `until` of `busy`: ask again at this time at the latest. */
export type Taking =
  | { readonly kind: 'taken'; readonly row: LeaseRow }
  | { readonly kind: 'busy'; readonly until: string };

export type Fencing =
  | { readonly kind: 'fenced'; readonly row: LeaseRow }
  | { readonly kind: 'lost' }
  | { readonly kind: 'busy'; readonly until: string };

const isAfter = (instant: string, other: string): boolean => Date.parse(instant) > Date.parse(other);

const standingFence = (row: LeaseRow | undefined, now: string): Fence | undefined =>
  row?.fence && isAfter(row.fence.deadline, now) ? row.fence : undefined;

const isHeld = (row: LeaseRow | undefined, now: string): row is LeaseRow & { owner: string; expires: string } =>
  row?.owner !== undefined && row.expires !== undefined && isAfter(row.expires, now);

/** Takes or renews the lease. While a fence stands no instance gets the lease, not even its owner. */
export const take = (row: LeaseRow | undefined, claim: Claim): Taking => {
  const fence = standingFence(row, claim.now);
  if (fence) return { kind: 'busy', until: fence.deadline };
  if (isHeld(row, claim.now) && row.owner !== claim.owner) return { kind: 'busy', until: row.expires };
  return { kind: 'taken', row: { target: claim.target, owner: claim.owner, expires: claim.expires } };
};

/**
 * The first thing that the write activity does: it verifies and renews the lease, and fences it until the deadline at which the
 * request is aborted. `fence.id` is new for every attempt and never comes from the history of an orchestration: a duplicate of the
 * activity must not be taken for the attempt that it duplicates.
 */
export const verifyAndFence = (row: LeaseRow | undefined, claim: Claim, fence: Fence): Fencing => {
  if (!isHeld(row, claim.now) || row.owner !== claim.owner) return { kind: 'lost' };
  const standing = standingFence(row, claim.now);
  if (standing && standing.id !== fence.id) return { kind: 'busy', until: standing.deadline };
  const expires = isAfter(claim.expires, fence.deadline) ? claim.expires : fence.deadline;
  return { kind: 'fenced', row: { ...row, expires, fence } };
};

/** The row without this fence; `undefined` where the row does not have it. */
export const clearFence = (row: LeaseRow | undefined, fenceId: string): LeaseRow | undefined => {
  if (row?.fence?.id !== fenceId) return undefined;
  const { fence: _cleared, ...rest } = row;
  return rest;
};

/** The row without its owner; `undefined` where the owner is another. A fence that stands remains after the release. */
export const release = (row: LeaseRow | undefined, owner: string): LeaseRow | undefined => {
  if (row?.owner !== owner) return undefined;
  return { target: row.target, ...(row.fence && { fence: row.fence }) };
};

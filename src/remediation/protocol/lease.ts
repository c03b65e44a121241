/** A write is being sent. Until the deadline, or until the mark is cleared, no other instance may act on the target. */
export type Mark = { readonly id: string; readonly deadline: string };

/** The row of one target. `owner` is the instance id of a step; times are ISO 8601. */
export type LeaseRow = {
  readonly target: string;
  readonly owner?: string;
  readonly expires?: string;
  readonly mark?: Mark;
};

export type Claim = { readonly target: string; readonly owner: string; readonly now: string; readonly expires: string };

/** `until` of `busy`: ask again at this time at the latest. */
export type Taking =
  | { readonly kind: 'taken'; readonly row: LeaseRow }
  | { readonly kind: 'busy'; readonly until: string };

export type Marking =
  | { readonly kind: 'marked'; readonly row: LeaseRow }
  | { readonly kind: 'lost' }
  | { readonly kind: 'busy'; readonly until: string };

const isAfter = (instant: string, other: string): boolean => Date.parse(instant) > Date.parse(other);

const standingMark = (row: LeaseRow | undefined, now: string): Mark | undefined =>
  row?.mark && isAfter(row.mark.deadline, now) ? row.mark : undefined;

const isHeld = (row: LeaseRow | undefined, now: string): row is LeaseRow & { owner: string; expires: string } =>
  row?.owner !== undefined && row.expires !== undefined && isAfter(row.expires, now);

/** Takes or renews the lease. While a mark stands no instance gets the lease, not even its owner. */
export const take = (row: LeaseRow | undefined, claim: Claim): Taking => {
  const mark = standingMark(row, claim.now);
  if (mark) return { kind: 'busy', until: mark.deadline };
  if (isHeld(row, claim.now) && row.owner !== claim.owner) return { kind: 'busy', until: row.expires };
  return { kind: 'taken', row: { target: claim.target, owner: claim.owner, expires: claim.expires } };
};

/**
 * The first thing that the write activity does: it verifies and renews the lease, and marks it until the deadline at which the
 * request is aborted. `mark.id` is new for every attempt and never comes from the history of an orchestration: a duplicate of the
 * activity must not be taken for the attempt that it duplicates.
 */
export const verifyAndMark = (row: LeaseRow | undefined, claim: Claim, mark: Mark): Marking => {
  if (!isHeld(row, claim.now) || row.owner !== claim.owner) return { kind: 'lost' };
  const standing = standingMark(row, claim.now);
  if (standing && standing.id !== mark.id) return { kind: 'busy', until: standing.deadline };
  const expires = isAfter(claim.expires, mark.deadline) ? claim.expires : mark.deadline;
  return { kind: 'marked', row: { ...row, expires, mark } };
};

/** The row without this mark; `undefined` where the row does not have it. */
export const clearMark = (row: LeaseRow | undefined, markId: string): LeaseRow | undefined => {
  if (row?.mark?.id !== markId) return undefined;
  const { mark: _cleared, ...rest } = row;
  return rest;
};

/** The row without its owner; `undefined` where the owner is another. A mark that stands remains after the release. */
export const release = (row: LeaseRow | undefined, owner: string): LeaseRow | undefined => {
  if (row?.owner !== owner) return undefined;
  return { target: row.target, ...(row.mark && { mark: row.mark }) };
};

import type { Unread } from '../../remediation/model/reach.ts';
import { explain } from '../failure/advice.ts';
import { toFailure } from '../failure/failure.ts';

/** A scope whose list Azure has refused, or has not answered. */
export type NotListed = { readonly id: string; readonly error: unknown };

/** The same in words, with the fix. `what`: the list, as in "the locks". */
export const unreadOf = (what: string, { id, error }: NotListed): Unread => ({
  id,
  reason: explain(toFailure(error), { what: `${what} of ${id}`, scope: id }),
});

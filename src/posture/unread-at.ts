import type { Unread } from '../remediation/model/reach.ts';
import { within } from '../remediation/model/resource-id.ts';

/** Why the lists of all scopes do not show everything at this id: the list of a scope that it lies in was refused. */
export const unreadAt = (unread: readonly Unread[] | undefined, id: string): string | undefined =>
  unread?.find((scope) => within(id, scope.id))?.reason;

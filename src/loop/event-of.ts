import type { EventType, GuardianEvent } from '../notifications/event-data.ts';
import { sha256 } from '../remediation/model/canonical.ts';
import { MOST_NAMED } from '../remediation/model/most-named.ts';

/** What of a key an event tells. `what`: names it among all that ever happens to the key, so that a retry raises the same event. */
export type Happened = { readonly keyId: string; readonly what: string; readonly at: string };

export const eventOf = <Type extends EventType>(
  type: Type,
  { keyId, what, at }: Happened,
  data: Extract<GuardianEvent, { readonly type: Type }>['data'],
): Extract<GuardianEvent, { readonly type: Type }> =>
  ({ type, id: sha256(`${type} ${keyId} ${what}`).slice(0, 32), time: at, subject: keyId, data }) as Extract<
    GuardianEvent,
    { readonly type: Type }
  >;

/** As much of a text as an event says: an event of Event Grid has a megabyte at most. */
const LONGEST = 1_000;
export const brief = (text: string): string => text.slice(0, LONGEST);
export const few = <Item>(items: readonly Item[]): readonly Item[] => items.slice(0, MOST_NAMED);

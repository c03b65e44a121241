import type { EventType, GuardianEvent } from '../notifications/event-data.ts';
import { sha256 } from '../remediation/model/canonical.ts';

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

/** The most of a kind that one event names, and of a text that it says: an event of Event Grid has a megabyte at most. */
const MOST = 50;
const LONGEST = 1_000;
export const brief = (text: string): string => text.slice(0, LONGEST);
export const few = <Item>(items: readonly Item[]): readonly Item[] => items.slice(0, MOST);

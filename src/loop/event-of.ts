import type { EventType, GuardianEvent } from '../notifications/event-data.ts';
import { sha256 } from '../remediation/model/canonical.ts';
import { MOST_NAMED } from '../remediation/model/most-named.ts';

/**
 * One fact about a key, which an event reports. `what` names that fact among all facts of the key, so that a retry
 * raises the same event.
 */
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

/** The most characters of a text that an event holds. An Event Grid event has at most 1 MB. */
const LONGEST = 1_000;
export const brief = (text: string): string => text.slice(0, LONGEST);
export const few = <Item>(items: readonly Item[]): readonly Item[] => items.slice(0, MOST_NAMED);

import type { KeyRef } from '../../remediation/model/key-ref.ts';
import type { EventRefusal } from '../../signals/event-refusal.ts';
import type { Durable, Guardian } from '../guardian.ts';
import { recordFew } from '../record.ts';
import { wakeAll } from './wake-all.ts';

/** The outcome of an event. */
export type EventOutcome = { readonly kind: 'woken' | 'ignored' | 'refused'; readonly why: string };

export const ignore = (why: string): EventOutcome => ({ kind: 'ignored', why });

/** Records the reason, within a daily limit, and nothing of the event itself: an unknown sender must not fill the ledger. */
export const refuse = async (guardian: Guardian, why: string): Promise<EventOutcome> => {
  await recordFew(guardian, 'event refused', { why });
  return { kind: 'refused', why };
};

/** An event about a resource out of scope is common and is not recorded. An event that names nothing is recorded. */
export const turnAway = async (guardian: Guardian, { kind, why }: EventRefusal): Promise<EventOutcome> =>
  kind === 'ignored' ? ignore(why) : refuse(guardian, why);

/**
 * Wakes the keys that an event is about, and ends their pauses. Throws when a key could not be woken, so that the event
 * is delivered again.
 */
export const wakeKeys = async (
  durable: Pick<Durable, 'wakeAnew'>,
  keys: readonly KeyRef[],
  otherwise: string,
): Promise<EventOutcome> => {
  if (keys.length === 0) return ignore(otherwise);
  return { kind: 'woken', why: (await wakeAll({ wake: durable.wakeAnew }, keys)).join(', ') };
};

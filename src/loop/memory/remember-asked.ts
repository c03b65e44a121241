import type { Notice } from '../../notifications/notice.ts';
import type { Guardian } from '../guardian.ts';

/** A plan is asked again so many hours after it was first asked. */
const HOURS = [1, 6, 24] as const;

/**
 * When a plan that was first asked at `askedAt` is asked again after `repeated` repeats (ISO 8601); `undefined` after
 * the last repeat.
 */
export const askedAgainAt = (askedAt: string, repeated: number): string | undefined => {
  const hours = HOURS[repeated];
  return hours === undefined ? undefined : new Date(Date.parse(askedAt) + hours * 3_600_000).toISOString();
};

/**
 * Replaces the message of a plan that is already asked, for example when a rejection is new. The times stay: the plan
 * counts as asked since the first message, and reminders that have ended do not start again.
 */
export const rewordAsked = async (
  { store }: Pick<Guardian, 'store'>,
  { sentences, about }: Pick<Notice, 'sentences' | 'about'>,
  causes: readonly string[],
): Promise<void> => {
  const asked = await store.reminders.of(causes[0] ?? '');
  if (asked) await store.reminders.put({ ...asked, sentences, ...(about && { about }) });
};

/** Plans the repeats of a message that asks, after 1, 6 and 24 hours. A new question starts its own repeats. */
export const rememberAsked = async (
  { store }: Pick<Guardian, 'store'>,
  { at, sentences, about }: Notice & { readonly at: string },
  causes: readonly string[],
): Promise<void> => {
  const dueAt = askedAgainAt(at, 0) ?? at;
  await store.reminders.put({ causes, askedAt: at, repeated: 0, dueAt, sentences, ...(about && { about }) });
};

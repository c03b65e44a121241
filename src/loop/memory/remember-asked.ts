import type { Notice } from '../../notifications/notice.ts';
import type { Guardian } from '../guardian.ts';

/** Hours after it was asked first at which a plan is asked again. */
const HOURS = [1, 6, 24] as const;

/** When a plan of this time is asked again that was repeated so often (ISO 8601); never after the last time. */
export const askedAgainAt = (askedAt: string, repeated: number): string | undefined => {
  const hours = HOURS[repeated];
  return hours === undefined ? undefined : new Date(Date.parse(askedAt) + hours * 3_600_000).toISOString();
};

/**
 * Has a message that says more of what is asked already, a rejection for one, repeated in place of the former, at the times of that:
 * it is still asked since then, and reminders that have ended begin no more.
 */
export const rewordAsked = async (
  { store }: Pick<Guardian, 'store'>,
  { sentences, about }: Pick<Notice, 'sentences' | 'about'>,
  causes: readonly string[],
): Promise<void> => {
  const asked = await store.reminders.of(causes[0] ?? '');
  if (asked) await store.reminders.put({ ...asked, sentences, ...(about && { about }) });
};

/** Has a message that asks repeated after 1, 6 and 24 hours. What is asked anew begins anew. */
export const rememberAsked = async (
  { store }: Pick<Guardian, 'store'>,
  { at, sentences, about }: Notice & { readonly at: string },
  causes: readonly string[],
): Promise<void> => {
  const dueAt = askedAgainAt(at, 0) ?? at;
  await store.reminders.put({ causes, askedAt: at, repeated: 0, dueAt, sentences, ...(about && { about }) });
};

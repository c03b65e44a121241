import type { GridEvent, KeyVaultEventType } from './grid-event.ts';

export type EventFilter = {
  /** All types when left out. */
  includedEventTypes?: string[] | undefined;
  subjectBeginsWith?: string | undefined;
  subjectEndsWith?: string | undefined;
  isSubjectCaseSensitive?: boolean | undefined;
};

/** What decides whether a subscription gets an event; `activeSince` is when it began to hear, if it has. */
export type Listening = { scope: string; filter: EventFilter; activeSince: number | undefined };

const EXPIRY: KeyVaultEventType[] = ['Microsoft.KeyVault.KeyNearExpiry', 'Microsoft.KeyVault.KeyExpired'];

/** Notifications of expiry come only for versions that were made after someone had subscribed (Key Vault, Event Grid). */
const wasHeardOf = (event: GridEvent, since: number) =>
  !EXPIRY.includes(event.type) || (event.key !== undefined && event.key.createdAt >= since);

const subjectMatches = (subject: string, filter: EventFilter): boolean => {
  const fold = (text: string) => (filter.isSubjectCaseSensitive ? text : text.toLowerCase());
  const { subjectBeginsWith = '', subjectEndsWith = '' } = filter;
  return fold(subject).startsWith(fold(subjectBeginsWith)) && fold(subject).endsWith(fold(subjectEndsWith));
};

/** Whether a subscription gets an event. */
export const wants = ({ scope, filter, activeSince }: Listening, event: GridEvent): boolean =>
  activeSince !== undefined &&
  scope.toLowerCase() === event.topic.toLowerCase() &&
  (filter.includedEventTypes?.some((type) => type.toLowerCase() === event.type.toLowerCase()) ?? true) &&
  subjectMatches(event.key?.name ?? event.vault, filter) &&
  wasHeardOf(event, activeSince);

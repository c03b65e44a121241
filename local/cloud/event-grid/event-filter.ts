import type { PublishedEvent } from './published-event.ts';

export type EventFilter = {
  /** All types when left out. */
  includedEventTypes?: string[] | undefined;
  subjectBeginsWith?: string | undefined;
  subjectEndsWith?: string | undefined;
  isSubjectCaseSensitive?: boolean | undefined;
};

/** What decides whether a subscription gets an event; `activeSince` is when it began to hear, if it has. */
export type Listening = { scope: string; filter: EventFilter; activeSince: number | undefined };

const subjectMatches = (subject: string, filter: EventFilter): boolean => {
  const fold = (text: string) => (filter.isSubjectCaseSensitive ? text : text.toLowerCase());
  const { subjectBeginsWith = '', subjectEndsWith = '' } = filter;
  return fold(subject).startsWith(fold(subjectBeginsWith)) && fold(subject).endsWith(fold(subjectEndsWith));
};

/** Whether a subscription gets an event. */
export const wants = ({ scope, filter, activeSince }: Listening, event: PublishedEvent): boolean =>
  activeSince !== undefined &&
  scope.toLowerCase() === event.topic.toLowerCase() &&
  (filter.includedEventTypes?.some((type) => type.toLowerCase() === event.type.toLowerCase()) ?? true) &&
  subjectMatches(event.subject, filter) &&
  activeSince <= (event.heardSince ?? activeSince);

import type { PublishedEvent } from './published-event.ts';

export type EventFilter = {
  /** All types when left out. */
  includedEventTypes?: string[] | undefined;
  subjectBeginsWith?: string | undefined;
  subjectEndsWith?: string | undefined;
  isSubjectCaseSensitive?: boolean | undefined;
  advancedFilters?: AdvancedFilter[] | undefined;
};

/** Of Azure's operators this cloud plays this one. `key`: `data.operationName` and the like. Compared without case. */
export type AdvancedFilter = { operatorType: 'StringBeginsWith'; key: string; values: string[] };

/** The most values in all filters of one event subscription (Event Grid, "Event filtering"). */
export const MOST_FILTER_VALUES = 25;

/**
 * The parts of a subscription that decide whether it gets an event; `activeSince` is the instant from which it gets events,
 * undefined before that.
 */
export type Listening = { scope: string; filter: EventFilter; activeSince: number | undefined };

const subjectMatches = (subject: string, filter: EventFilter): boolean => {
  const fold = (text: string) => (filter.isSubjectCaseSensitive ? text : text.toLowerCase());
  const { subjectBeginsWith = '', subjectEndsWith = '' } = filter;
  return fold(subject).startsWith(fold(subjectBeginsWith)) && fold(subject).endsWith(fold(subjectEndsWith));
};

const valueAt = (event: PublishedEvent, key: string): unknown => {
  const [first = '', ...path] = key.split('.');
  const named: Record<string, unknown> = { subject: event.subject, data: event.data, ...event.sent };
  return path.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], named[first]);
};

/** All filters have to match, each by any of its values. */
const advancedMatch = (event: PublishedEvent, { advancedFilters = [] }: EventFilter): boolean =>
  advancedFilters.every(({ key, values }) => {
    const value = valueAt(event, key);
    return typeof value === 'string' && values.some((one) => value.toLowerCase().startsWith(one.toLowerCase()));
  });

/** Whether a subscription gets an event. */
export const wants = ({ scope, filter, activeSince }: Listening, event: PublishedEvent): boolean =>
  activeSince !== undefined &&
  scope.toLowerCase() === event.topic.toLowerCase() &&
  (filter.includedEventTypes?.some((type) => type.toLowerCase() === event.type.toLowerCase()) ?? true) &&
  subjectMatches(event.subject, filter) &&
  advancedMatch(event, filter) &&
  activeSince <= (event.heardSince ?? activeSince);

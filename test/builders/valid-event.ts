import * as z from 'zod/mini';
import { EVENT_DATA, type EventType } from '../../src/notifications/event-data.ts';

type Event = { readonly type: string; readonly data?: unknown };

/**
 * The difference of an event from its contract; `undefined` where there is none. A member that the contract does not name is a
 * difference too.
 */
export const faultOfEvent = ({ type, data }: Event): string | undefined => {
  const schema = EVENT_DATA[type as EventType];
  if (!schema) return `${type} is in no contract`;
  const parsed = z.safeParse(schema, data);
  if (!parsed.success) return `${type}: ${z.prettifyError(parsed.error)}`;
  const [known, sent] = [parsed.data, data].map((one) => JSON.stringify(Object.entries(one as object).toSorted()));
  return known === sent ? undefined : `${type}: ${sent} has more than ${known}`;
};

import * as z from 'zod/mini';
import { EVENT_DATA, type EventType } from '../../src/notifications/event-data.ts';

type Event = { readonly type: string; readonly data?: unknown };

/** What of an event is not as the contract says; `undefined` where all is. A member that it does not name is a fault here. */
export const faultOfEvent = ({ type, data }: Event): string | undefined => {
  const schema = EVENT_DATA[type as EventType];
  if (!schema) return `${type} is in no contract`;
  const parsed = z.safeParse(schema, data);
  if (!parsed.success) return `${type}: ${z.prettifyError(parsed.error)}`;
  const [known, sent] = [parsed.data, data].map((one) => JSON.stringify(Object.entries(one as object).toSorted()));
  return known === sent ? undefined : `${type}: ${sent} has more than ${known}`;
};

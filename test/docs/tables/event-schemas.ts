import * as z from 'zod/mini';
import { DATA_VERSION, schemaName, schemaUri } from '../../../src/notifications/cloud-event.ts';
import { EVENT_DATA, type EventType } from '../../../src/notifications/event-data.ts';

export const EVENT_TYPES = Object.keys(EVENT_DATA) as readonly EventType[];

/** The data of an event of this type, as JSON Schema. Unknown members are allowed: a later version may add one. */
export const eventSchemaOf = (type: EventType): object => ({
  $id: schemaUri(type),
  title: `data of ${type}, version ${DATA_VERSION}`,
  ...z.toJSONSchema(EVENT_DATA[type], { io: 'input' }),
});

export const eventSchemaFile = (type: EventType): string => `docs/events/${schemaName(type)}.schema.json`;

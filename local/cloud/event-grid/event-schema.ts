import type { PublishedEvent } from './published-event.ts';

export type EventSchema = 'EventGridSchema' | 'CloudEventSchemaV1_0';

/** Seven decimals, as Event Grid writes its times. */
export const gridTime = (instant: number) => new Date(instant).toISOString().replace('Z', '0000Z');

/** An event in the schema that a subscription asks for. */
export const renderEvent = (event: PublishedEvent, schema: EventSchema): Record<string, unknown> => {
  if (event.sent) return event.sent;
  const common = { id: event.id, subject: event.subject, data: event.data };
  if (schema === 'CloudEventSchemaV1_0')
    return { ...common, source: event.topic, type: event.type, time: gridTime(event.at), specversion: '1.0' };
  return {
    ...common,
    topic: event.topic,
    eventType: event.type,
    eventTime: gridTime(event.at),
    dataVersion: event.dataVersion,
    metadataVersion: '1',
  };
};

import { eventData } from './event-data.ts';
import type { GridEvent } from './grid-event.ts';

export type EventSchema = 'EventGridSchema' | 'CloudEventSchemaV1_0';

/** Seven decimals, as Event Grid writes its times. */
export const gridTime = (instant: number) => new Date(instant).toISOString().replace('Z', '0000Z');

/** `subject` is the name of the key, neither its identifier nor an ARM id; of a vault's own event the vault's. */
const subject = ({ key, vault }: GridEvent) => key?.name ?? vault;

/** An event in the schema that a subscription asks for. */
export const renderEvent = (event: GridEvent, schema: EventSchema, seed: number): Record<string, unknown> => {
  const common = { id: event.id, subject: subject(event), data: eventData(event, seed) };
  if (schema === 'CloudEventSchemaV1_0')
    return { ...common, source: event.topic, type: event.type, time: gridTime(event.at), specversion: '1.0' };
  return {
    ...common,
    topic: event.topic,
    eventType: event.type,
    eventTime: gridTime(event.at),
    dataVersion: '1',
    metadataVersion: '1',
  };
};

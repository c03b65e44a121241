import { looseFields, looseText } from './loose-fields.ts';

/** The beginning of the types of the product's own events (src/notifications/event-data.ts). */
const OWN = 'cmkguardian.';

const isOwn = (event: unknown): boolean =>
  looseText(looseFields(event), 'type', 'eventtype')?.toLowerCase().startsWith(OWN) === true;

/**
 * Whether this is an event, alone or in a batch, that the product or another installation of it has published. Such an event only
 * says what the product knows already. Somebody may subscribe a route of the product to its own topic: if such an event were a
 * reason to look, each event would cause the next one.
 */
export const isOwnEvent = (json: unknown): boolean =>
  Array.isArray(json) && json.length > 0 ? json.every(isOwn) : isOwn(json);

export const OWN_EVENT = 'it is an event that the product itself has published';

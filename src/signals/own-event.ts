import { looseFields, looseText } from './loose-fields.ts';

/** What the types of the product's own events begin with (src/notifications/event-data.ts). */
const OWN = 'cmkguardian.';

const isOwn = (event: unknown): boolean =>
  looseText(looseFields(event), 'type', 'eventtype')?.toLowerCase().startsWith(OWN) === true;

/**
 * Whether this is an event that the product, or another installation of it, has published, alone or in a batch. It tells what is
 * known: were it a reason to look, somebody who subscribed a door of the product to its own topic would have it look at each of
 * its own words.
 */
export const isOwnEvent = (json: unknown): boolean =>
  Array.isArray(json) && json.length > 0 ? json.every(isOwn) : isOwn(json);

export const OWN_EVENT = 'it is an event that the product itself has published';

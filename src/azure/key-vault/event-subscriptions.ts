import type { Json } from '../../remediation/model/canonical.ts';
import { within } from '../../remediation/model/resource-id.ts';
import type { EventSubscriptionFacts } from '../../remediation/model/vault-dependents.ts';

type Mapping = { readonly properties?: { readonly isSecret?: boolean } };
type Destination = {
  readonly endpointType?: string;
  readonly properties?: { readonly resourceId?: string; readonly deliveryAttributeMappings?: readonly Mapping[] };
};
type Properties = {
  readonly destination?: Destination | null;
  readonly deliveryWithResourceIdentity?: { readonly destination?: Destination | null } | null;
};
export type EventSubscription = { readonly id?: string; readonly name?: string; readonly properties?: Properties };

/** The members that a PUT may send; Azure sets the others (Event Subscriptions - Create Or Update). */
const WRITABLE = [
  'destination',
  'deliveryWithResourceIdentity',
  'filter',
  'labels',
  'expirationTimeUtc',
  'eventDeliverySchema',
  'retryPolicy',
  'deadLetterDestination',
  'deadLetterWithResourceIdentity',
];

const destinationOf = ({ destination, deliveryWithResourceIdentity }: Properties): Destination =>
  destination ?? deliveryWithResourceIdentity?.destination ?? {};

/**
 * Whether Azure shows the whole destination. A reader does not get the URL of a webhook or a secret header, and without
 * them the subscription cannot be written again.
 */
const isReadable = ({ properties }: Destination): boolean =>
  properties?.resourceId !== undefined &&
  !properties.deliveryAttributeMappings?.some((mapping) => mapping.properties?.isSecret);

const bodyOf = (properties: Properties): Json =>
  Object.fromEntries(
    Object.entries(properties).filter(([name, value]) => WRITABLE.includes(name) && value !== null),
  ) as Json;

const isOwn = ({ properties }: Destination, functionApp: string | undefined): boolean =>
  functionApp !== undefined && within(properties?.resourceId ?? '', `${functionApp}/functions`);

/** An event subscription as ARM lists it. `functionApp`: the product's own app. */
export const eventSubscriptionFacts = (
  { id = '', name = '', properties = {} }: EventSubscription,
  functionApp: string | undefined,
): EventSubscriptionFacts => {
  const destination = destinationOf(properties);
  return {
    id,
    name,
    endpointType: destination.endpointType ?? '',
    own: isOwn(destination, functionApp),
    ...(isReadable(destination) && { body: bodyOf(properties) }),
  };
};

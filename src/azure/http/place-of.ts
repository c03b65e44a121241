const SUBSCRIPTION = /^\/subscriptions\/([^/]+)/i;

/** The subscription (lower-cased) in a request to Resource Manager; `undefined` where the request names none. */
export const subscriptionIn = (url: string): string | undefined =>
  SUBSCRIPTION.exec(new URL(url).pathname)?.[1]?.toLowerCase();

/** The part of Azure that may fail on its own: the subscription, or else the host of the request. */
export const placeOf = (url: string): string => subscriptionIn(url) ?? new URL(url).host;

const SUBSCRIPTION = /^\/subscriptions\/([^/]+)/i;

/** The subscription (lower-cased) in a request to Resource Manager; `undefined` where the request names none. */
export const subscriptionIn = (url: string): string | undefined =>
  SUBSCRIPTION.exec(new URL(url).pathname)?.[1]?.toLowerCase();

/** What may fail by itself: the subscription, or else the host that is asked. */
export const placeOf = (url: string): string => subscriptionIn(url) ?? new URL(url).host;

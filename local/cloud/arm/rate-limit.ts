import type { World } from '../service.ts';
import { subscriptionOf } from './authorize.ts';
import { AzureError } from './error.ts';

// Microsoft Learn, request-limits-and-throttling (2024): a bucket per subscription, principal and kind of operation.
const buckets = {
  reads: { size: 250, perSecond: 25 },
  writes: { size: 200, perSecond: 10 },
  deletes: { size: 200, perSecond: 10 },
} as const;

type Kind = keyof typeof buckets;
/** `left` in thousandths of a request, which a millisecond refills by whole numbers. */
type Level = { left: number; at: number };
const ONE = 1000;
type Request = { method: string; path: string; objectId: string };

/** The rest of the bucket as Azure's header says it, and the 429 for a caller whose bucket is empty. */
export type Spent = { headers: Record<string, string>; refusal?: AzureError };

export type RateLimits = { spend(request: Request): Spent };

/** Azure's token buckets. A refused request costs no token. A request without a subscription uses the buckets of the tenant. */
export const createRateLimits = ({ clock, switches }: Pick<World, 'clock' | 'switches'>): RateLimits => {
  const levels = new Map<string, Level>();
  return {
    spend: (request) => {
      const kind = kindOf(request.method);
      const { size, perSecond } = buckets[kind];
      const subscription = subscriptionOf(request.path)?.toLowerCase();
      const key = [subscription, request.objectId, kind].join();
      const { left, at } = levels.get(key) ?? { left: size * ONE, at: clock.now() };
      const refilled = Math.min(size * ONE, left + (clock.now() - at) * perSecond);
      const empty = refilled < ONE && switches.armThrottling !== 'off';
      const level = { left: empty ? refilled : Math.max(0, refilled - ONE), at: clock.now() };
      levels.set(key, level);
      const name = `x-ms-ratelimit-remaining-${subscription === undefined ? 'tenant' : 'subscription'}-${kind}`;
      const headers = { [name]: String(Math.floor(level.left / ONE)) };
      const wait = Math.ceil((ONE - refilled) / (perSecond * ONE));
      return empty ? { headers, refusal: throttled(request, wait) } : { headers };
    },
  };
};

const kindOf = (method: string): Kind => {
  if (method === 'GET' || method === 'HEAD') return 'reads';
  return method === 'DELETE' ? 'deletes' : 'writes';
};

const throttled = (request: Request, seconds: number): AzureError => {
  const subscription = subscriptionOf(request.path);
  const [code, owner] =
    subscription === undefined
      ? ['TenantRequestsThrottled', 'the tenant']
      : ['SubscriptionRequestsThrottled', `subscription '${subscription}'`];
  const message = `Number of requests for ${owner} and operation '${operationOf(request)}' exceeded the backend storage limit. Please try again after '${seconds}' seconds.`;
  return new AzureError(429, code, message, { headers: { 'retry-after': String(seconds) } });
};

/** `GET/SUBSCRIPTIONS/RESOURCEGROUPS/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS`: the path without its names. */
const operationOf = ({ method, path }: Request): string => {
  const [above = '', ...below] = path.split(/\/providers\//i);
  const types = above.split('/').filter((_, i) => i % 2 === 1);
  const provided = below.map((part) => part.split('/').filter((_, i) => i === 0 || i % 2 === 1));
  return [method, ...types, ...provided.flatMap((part) => ['providers', ...part])].join('/').toUpperCase();
};

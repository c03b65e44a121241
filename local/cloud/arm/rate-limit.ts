import type { Clock } from '../../clock/clock.ts';

// Microsoft Learn, request-limits-and-throttling (2024): a bucket per subscription, principal and kind of operation.
const buckets = {
  reads: { size: 250, perSecond: 25 },
  writes: { size: 200, perSecond: 10 },
  deletes: { size: 200, perSecond: 10 },
} as const;

type Kind = keyof typeof buckets;
type Level = { left: number; at: number };

export type RateLimits = {
  spend(request: { method: string; subscription: string; objectId: string }): Record<string, string>;
};

/** Counts requests against Azure's buckets and tells what is left in a header. Nothing is refused. */
export const createRateLimits = (clock: Clock): RateLimits => {
  const levels = new Map<string, Level>();
  return {
    spend: ({ method, subscription, objectId }) => {
      const kind = kindOf(method);
      const { size, perSecond } = buckets[kind];
      const key = [subscription.toLowerCase(), objectId, kind].join();
      const { left, at } = levels.get(key) ?? { left: size, at: clock.now() };
      const refilled = Math.min(size, left + ((clock.now() - at) / 1000) * perSecond);
      const level = { left: Math.max(0, refilled - 1), at: clock.now() };
      levels.set(key, level);
      return { [`x-ms-ratelimit-remaining-subscription-${kind}`]: String(Math.floor(level.left)) };
    },
  };
};

const kindOf = (method: string): Kind => {
  if (method === 'GET' || method === 'HEAD') return 'reads';
  return method === 'DELETE' ? 'deletes' : 'writes';
};

import type { Clock } from '../../clock/clock.ts';
import { AzureError } from '../arm/error.ts';

/** Queries for each user in each window of seconds (Resource Graph, guidance for throttled requests). */
const QUERIES = 15;
const WINDOW_SECONDS = 5;

const MESSAGE =
  'Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. ' +
  'Please see https://aka.ms/resourcegraph-throttling for help.';

export type QueryQuota = {
  /** The headers with the rest of the quota, or 429 with the same headers and no Retry-After. */
  spend(objectId: string): Record<string, string>;
};

export const createQueryQuota = (clock: Clock): QueryQuota => {
  const windows = new Map<string, { endsAt: number; used: number }>();
  return {
    spend: (objectId) => {
      const now = clock.now();
      const last = windows.get(objectId);
      const current = last && last.endsAt > now ? last : { endsAt: now + WINDOW_SECONDS * 1000, used: 0 };
      windows.set(objectId, current);
      current.used += 1;
      const seconds = Math.max(0, Math.ceil((current.endsAt - now) / 1000));
      const headers = {
        'x-ms-user-quota-remaining': String(Math.max(0, QUERIES - current.used)),
        'x-ms-user-quota-resets-after': `00:00:${String(seconds).padStart(2, '0')}`,
      };
      if (current.used > QUERIES) throw new AzureError(429, 'RateLimiting', MESSAGE, { headers });
      return headers;
    },
  };
};

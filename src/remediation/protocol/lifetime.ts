/** What Durable Functions says of an instance. `status`: `Pending`, `Running`, `Completed`, …; `updatedAt` (ISO 8601): its last turn. */
export type SeenInstance = { readonly status: string; readonly updatedAt: string };

const LIVE: ReadonlySet<string> = new Set(['Pending', 'Running', 'Suspended', 'ContinuedAsNew']);

const MINUTE_MS = 60_000;

/**
 * So long after its last turn an instance has outlived its time. That of a key, and a step of it, waits at most 40 minutes for one
 * thing (a step for a lease, and then for its trials); the others wait at most for an activity, which the host ends after five.
 */
export const LIFETIME_MS = { key: 60 * MINUTE_MS, singleton: 20 * MINUTE_MS } as const;

export type Lifetime = keyof typeof LIFETIME_MS;

/** `hung`: it has not ended and never will; nothing that is sent to it is read (a termination included: durable-extension #1715, #2081). */
export type Life = 'ended' | 'alive' | 'hung';

export const lifeOf = ({ status, updatedAt }: SeenInstance, lifetime: Lifetime, now: Date): Life => {
  if (!LIVE.has(status)) return 'ended';
  return now.getTime() - Date.parse(updatedAt) > LIFETIME_MS[lifetime] ? 'hung' : 'alive';
};

/**
 * The id of an instance that takes the place of others: as long as those have not ended, theirs cannot be used, and what hangs cannot
 * be ended. Another id is also of another partition, most likely of one that is worked on.
 */
export const generationId = (id: string, generation = 0): string => (generation === 0 ? id : `${id}.${generation}`);

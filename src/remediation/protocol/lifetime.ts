/**
 * The state of an instance in Durable Functions. `status`: `Pending`, `Running`, `Completed`, …; `updatedAt` (ISO 8601): its last
 * turn.
 */
export type SeenInstance = { readonly status: string; readonly updatedAt: string };

const LIVE: ReadonlySet<string> = new Set(['Pending', 'Running', 'Suspended', 'ContinuedAsNew']);

const MINUTE_MS = 60_000;

/**
 * How long an instance may be without a turn; after that it has outlived its time (invariant `nothing-ends-in-silence`). The
 * instance of a key, or of its step, waits at most 40 minutes for one thing (a step waits for a lease, and then for its trials).
 * All other instances wait at most for an activity, which the host ends after five minutes.
 */
export const LIFETIME_MS = { key: 60 * MINUTE_MS, singleton: 20 * MINUTE_MS } as const;

export type Lifetime = keyof typeof LIFETIME_MS;

/**
 * `hung`: the instance has not ended and never will. It reads nothing that is sent to it, not even a termination
 * (durable-extension #1715, #2081).
 */
export type Life = 'ended' | 'alive' | 'hung';

export const lifeOf = ({ status, updatedAt }: SeenInstance, lifetime: Lifetime, now: Date): Life => {
  if (!LIVE.has(status)) return 'ended';
  return now.getTime() - Date.parse(updatedAt) > LIFETIME_MS[lifetime] ? 'hung' : 'alive';
};

/**
 * The id of an instance that replaces earlier ones: the id of an instance that has not ended cannot be used again, and a hung
 * instance cannot be ended. Another id also lies in another partition, most likely one that a worker processes.
 */
export const generationId = (id: string, generation = 0): string => (generation === 0 ? id : `${id}.${generation}`);

import type { SeenInstance } from './lifetime.ts';

/**
 * How long the durable history of an instance is kept after its last turn. That history is no audit trail: the audit trail is the
 * ledger, which is kept.
 */
export const RETENTION_MS = 30 * 86_400_000;

/**
 * The states of an instance that has ended for good: only such instances are purged. `Suspended` and `ContinuedAsNew` are not
 * among them.
 */
export const ENDED = ['Completed', 'Failed', 'Terminated', 'Canceled'] as const;

const isOver = (status: string): boolean => ENDED.some((one) => one === status);

/** Whether the history of this instance is not needed any more: it ended, and its last turn is older than the retention. */
export const isOutdated = ({ status, updatedAt }: SeenInstance, now: Date): boolean =>
  isOver(status) && Date.parse(updatedAt) <= now.getTime() - RETENTION_MS;

/** The key and the generation of an instance, from its input and its id; `undefined` where the instance belongs to no key. */
export const keyInstanceOf = (
  { id, input }: { readonly id: string; readonly input: unknown },
  instanceIdOf: (keyId: string) => string | undefined,
): { readonly keyId: string; readonly generation: number } | undefined => {
  const keyId = (input as { readonly keyId?: unknown } | null | undefined)?.keyId;
  const [own, generation = '0', ...more] = id.split('.');
  if (typeof keyId !== 'string' || instanceIdOf(keyId) !== own || more.length > 0) return undefined;
  return /^\d{1,9}$/.test(generation) ? { keyId, generation: Number(generation) } : undefined;
};

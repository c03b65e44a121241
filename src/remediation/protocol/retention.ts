import type { SeenInstance } from './lifetime.ts';

/** So long the durable history of an instance is kept after its last turn. It is not the audit trail: the ledger is, and stays. */
export const RETENTION_MS = 30 * 86_400_000;

/** An instance that has ended for good: the only ones that are ever purged. `Suspended` and `ContinuedAsNew` are not among them. */
export const ENDED = ['Completed', 'Failed', 'Terminated', 'Canceled'] as const;

const isOver = (status: string): boolean => ENDED.some((one) => one === status);

/** Whether nobody needs the history of this instance any more: it ended, and had its last turn before the retention began. */
export const isOutdated = ({ status, updatedAt }: SeenInstance, now: Date): boolean =>
  isOver(status) && Date.parse(updatedAt) <= now.getTime() - RETENTION_MS;

/** The key and the generation of which the instance is, read from its input and its id; `undefined` where it is of no key. */
export const keyInstanceOf = (
  { id, input }: { readonly id: string; readonly input: unknown },
  instanceIdOf: (keyId: string) => string | undefined,
): { readonly keyId: string; readonly generation: number } | undefined => {
  const keyId = (input as { readonly keyId?: unknown } | null | undefined)?.keyId;
  const [own, generation = '0', ...more] = id.split('.');
  if (typeof keyId !== 'string' || instanceIdOf(keyId) !== own || more.length > 0) return undefined;
  return /^\d{1,9}$/.test(generation) ? { keyId, generation: Number(generation) } : undefined;
};

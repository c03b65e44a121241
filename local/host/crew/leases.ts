import type { Crew, Member } from './crew.ts';
import { balanced, partitionOf } from './partitions.ts';

/** `LeaseInterval` of DurableTask.AzureStorage: for this time no other worker works on a partition whose holder is lost. */
export const PARTITION_LEASE_MS = 30_000;

export type Leases = {
  /** The worker that holds the partition of this instance. Waits while a lost worker still has the lease. */
  holderOf(instanceId: string): Promise<Member>;
};

/** The leases on the partitions of a task hub, balanced over the workers that are up. */
export function createLeases(crew: Crew, count: number): Leases {
  const waiting = new Set<() => void>();
  const numbers = (): readonly number[] => crew.up().map(({ number }) => number);
  let holders = balanced(Array(count).fill(undefined), numbers());
  let known = numbers();
  const settle = (): void => {
    holders = balanced(holders, numbers());
    for (const go of waiting) go();
  };
  crew.watch(() => {
    const isLoss = known.some((number) => !numbers().includes(number));
    known = numbers();
    // A worker that comes up takes its share at once. The partitions of a lost worker become free when its leases have
    // expired.
    if (isLoss) setTimeout(settle, PARTITION_LEASE_MS);
    else settle();
  });
  const now = (instanceId: string): Member | undefined => {
    const holder = holders[partitionOf(instanceId, count)];
    return crew.up().find(({ number }) => number === holder);
  };
  return {
    holderOf: (instanceId) =>
      new Promise((resolve) => {
        const go = (): void => {
          const holder = now(instanceId);
          if (!holder) return;
          waiting.delete(go);
          resolve(holder);
        };
        waiting.add(go);
        go();
      }),
  };
}

import type { VaultFacts } from '../../remediation/model/facts.ts';
import { placeOf } from '../../remediation/model/resource-id.ts';
import { SUBSCRIPTION_READS, VAULT_READS, WINDOW_MS } from '../../remediation/observation/read-cost.ts';
import { inOrder } from '../http/in-order.ts';
import type { Parts } from './parts.ts';

/**
 * The error of a read that would have to wait for the ration longer than the caller has time. It says nothing about the
 * key.
 */
export class OverRation extends Error {
  override readonly name = 'OverRation';
}

/**
 * `share`: the part of each quota of Key Vault that the product may use, 0 to 1. `until` (ms since 1970): no read is
 * sent later than that.
 */
export type ReadPace = { readonly share: number; readonly until: number };

/** Costs are in reads of a 2048-bit software key. */
export type Window = {
  /**
   * After how many milliseconds this cost fits below `most`; 0 where it fits now. It always fits where nothing was
   * spent.
   */
  waitMs(cost: number, most: number): number;
  spend(cost: number): void;
};

type Spent = { readonly at: number; cost: number };

/** The reads of the last ten seconds. A read with a time in the future, because a clock was set back, counts too. */
export const openWindow = (): Window => {
  let spent: Spent[] = [];
  const forget = (now: number): void => {
    if (spent.some(({ at }) => now - at >= WINDOW_MS)) spent = spent.filter(({ at }) => now - at < WINDOW_MS);
  };
  return {
    waitMs: (cost, most) => {
      const now = Date.now();
      forget(now);
      let left = spent.reduce((sum, one) => sum + one.cost, 0);
      let waitMs = 0;
      for (const { at, cost: old } of spent) {
        if (left + cost <= most) return waitMs;
        left -= old;
        waitMs = at + WINDOW_MS - now;
      }
      return waitMs;
    },
    spend: (cost) => {
      const now = Date.now();
      const last = spent.at(-1);
      if (last?.at === now) last.cost += cost;
      else spent.push({ at: now, cost });
    },
  };
};

/**
 * The ration of reads that no plan has spread over time. Any ten seconds have no more of these reads than this share of
 * the quota of a vault, and of its subscription; where this process may use a fraction of the ration, no more than that
 * fraction.
 */
export type ReadRation = {
  /** Waits until the read may be sent. @throws OverRation at once where that is later than the pace allows */
  take(vault: VaultFacts, cost: number, pace: ReadPace): Promise<void>;
};

type Lane = { readonly window: Window; readonly queue: ReturnType<typeof inOrder> };

const openLanes = (): ((name: string) => Lane) => {
  const lanes = new Map<string, Lane>();
  return (name) => {
    const lane = lanes.get(name) ?? { window: openWindow(), queue: inOrder() };
    lanes.set(name, lane);
    return lane;
  };
};

/** Waits until no read has to wait any more. @throws OverRation at once where that is later than the pace allows */
const waitUntilFits = async (waitMs: () => number, until: number, vaultName: string): Promise<void> => {
  for (let ms = waitMs(); ms > 0; ms = waitMs()) {
    if (Date.now() + ms >= until) throw new OverRation(`the ration of reads of the vault ${vaultName} is used up`);
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
};

/**
 * One read of each vault waits for the ration, and the other reads of that vault wait for that read. One of these
 * waiting reads of each subscription waits for the ration of the subscription in the same way. If each of thousands of
 * waiting reads calculated its time anew after each read that is sent, they would use up the processor.
 */
export const openReadRation = (parts: Pick<Parts, 'now'>): ReadRation => {
  const laneOf = openLanes();
  return {
    take: ({ id, name }, cost, { share, until }) => {
      const vault = laneOf(id.toLowerCase());
      const subscription = laneOf(placeOf(id).subscriptionId.toLowerCase());
      const vaultMs = (): number => vault.window.waitMs(cost, VAULT_READS * share * parts.now());
      const bothMs = (): number =>
        Math.max(vaultMs(), subscription.window.waitMs(cost, SUBSCRIPTION_READS * share * parts.now()));
      return vault.queue(async () => {
        await waitUntilFits(vaultMs, until, name);
        await subscription.queue(async () => {
          await waitUntilFits(bothMs, until, name);
          vault.window.spend(cost);
          subscription.window.spend(cost);
        });
      });
    },
  };
};

import type { VaultFacts } from '../../remediation/model/facts.ts';
import { placeOf } from '../../remediation/model/resource-id.ts';
import { SUBSCRIPTION_READS, VAULT_READS, WINDOW_MS } from '../../remediation/observation/read-cost.ts';
import type { Parts } from './parts.ts';

/** A read would have to wait for the ration for longer than there is time. It says nothing about the key. */
export class OverRation extends Error {
  override readonly name = 'OverRation';
}

/** `share`: of each quota of Key Vault, 0 to 1. `until` (ms since 1970): nothing is read later than then. */
export type ReadPace = { readonly share: number; readonly until: number };

/** Costs are in reads of a 2048-bit software key. */
export type Window = {
  /** In how many ms this cost fits below `most`, 0 where it does now. It always fits where nothing was spent. */
  waitMs(cost: number, most: number): number;
  spend(cost: number): void;
};

type Spent = { readonly at: number; cost: number };

/** What was spent within the last ten seconds. What has a time in the future, because a clock was set back, is in it. */
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
 * The reads that no plan has spread over time: any ten seconds have no more of them than this share of the quotas of a
 * vault and of its subscription, or than this process's fraction of it.
 */
export type ReadRation = {
  /** Waits until the read may be sent. @throws OverRation at once where that is later than the pace allows */
  take(vault: VaultFacts, cost: number, pace: ReadPace): Promise<void>;
};

export const openReadRation = (parts: Pick<Parts, 'now'>): ReadRation => {
  const windows = new Map<string, Window>();
  const windowOf = (name: string): Window => {
    const window = windows.get(name) ?? openWindow();
    windows.set(name, window);
    return window;
  };
  return {
    take: async ({ id, name }, cost, { share, until }) => {
      const vault = windowOf(id.toLowerCase());
      const subscription = windowOf(placeOf(id).subscriptionId.toLowerCase());
      const waitMs = (): number => {
        const part = share * parts.now();
        return Math.max(vault.waitMs(cost, VAULT_READS * part), subscription.waitMs(cost, SUBSCRIPTION_READS * part));
      };
      for (let ms = waitMs(); ms > 0; ms = waitMs()) {
        if (Date.now() + ms >= until) throw new OverRation(`the ration of reads of the vault ${name} is used up`);
        const { setTimeout } = await import('node:timers/promises');
        await setTimeout(ms);
      }
      vault.spend(cost);
      subscription.spend(cost);
    },
  };
};

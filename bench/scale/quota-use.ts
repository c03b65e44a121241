import type { LoggedRequest } from '../../local/cloud/request-log.ts';

/**
 * Key Vault counts in windows of ten seconds, by vault and by subscription and region: reads of 2048-bit software keys, and of other
 * types in as many of those as it allows less of them.
 */
const WINDOW_MS = 10_000;
const VAULT_READS = 4_000;
const REGION_READS = 20_000;

/** ARM refills 25 reads a second, for each subscription and principal. */
const ARM_READS_PER_SECOND = 25;

const isOfKeyVault = ({ url }: LoggedRequest): boolean => new URL(url).host.endsWith('.vault.azure.net');
const isOfArm = ({ url }: LoggedRequest): boolean => new URL(url).host === 'management.azure.com';

/** `at`: ms since 1970. `cost`: in reads of a 2048-bit software key. */
export type Spent = { readonly at: number; readonly cost: number };

/** The most that is spent within any window. */
export const busiest = (all: readonly Spent[], windowMs: number): number => {
  const sorted = all.toSorted((a, b) => a.at - b.at);
  let most = 0;
  let within = 0;
  let first = 0;
  for (const { at, cost } of sorted) {
    within += cost;
    for (let old = sorted[first]; old && old.at <= at - windowMs; old = sorted[first]) {
      within -= old.cost;
      first += 1;
    }
    most = Math.max(most, within);
  }
  return most;
};

/** What was asked for: how often of which kind, and in percent of what Azure allows. All keys are in one region. */
export type Use = {
  readonly keyVaultCalls: number;
  readonly armCalls: number;
  /** Refusals for having asked too much. */
  readonly throttled: number;
  readonly vaultPercent: number;
  readonly regionPercent: number;
  /** Of the reads that the bucket of the subscription gets in so many seconds. */
  readonly armPercent: number;
  /** `12 GET …`, the most frequent first. */
  readonly kinds: readonly string[];
};

const kindsOf = (requests: readonly LoggedRequest[]): readonly string[] =>
  [...Map.groupBy(requests, ({ route }) => route)]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([route, own]) => `${own.length} ${route}`);

/** `costIn`: what a read of a key in the vault of this name costs. */
export const useOf = (
  all: readonly LoggedRequest[],
  seconds: number,
  costIn: (vault: string) => number = () => 1,
): Use => {
  const keyVault = all.filter(isOfKeyVault);
  const arm = all.filter(isOfArm);
  const spent = (requests: readonly LoggedRequest[]): readonly Spent[] =>
    requests.map(({ at, url }) => ({ at: Date.parse(at), cost: costIn(new URL(url).host.split('.', 1)[0] ?? '') }));
  const byVault = [...Map.groupBy(keyVault, ({ url }) => new URL(url).host).values()];
  const vault = byVault.reduce((most, own) => Math.max(most, busiest(spent(own), WINDOW_MS)), 0);
  return {
    keyVaultCalls: keyVault.length,
    armCalls: arm.length,
    throttled: all.filter(({ status }) => status === 429).length,
    vaultPercent: (100 * vault) / VAULT_READS,
    regionPercent: (100 * busiest(spent(keyVault), WINDOW_MS)) / REGION_READS,
    armPercent: (100 * arm.length) / (ARM_READS_PER_SECOND * seconds),
    kinds: kindsOf([...arm, ...keyVault]),
  };
};

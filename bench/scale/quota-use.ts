import type { LoggedRequest } from '../../local/cloud/request-log.ts';

/**
 * Key Vault counts in windows of ten seconds, by vault and by subscription and region. It counts reads of 2048-bit software keys;
 * a read of another type counts as several of them, in the ratio of its lower limit.
 */
const WINDOW_MS = 10_000;
const VAULT_READS = 4_000;
const REGION_READS = 20_000;

/** ARM refills 25 reads a second, for each subscription and principal. */
const ARM_READS_PER_SECOND = 25;

const isOfKeyVault = ({ url }: LoggedRequest): boolean => new URL(url).host.endsWith('.vault.azure.net');
const isOfArm = ({ url }: LoggedRequest): boolean => new URL(url).host === 'management.azure.com';

const vaultIn = ({ url }: LoggedRequest): string => new URL(url).host.split('.', 1)[0] ?? '';
/** '' for a request that concerns the whole tenant. */
const subscriptionAsked = ({ url }: LoggedRequest): string =>
  /^\/subscriptions\/([^/]+)/i.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? '';

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

/**
 * The requests: their number by kind, and the percentage of Azure's limit for the busiest subscription or vault. All keys are in
 * one region.
 */
export type Use = {
  readonly keyVaultCalls: number;
  readonly armCalls: number;
  /** Requests that Azure refused because of a limit. */
  readonly throttled: number;
  readonly vaultPercent: number;
  readonly regionPercent: number;
  /**
   * The highest number of reads in this number of seconds, as a share of the reads that the bucket of a subscription gets in that
   * time.
   */
  readonly armPercent: number;
  /** `12 GET …`, the most frequent first. */
  readonly kinds: readonly string[];
};

const kindsOf = (requests: readonly LoggedRequest[]): readonly string[] =>
  [...Map.groupBy(requests, ({ route }) => route)]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([route, own]) => `${own.length} ${route}`);

/** Facts of a vault by its name: the cost of a read of its keys, and its subscription. */
type Vaults = { readonly costIn?: (vault: string) => number; readonly subscriptionIn?: (vault: string) => string };

/** The largest value over the groups of requests. */
const mostOf = (
  requests: readonly LoggedRequest[],
  each: (one: LoggedRequest) => string,
  of: (own: readonly LoggedRequest[]) => number,
): number => [...Map.groupBy(requests, each).values()].reduce((most, own) => Math.max(most, of(own)), 0);

export const useOf = (
  all: readonly LoggedRequest[],
  seconds: number,
  { costIn = () => 1, subscriptionIn = () => '' }: Vaults = {},
): Use => {
  const keyVault = all.filter(isOfKeyVault);
  const arm = all.filter(isOfArm);
  const inWindow = (requests: readonly LoggedRequest[]): number =>
    busiest(
      requests.map((one) => ({ at: Date.parse(one.at), cost: costIn(vaultIn(one)) })),
      WINDOW_MS,
    );
  const inSeconds = (requests: readonly LoggedRequest[]): number =>
    busiest(
      requests.map((one) => ({ at: Date.parse(one.at), cost: 1 })),
      seconds * 1_000,
    );
  return {
    keyVaultCalls: keyVault.length,
    armCalls: arm.length,
    throttled: all.filter(({ status }) => status === 429).length,
    vaultPercent: (100 * mostOf(keyVault, vaultIn, inWindow)) / VAULT_READS,
    regionPercent: (100 * mostOf(keyVault, (one) => subscriptionIn(vaultIn(one)), inWindow)) / REGION_READS,
    armPercent: (100 * mostOf(arm, subscriptionAsked, inSeconds)) / (ARM_READS_PER_SECOND * seconds),
    kinds: kindsOf([...arm, ...keyVault]),
  };
};

import type { LoggedRequest } from '../../local/cloud/request-log.ts';

/** Key Vault counts in windows of ten seconds: reads of 2048-bit software keys, by vault and by subscription and region. */
const WINDOW_MS = 10_000;
const VAULT_READS = 4_000;
const REGION_READS = 20_000;

/** ARM refills 25 reads a second, for each subscription and principal. */
const ARM_READS_PER_SECOND = 25;

const isOfKeyVault = ({ url }: LoggedRequest): boolean => new URL(url).host.endsWith('.vault.azure.net');
const isOfArm = ({ url }: LoggedRequest): boolean => new URL(url).host === 'management.azure.com';

/** The most of these instants that lie within any window. */
export const busiest = (instants: readonly number[], windowMs: number): number => {
  const sorted = instants.toSorted((a, b) => a - b);
  let most = 0;
  let first = 0;
  for (const [last, at] of sorted.entries()) {
    while ((sorted[first] ?? at) <= at - windowMs) first += 1;
    most = Math.max(most, last - first + 1);
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

export const useOf = (all: readonly LoggedRequest[], seconds: number): Use => {
  const keyVault = all.filter(isOfKeyVault);
  const arm = all.filter(isOfArm);
  const at = (requests: readonly LoggedRequest[]): readonly number[] => requests.map((one) => Date.parse(one.at));
  const byVault = [...Map.groupBy(keyVault, ({ url }) => new URL(url).host).values()];
  const vault = byVault.reduce((most, own) => Math.max(most, busiest(at(own), WINDOW_MS)), 0);
  return {
    keyVaultCalls: keyVault.length,
    armCalls: arm.length,
    throttled: all.filter(({ status }) => status === 429).length,
    vaultPercent: (100 * vault) / VAULT_READS,
    regionPercent: (100 * busiest(at(keyVault), WINDOW_MS)) / REGION_READS,
    armPercent: (100 * arm.length) / (ARM_READS_PER_SECOND * seconds),
    kinds: kindsOf([...arm, ...keyVault]),
  };
};

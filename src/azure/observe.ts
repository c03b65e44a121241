import type { ConsumerFacts, KeyObservation } from '../remediation/facts.ts';
import { type KeyRef, keyId } from '../remediation/key-ref.ts';
import { orUnavailable, type Unreadable } from './consumers/consumer-type.ts';
import type { Estate } from './consumers/estate.ts';
import { inParallel } from './in-parallel.ts';
import type { VaultLook } from './key-vault/look-for-vaults.ts';
import { observeVersions, type VersionSources } from './key-vault/observe-versions.ts';
import type { Vaults } from './key-vault/vaults.ts';
import { observeConsumers, type SharedReads, shareReads } from './observe-consumers.ts';

/** What is known of a key before it is observed. Where that leads to no consumer, the scopes are listed. */
export type ObserveHints = {
  /** As `listConsumers` has just read them: they are not read again. */
  readonly consumers?: readonly ConsumerFacts[];
  /** ARM ids of those last seen, and of the one that woke the key. Each is read once. */
  readonly consumerIds?: readonly string[];
  /** Whether the machines on the disks of disk encryption sets are asked for too. */
  readonly machines?: 'asked';
  /** ARM id of its vault in the baseline: where a process that never saw the vault looks for it, or for what became of it. */
  readonly vaultId?: string;
};

export type ObserveRequest = ObserveHints & { readonly key: KeyRef };

export type Sources = VersionSources & { readonly estate: Estate; readonly vaults: Vaults };

const observe = async (
  sources: Sources,
  request: ObserveRequest,
  vaults: Promise<VaultLook>,
  shared: SharedReads,
): Promise<KeyObservation> => {
  const { key } = request;
  const observedAt = new Date().toISOString();
  const [reading, used] = await Promise.all([
    vaults.then((look) => look(key.host)),
    observeConsumers(sources.estate, request, shared),
  ]);
  const { consumers } = used;
  const pinned = consumers.kind === 'present' ? [...new Set(consumers.value.map((one) => one.pinned.version))] : [];
  const { isVaultSilent: _, ...seen } = await observeVersions(sources, key, pinned, reading);
  return { key, observedAt, ...reading, ...used, ...seen };
};

/** What a sweep saw of its keys. What Azure did not answer for is left to the next one: it keeps no other key waiting. */
export type Observations = {
  readonly observations: readonly KeyObservation[];
  readonly unreadable: readonly Unreadable[];
};

const queryOf = ({ key, vaultId }: ObserveRequest) => ({ host: key.host, ...(vaultId !== undefined && { vaultId }) });

/**
 * Observes keys as they are now, with the fewest calls: each vault once (one ARM call, or one list per scope where that
 * is less), each pinned version once (one data-plane call), each consumer that was not just listed once (single server
 * 2 ARM calls, any other 1), and a deleted key once (one data-plane call, two where it is gone). One vault, one version
 * and one single server make 4 calls. A vault that is not found costs one list of deleted vaults per subscription more,
 * for all that are not found, and none of its versions is asked. Tokens are fetched once per process and audience. Throws
 * `AzureUnavailable` where the vaults could not be read.
 */
export const observeKeys = async (sources: Sources, requests: readonly ObserveRequest[]): Promise<Observations> => {
  const vaults = sources.vaults.read(requests.map(queryOf));
  await vaults;
  const shared = shareReads(sources.estate, requests);
  const seen = await inParallel(requests, (request) =>
    orUnavailable(keyId(request.key), observe(sources, request, vaults, shared)),
  );
  return {
    observations: seen.flatMap((one) => ('key' in one ? [one] : [])),
    unreadable: seen.flatMap((one) => ('reason' in one ? [one] : [])),
  };
};

/** The same with one key, for a decision: throws `AzureUnavailable` wherever a later try may see more. */
export const observeKey = (sources: Sources, request: ObserveRequest): Promise<KeyObservation> =>
  observe(sources, request, sources.vaults.read([queryOf(request)]), shareReads(sources.estate, [request]));

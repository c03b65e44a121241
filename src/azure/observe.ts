import {
  type ConsumerFacts,
  type Fact,
  type KeyObservation,
  type KeyVersionFacts,
  unknown,
  type VaultFacts,
} from '../remediation/facts.ts';
import { type KeyRef, keyId } from '../remediation/key-ref.ts';
import { orUnavailable, type Unreadable } from './consumers/consumer-type.ts';
import type { Estate } from './consumers/estate.ts';
import { inParallel } from './in-parallel.ts';
import type { DeletedKeys } from './key-vault/deleted-keys.ts';
import type { KeyVersions } from './key-vault/key-versions.ts';
import type { Vaults, VaultsByHost } from './key-vault/vaults.ts';
import { observeConsumers, type SharedReads, shareReads } from './observe-consumers.ts';

/** What is known of a key's consumers before it is observed. Where that leads to none, the scopes are listed. */
export type ObserveHints = {
  /** As `listConsumers` has just read them: they are not read again. */
  readonly consumers?: readonly ConsumerFacts[];
  /** ARM ids of those last seen, and of the one that woke the key. Each is read once. */
  readonly consumerIds?: readonly string[];
  /** Whether the machines on the disks of disk encryption sets are asked for too. */
  readonly machines?: 'asked';
};

export type ObserveRequest = ObserveHints & { readonly key: KeyRef };

export type Sources = {
  readonly estate: Estate;
  readonly vaults: Vaults;
  readonly keyVersions: KeyVersions;
  readonly deletedKeys: DeletedKeys;
};

const readVersions = async (
  { keyVersions }: Sources,
  key: KeyRef,
  pinned: readonly string[],
  vault: Fact<VaultFacts>,
): Promise<Record<string, Fact<KeyVersionFacts>>> => {
  const why = vault.kind === 'unknown' ? vault.reason : `the vault ${key.host} is gone`;
  const facts = await inParallel(pinned, async (version) =>
    vault.kind === 'present' ? keyVersions.observe({ key, version, vault: vault.value }) : unknown(why),
  );
  return Object.fromEntries(pinned.map((version, at) => [version, facts[at] ?? unknown(why)]));
};

/** What became of the key, asked only where one of its pinned versions is not found. */
const readLoss = async (
  { deletedKeys }: Sources,
  key: KeyRef,
  vault: Fact<VaultFacts>,
  versions: KeyObservation['versions'],
): Promise<Pick<KeyObservation, 'loss'>> => {
  const isLost = Object.values(versions).some(({ kind }) => kind === 'absent');
  return isLost && vault.kind === 'present' ? { loss: await deletedKeys.observe({ key, vault: vault.value }) } : {};
};

/** These versions of a key, and what became of it where one is not found. */
export const observeVersions = async (
  sources: Sources,
  key: KeyRef,
  pinned: readonly string[],
  vault: Fact<VaultFacts>,
): Promise<Pick<KeyObservation, 'versions' | 'loss'>> => {
  const versions = await readVersions(sources, key, pinned, vault);
  return { versions, ...(await readLoss(sources, key, vault, versions)) };
};

const observe = async (
  sources: Sources,
  request: ObserveRequest,
  vaults: Promise<VaultsByHost>,
  shared: SharedReads,
): Promise<KeyObservation> => {
  const { key } = request;
  const observedAt = new Date().toISOString();
  const [known, seen] = await Promise.all([vaults, observeConsumers(sources.estate, request, shared)]);
  const { consumers } = seen;
  const vault = known.get(key.host) ?? unknown(`${key.host} was not read`);
  const pinned = consumers.kind === 'present' ? [...new Set(consumers.value.map((one) => one.pinned.version))] : [];
  return { key, observedAt, vault, ...seen, ...(await observeVersions(sources, key, pinned, vault)) };
};

/** What a sweep saw of its keys. What Azure did not answer for is left to the next one: it keeps no other key waiting. */
export type Observations = {
  readonly observations: readonly KeyObservation[];
  readonly unreadable: readonly Unreadable[];
};

/**
 * Observes keys as they are now, with the fewest calls: each vault once (one ARM call, or one list per scope where that
 * is less), each pinned version once (one data-plane call), each consumer that was not just listed once (single server
 * 2 ARM calls, flexible server 1), and a deleted key once (one data-plane call, two where it is gone). One vault, one
 * version and one single server make 4 calls. Tokens are fetched once per process and audience. Throws
 * `AzureUnavailable` where the vaults could not be read.
 */
export const observeKeys = async (sources: Sources, requests: readonly ObserveRequest[]): Promise<Observations> => {
  const vaults = sources.vaults.read([...new Set(requests.map(({ key }) => key.host))]);
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
  observe(sources, request, sources.vaults.read([request.key.host]), shareReads(sources.estate, [request]));

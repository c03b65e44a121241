import {
  type ConsumerFacts,
  type Fact,
  type KeyObservation,
  type KeyVersionFacts,
  present,
  unknown,
  type VaultFacts,
} from '../remediation/facts.ts';
import { type KeyRef, keyId } from '../remediation/key-ref.ts';
import type { Estate } from './consumers/estate.ts';
import { inParallel } from './in-parallel.ts';
import type { DeletedKeys } from './key-vault/deleted-keys.ts';
import type { KeyVersions } from './key-vault/key-versions.ts';
import type { Vaults } from './key-vault/vaults.ts';

/** What is known of a key's consumers before it is observed. With neither, the scopes are listed. */
export type ObserveHints = {
  /** As `listConsumers` has just read them: they are not read again. */
  readonly consumers?: readonly ConsumerFacts[];
  /** ARM ids of those last seen, and of the one that woke the key. Each is read once. */
  readonly consumerIds?: readonly string[];
};

export type ObserveRequest = ObserveHints & { readonly key: KeyRef };

export type Sources = {
  readonly estate: Estate;
  readonly vaults: Vaults;
  readonly keyVersions: KeyVersions;
  readonly deletedKeys: DeletedKeys;
};

/** The consumers of these ids that pin this key. One that is gone, or has left the key, is none of it any more. */
const readConsumers = async (
  { estate }: Sources,
  key: KeyRef,
  ids: readonly string[],
): Promise<Fact<readonly ConsumerFacts[]>> => {
  const distinct = [...new Map(ids.map((id) => [id.toLowerCase(), id])).values()];
  const readings = await inParallel(distinct, estate.read);
  const blind = readings.find((one) => one.kind === 'unknown');
  if (blind?.kind === 'unknown') return unknown(blind.reason);
  const consumers = readings.flatMap((one) => (one.kind === 'consumer' ? [one.facts] : []));
  return present(consumers.filter(({ pinned }) => keyId(pinned.key) === keyId(key)));
};

const listConsumers = async ({ estate }: Sources, key: KeyRef): Promise<Fact<readonly ConsumerFacts[]>> => {
  const { keys, unreadable } = await estate.list();
  if (unreadable.length > 0) return unknown(unreadable.map(({ reason }) => reason).join('; '));
  return present(keys.find((one) => keyId(one.key) === keyId(key))?.consumers ?? []);
};

const consumersOf = async (sources: Sources, { key, consumers, consumerIds }: ObserveRequest) => {
  if (consumers) return present(consumers);
  return consumerIds?.length ? readConsumers(sources, key, consumerIds) : listConsumers(sources, key);
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

/**
 * Observes keys as they are now, with the fewest calls: each vault once (one ARM call, or one list per scope where that
 * is less), each pinned version once (one data-plane call), each consumer that was not just listed once (single server
 * 2 ARM calls, flexible server 1), and a deleted key once (one data-plane call, two where it is gone). One vault, one version and one single server make 4 calls. Tokens are fetched once
 * per process and audience. Throws only what a later try can cure.
 */
export const observeKeys = async (
  sources: Sources,
  requests: readonly ObserveRequest[],
): Promise<readonly KeyObservation[]> => {
  const observedAt = new Date().toISOString();
  const [vaults, consumers] = await Promise.all([
    sources.vaults.read([...new Set(requests.map(({ key }) => key.host))]),
    inParallel(requests, (request) => consumersOf(sources, request)),
  ]);
  return inParallel([...requests.entries()], async ([at, { key }]) => {
    const vault = vaults.get(key.host) ?? unknown(`${key.host} was not read`);
    const using = consumers[at] ?? unknown('the consumers were not read');
    const pinned = using.kind === 'present' ? [...new Set(using.value.map((one) => one.pinned.version))] : [];
    return { key, observedAt, vault, consumers: using, ...(await observeVersions(sources, key, pinned, vault)) };
  });
};

import {
  type ConsumerFacts,
  type Fact,
  type KeyObservation,
  present,
  unknown,
  type VaultFacts,
} from '../remediation/facts.ts';
import type { KeyRef } from '../remediation/key-ref.ts';
import { lookAgainAt } from './apply/target.ts';
import { toFailure } from './failure/failure.ts';
import { inParallel } from './in-parallel.ts';
import { observeVersions, type Sources } from './observe.ts';

/** A key and its consumers as they were last listed. */
export type ProbeRequest = { readonly key: KeyRef; readonly consumers: readonly ConsumerFacts[] };

/**
 * What was seen of the keys that could be read. `backOffUntil` (ISO 8601): Azure was not well, or asked to be left alone
 * until then; the keys that it kept from us are missing.
 */
export type Probe = { readonly observations: readonly KeyObservation[]; readonly backOffUntil?: string };

/** Where Azure names no time. */
const BACK_OFF_MS = 10_000;

const causeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? error.cause : error;

const later = (one: string | undefined, other: string): string => (one === undefined || other > one ? other : one);

/**
 * Looks at the pinned versions of keys, and at nothing else: one data-plane call for each, one or two more for a key
 * that is lost. Where the vaults are is asked at most every ten minutes. Consumers are those of the request, not read. A
 * vault that fails or throttles is left alone for the rest of this look.
 */
export const probeKeys = async (sources: Sources, requests: readonly ProbeRequest[]): Promise<Probe> => {
  const observedAt = new Date().toISOString();
  const vaults = await sources.vaults.locateAll([...new Set(requests.map(({ key }) => key.host))]);
  const unwell = new Set<string>();
  let backOffUntil: string | undefined;
  const look = async ({ key, consumers }: ProbeRequest): Promise<readonly KeyObservation[]> => {
    if (unwell.has(key.host)) return [];
    const vault: Fact<VaultFacts> = vaults.get(key.host) ?? unknown(`${key.host} was not located`);
    const pinned = [...new Set(consumers.map((one) => one.pinned.version))];
    try {
      const seen = await observeVersions(sources, key, pinned, vault);
      return [{ key, observedAt, vault, consumers: present(consumers), ...seen }];
    } catch (error) {
      unwell.add(key.host);
      const asked = toFailure(causeOf(error)).retryAfterMs ?? BACK_OFF_MS;
      backOffUntil = later(backOffUntil, lookAgainAt(asked, Date.now()));
      return [];
    }
  };
  const observations = (await inParallel(requests, look)).flat();
  return { observations, ...(backOffUntil !== undefined && { backOffUntil }) };
};

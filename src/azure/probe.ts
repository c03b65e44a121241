import { type ConsumerFacts, type KeyObservation, present } from '../remediation/facts.ts';
import type { KeyRef } from '../remediation/key-ref.ts';
import { lookAgainAt } from './apply/target.ts';
import { toFailure } from './failure/failure.ts';
import { inParallel } from './in-parallel.ts';
import type { VaultLook } from './key-vault/look-for-vaults.ts';
import { observeVersions } from './key-vault/observe-versions.ts';
import type { Sources } from './observe-shared.ts';
import { lazily } from './once.ts';

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

/** Vaults that are left alone for the rest of a probe. */
type Spared = { readonly unwell: Set<string>; readonly silent: Set<string>; backOffUntil: string | undefined };

const hostsOf = (requests: readonly ProbeRequest[]): readonly string[] => [
  ...new Set(requests.map(({ key }) => key.host)),
];

/** What is seen of each key with its vault as `vaults` has it; nothing of those whose vault is unwell or silent. */
const look = async (
  sources: Sources,
  requests: readonly ProbeRequest[],
  vaults: VaultLook,
  spared: Spared,
): Promise<readonly KeyObservation[]> => {
  const observedAt = new Date().toISOString();
  const lookAt = async ({ key, consumers }: ProbeRequest): Promise<readonly KeyObservation[]> => {
    if (spared.unwell.has(key.host) || spared.silent.has(key.host)) return [];
    const pinned = [...new Set(consumers.map((one) => one.pinned.version))];
    try {
      const reading = await vaults(key.host);
      const { isVaultSilent, ...seen } = await observeVersions(sources, key, pinned, reading);
      if (isVaultSilent) spared.silent.add(key.host);
      return [{ key, observedAt, ...reading, consumers: present(consumers), ...seen }];
    } catch (error) {
      spared.unwell.add(key.host);
      const asked = toFailure(causeOf(error)).retryAfterMs ?? BACK_OFF_MS;
      spared.backOffUntil = later(spared.backOffUntil, lookAgainAt(asked, Date.now()));
      return [];
    }
  };
  return (await inParallel(requests, lookAt)).flat();
};

/** Asked on first use, so that a control plane that fails is one more thing that is not well. */
const whenAsked = (open: () => Promise<VaultLook>): VaultLook => {
  const opened = lazily(open);
  return async (host) => (await opened())(host);
};

/**
 * Looks at the pinned versions of keys, and at nothing else: one data-plane call for each, one or two more for a key
 * that is lost. Where the vaults are is asked at most every ten minutes, and once more where a host is silent, as that of a
 * deleted vault is: then the list of deleted vaults tells what became of all that are not found. Consumers are those of
 * the request, not read. A vault that is silent, fails or throttles is left alone for the rest of this look.
 */
export const probeKeys = async (sources: Sources, requests: readonly ProbeRequest[]): Promise<Probe> => {
  const spared: Spared = { unwell: new Set(), silent: new Set(), backOffUntil: undefined };
  const located = whenAsked(() => sources.vaults.locate(hostsOf(requests)));
  const seen = await look(sources, requests, located, spared);
  const silent = new Set(spared.silent);
  spared.silent.clear();
  const doubted = requests.filter(({ key }) => silent.has(key.host));
  const asked = whenAsked(() => sources.vaults.locateSilent([...silent]));
  const seenAgain = await look(sources, doubted, asked, spared);
  const { backOffUntil } = spared;
  return {
    observations: [...seen.filter(({ key }) => !silent.has(key.host)), ...seenAgain],
    ...(backOffUntil !== undefined && { backOffUntil }),
  };
};

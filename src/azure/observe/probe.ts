import { type ConsumerFacts, type KeyObservation, present } from '../../remediation/model/facts.ts';
import { type KeyRef, keyId } from '../../remediation/model/key-ref.ts';
import { inParallel } from '../connection/in-parallel.ts';
import { lazily } from '../connection/once.ts';
import { toFailure } from '../failure/failure.ts';
import { observeVersions, type VersionSources } from '../key-vault/observe-versions.ts';
import type { VaultLook, Vaults } from '../key-vault/vault-directory.ts';

/** A key and its consumers as they were last listed. */
export type ProbeRequest = { readonly key: KeyRef; readonly consumers: readonly ConsumerFacts[] };

/** What was seen of the keys that could be read. Those of a vault that is left alone are missing. */
export type Probe = { readonly observations: readonly KeyObservation[] };

/** Where Azure names no time. */
const BACK_OFF_MS = 10_000;
const LONGEST_BACK_OFF_MS = 600_000;

const causeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? error.cause : error;

type Sources = VersionSources & { readonly vaults: Vaults };

/** Until when each vault is left alone, in ms since 1970, by host. */
type Unwell = Map<string, number>;

const leaveAlone = (unwell: Unwell, host: string, error: unknown): void => {
  const asked = toFailure(causeOf(error)).retryAfterMs ?? BACK_OFF_MS;
  unwell.set(host, Math.max(unwell.get(host) ?? 0, Date.now() + Math.min(asked, LONGEST_BACK_OFF_MS)));
};

const hostsOf = (requests: readonly ProbeRequest[]): readonly string[] => [
  ...new Set(requests.map(({ key }) => key.host)),
];

/** What this process remembers from one look to the next. `seenAt`: in ms since 1970, by key. */
type Memory = { readonly unwell: Unwell; readonly seenAt: Map<string, number> };

/** Those that were not seen for longest come first: where a ration is too small for all, each has its turn. */
const inTurn = (requests: readonly ProbeRequest[], { seenAt }: Memory): readonly ProbeRequest[] => {
  const ageOf = ({ key }: ProbeRequest): number => seenAt.get(keyId(key)) ?? 0;
  return requests.toSorted((one, other) => ageOf(one) - ageOf(other));
};

type Seen = { readonly observations: readonly KeyObservation[]; readonly silent: ReadonlySet<string> };

/** What is seen of each key with its vault as `vaults` has it. No vault waits for another. */
const look = async (
  sources: Sources,
  requests: readonly ProbeRequest[],
  vaults: VaultLook,
  memory: Memory,
): Promise<Seen> => {
  const { unwell, seenAt } = memory;
  const observedAt = new Date().toISOString();
  const silent = new Set<string>();
  const lookAt = async ({ key, consumers }: ProbeRequest): Promise<readonly KeyObservation[]> => {
    if (silent.has(key.host) || (unwell.get(key.host) ?? 0) > Date.now()) return [];
    try {
      const reading = await vaults(key.host);
      const { isVaultSilent, ...seen } = await observeVersions(sources, { key, consumers, observedAt }, reading);
      if (isVaultSilent) silent.add(key.host);
      seenAt.set(keyId(key), Date.now());
      return [{ key, observedAt, ...reading, consumers: present(consumers), ...seen }];
    } catch (error) {
      leaveAlone(unwell, key.host, error);
      return [];
    }
  };
  const byVault = [...Map.groupBy(requests, ({ key }) => key.host).values()];
  const observations = await Promise.all(byVault.map((own) => inParallel(inTurn(own, memory), lookAt)));
  return { observations: observations.flat(2), silent };
};

/** Asked on first use, so that a control plane that fails is one more thing that is not well. */
const whenAsked = (open: () => Promise<VaultLook>): VaultLook => {
  const opened = lazily(open);
  return async (host) => (await opened())(host);
};

/**
 * Looks at the pinned versions of keys, and at nothing else: one data-plane call for each, one or two more for a key
 * that is lost, and of a consumer that states no version what `observeFollowed` costs. Where the vaults are is asked at most every ten minutes, and once more where a host is silent, as that of a
 * deleted vault is: then the list of deleted vaults tells what became of all that are not found. Consumers are those of
 * the request, not read. Nothing is tried twice; a vault that fails or throttles is left alone by this process until the
 * time that it asked for.
 */
export const openProbe = (sources: Sources): ((requests: readonly ProbeRequest[]) => Promise<Probe>) => {
  const memory: Memory = { unwell: new Map(), seenAt: new Map() };
  return async (requests) => {
    const located = whenAsked(() => sources.vaults.locate(hostsOf(requests)));
    const { observations, silent } = await look(sources, requests, located, memory);
    const doubted = requests.filter(({ key }) => silent.has(key.host));
    const asked = whenAsked(() => sources.vaults.locateSilent([...silent]));
    const again = await look(sources, doubted, asked, memory);
    return { observations: [...observations.filter(({ key }) => !silent.has(key.host)), ...again.observations] };
  };
};

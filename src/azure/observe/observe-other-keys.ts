import {
  absent,
  type ConsumerFacts,
  type Fact,
  type KeyObservation,
  type KeyVersionFacts,
  present,
  unknown,
  type VaultFacts,
} from '../../remediation/model/facts.ts';
import { parseKeyId } from '../../remediation/model/key-ref.ts';
import { mayLiveOnAnother } from '../../remediation/observation/key-use.ts';
import { anyWorks, keyWorks } from '../../remediation/observation/key-works.ts';
import { cachedBy } from '../connection/connection.ts';
import { inParallel } from '../connection/in-parallel.ts';
import { AzureUnavailable } from '../failure/azure-unavailable.ts';
import type { KeyVersions } from '../key-vault/key-versions.ts';
import type { Vaults } from '../key-vault/vault-directory.ts';

type Sources = { readonly keyVersions: KeyVersions; readonly vaults: Vaults };

/** Returns the ids of the consumers that are affected according to the observation. */
export type Affected = (seen: KeyObservation) => readonly string[];

/** The present facts of another key: its vault and the used version. */
type Seen = { readonly vault: Fact<VaultFacts>; readonly version: Fact<KeyVersionFacts> };

const unseen = (reason: string): Seen => ({ vault: unknown(reason), version: absent });

const read = async ({ keyVersions, vaults }: Sources, kid: string): Promise<Seen> => {
  const named = parseKeyId(kid);
  if (!named) return unseen(`${kid} is no key identifier`);
  const { key, version } = named;
  const vault = await vaults.readOne(key.host);
  if (vault.kind !== 'present') return { vault, version: absent };
  const of = { key, vault: vault.value };
  return {
    vault,
    version: await (version === undefined ? keyVersions.current(of) : keyVersions.observe({ ...of, version })),
  };
};

/** A repair of this key does not wait for the vault of another key. */
const orUnseen = (reading: Promise<Seen>): Promise<Seen> =>
  reading.catch((error: unknown) => {
    if (error instanceof AzureUnavailable) return unseen(error.message);
    throw error;
  });

/**
 * Adds to the observation whether another key of an affected consumer works, for consumers that need only one of several
 * keys. One ARM call for its vault and one of the data plane for each of the other keys; no call where no consumer is
 * affected.
 */
export const withOtherKeys = async (
  sources: Sources,
  observation: KeyObservation,
  affected: Affected,
): Promise<KeyObservation> => {
  const { consumers } = observation;
  if (consumers.kind !== 'present' || !consumers.value.some(mayLiveOnAnother)) return observation;
  const ids = affected(observation);
  const readOnce = cachedBy((kid) => orUnseen(read(sources, kid)));
  const asked = async (consumer: ConsumerFacts): Promise<ConsumerFacts> => {
    if (!mayLiveOnAnother(consumer) || !ids.includes(consumer.id)) return consumer;
    const others = await Promise.all((consumer.otherKeys ?? []).map(readOnce));
    const now = new Date();
    const works = others.map(({ vault, version }) => keyWorks(vault, version, consumer.kind, now));
    return { ...consumer, otherKeyWorks: anyWorks(works) };
  };
  return { ...observation, consumers: present(await inParallel(consumers.value, asked)) };
};

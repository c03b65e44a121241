import {
  absent,
  type ConsumerFacts,
  type Fact,
  type KeyObservation,
  present,
  unknown,
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

/** By what was seen, ids of the consumers that are harmed. */
export type Harmed = (seen: KeyObservation) => readonly string[];

const read = async ({ keyVersions, vaults }: Sources, kid: string): Promise<Fact<boolean>> => {
  const named = parseKeyId(kid);
  if (!named) return unknown(`${kid} is no key identifier`);
  const { key, version } = named;
  const vault = await vaults.readOne(key.host);
  if (vault.kind !== 'present') return keyWorks(vault, absent, new Date());
  const of = { key, vault: vault.value };
  const seen = await (version === undefined ? keyVersions.current(of) : keyVersions.observe({ ...of, version }));
  return keyWorks(vault, seen, new Date());
};

/** No repair of this key waits for the vault of another. */
const orUnknown = (reading: Promise<Fact<boolean>>): Promise<Fact<boolean>> =>
  reading.catch((error: unknown) => {
    if (error instanceof AzureUnavailable) return unknown(error.message);
    throw error;
  });

/**
 * The observation, and of each consumer that is harmed and lives on any one of several keys whether another of them works:
 * one ARM call for its vault and one of the data plane for each of the others, and none where nobody is harmed.
 */
export const withOtherKeys = async (
  sources: Sources,
  observation: KeyObservation,
  harmed: Harmed,
): Promise<KeyObservation> => {
  const { consumers } = observation;
  if (consumers.kind !== 'present' || !consumers.value.some(mayLiveOnAnother)) return observation;
  const ids = harmed(observation);
  const readOnce = cachedBy((kid) => orUnknown(read(sources, kid)));
  const asked = async (consumer: ConsumerFacts): Promise<ConsumerFacts> => {
    if (!mayLiveOnAnother(consumer) || !ids.includes(consumer.id)) return consumer;
    const others = consumer.otherKeys ?? [];
    return { ...consumer, otherKeyWorks: anyWorks(await Promise.all(others.map(readOnce))) };
  };
  return { ...observation, consumers: present(await inParallel(consumers.value, asked)) };
};

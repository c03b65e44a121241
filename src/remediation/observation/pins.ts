import {
  absent,
  type ConsumerFacts,
  type Fact,
  type KeyLoss,
  type KeyObservation,
  type KeyVersionFacts,
  unknown,
} from '../model/facts.ts';
import { keyId, keyVersionId } from '../model/key-ref.ts';
import { oncePer } from '../model/once-per.ts';
import { stateSpeaksOf } from './key-use.ts';
import { versionsInUse } from './versions-in-use.ts';

/** A version that consumers really use, or may use, with those consumers. */
export type Pin = {
  /** Left out where the consumers state no version and the key is not there to show its current one. */
  readonly version?: string;
  /** Key identifier with that version, lower-cased. */
  readonly kid: string;
  readonly fact: Fact<KeyVersionFacts>;
  readonly consumers: readonly ConsumerFacts[];
};

/** The consumers that still exist; empty where they could not be listed. */
export const consumersOf = oncePer((observation: KeyObservation): readonly ConsumerFacts[] =>
  observation.consumers.kind === 'present'
    ? observation.consumers.value.filter(({ state }) => state.kind !== 'absent')
    : [],
);

type Users = {
  readonly uses: ReadonlyMap<string, readonly ConsumerFacts[]>;
  readonly all: readonly ConsumerFacts[];
  readonly byId: ReadonlyMap<string, ConsumerFacts>;
  readonly byPrincipal: ReadonlyMap<string, readonly ConsumerFacts[]>;
};

const usersIn = oncePer((observation: KeyObservation): Users => {
  const uses = Map.groupBy(consumersOf(observation), ({ id }) => id.toLowerCase());
  const byId = new Map(
    [...uses].flatMap(([id, all]) => {
      const one = all.find(stateSpeaksOf) ?? all[0];
      return one ? [[id, one] as const] : [];
    }),
  );
  const all = [...byId.values()];
  const byPrincipal = Map.groupBy(all, ({ principalId }) => (principalId.kind === 'present' ? principalId.value : ''));
  return { uses, all, byId, byPrincipal };
});

/** Every consumer once, though it may use several versions or keys: in the use that its state is about, where there is one. */
export const usersOf = (observation: KeyObservation): readonly ConsumerFacts[] => usersIn(observation).all;

/** The consumer of this id, in any casing. */
export const userOf = (observation: KeyObservation, id: string): ConsumerFacts | undefined =>
  usersIn(observation).byId.get(id.toLowerCase());

/** All uses of the key by the consumer of this id, in any casing. */
export const usesBy = (observation: KeyObservation, id: string): readonly ConsumerFacts[] =>
  usersIn(observation).uses.get(id.toLowerCase()) ?? [];

/** The consumers that use the key as this principal (lower-cased id). */
export const usersAs = (observation: KeyObservation, principalId: string): readonly ConsumerFacts[] =>
  principalId === '' ? [] : (usersIn(observation).byPrincipal.get(principalId) ?? []);

/** The fact of a version; `unknown` where the look did not read that version. */
export const versionFact = ({ versions }: Pick<KeyObservation, 'versions'>, version: string): Fact<KeyVersionFacts> =>
  versions[version] ?? unknown('this version was not read');

type Use = { readonly version: string | undefined; readonly consumer: ConsumerFacts };

/**
 * The versions that a consumer uses. A version that is not known is left out: `observationIncomplete` reports it, and no step
 * depends on it.
 */
const usesOf = (consumer: ConsumerFacts, observation: KeyObservation): readonly Use[] => {
  const { versions, gap } = versionsInUse([consumer], observation);
  return [...versions, ...(gap?.kind === 'absent' ? [undefined] : [])].map((version) => ({ version, consumer }));
};

/** All versions in use, and not just the latest one. */
export const pinsOf = oncePer((observation: KeyObservation): readonly Pin[] => {
  const { key } = observation;
  const uses = consumersOf(observation).flatMap((one) => usesOf(one, observation));
  return [...Map.groupBy(uses, ({ version }) => version)].map(([version, all]) => {
    const consumers = all.map(({ consumer }) => consumer);
    return version === undefined
      ? { kid: keyId(key), fact: absent, consumers }
      : { version, kid: keyVersionId(key, version), fact: versionFact(observation, version), consumers };
  });
});

const pinsByConsumer = oncePer((observation: KeyObservation): ReadonlyMap<string, readonly Pin[]> => {
  const own = pinsOf(observation).flatMap((pin) =>
    [...Map.groupBy(pin.consumers, ({ id }) => id)].map(([id, consumers]) => ({ id, pin: { ...pin, consumers } })),
  );
  return new Map([...Map.groupBy(own, ({ id }) => id)].map(([id, all]) => [id, all.map(({ pin }) => pin)]));
});

/** The versions in use by the consumer of exactly this id, each with the uses of this consumer only. */
export const pinsOfConsumer = (observation: KeyObservation, id: string): readonly Pin[] =>
  pinsByConsumer(observation).get(id) ?? [];

/** The pinned versions that were not found, where this is what became of the key. Empty where the vault itself is lost. */
export const lostPins = (observation: KeyObservation, loss: KeyLoss['kind']): readonly Pin[] =>
  observation.loss?.kind === 'present' && observation.loss.value.kind === loss && observation.vault.kind === 'present'
    ? pinsOf(observation).filter(({ fact }) => fact.kind === 'absent')
    : [];

/** The pinned versions that were read and exist, with the facts that were read. */
export type ReadPin = Pin & { readonly version: string; readonly facts: KeyVersionFacts };

export const readPins = oncePer((observation: KeyObservation): readonly ReadPin[] =>
  pinsOf(observation).flatMap(({ version, ...pin }) =>
    version !== undefined && pin.fact.kind === 'present' ? [{ ...pin, version, facts: pin.fact.value }] : [],
  ),
);

import {
  type ConsumerFacts,
  type Fact,
  type KeyLoss,
  type KeyObservation,
  type KeyVersionFacts,
  unknown,
} from './facts.ts';
import { keyVersionId } from './key-ref.ts';

/** A version that consumers really use, with those consumers. */
export type Pin = {
  readonly version: string;
  /** Key identifier with version, lower-cased. */
  readonly kid: string;
  readonly fact: Fact<KeyVersionFacts>;
  readonly consumers: readonly ConsumerFacts[];
};

/** The consumers that still exist; none where they could not be listed. */
export const consumersOf = (observation: KeyObservation): readonly ConsumerFacts[] =>
  observation.consumers.kind === 'present'
    ? observation.consumers.value.filter(({ state }) => state.kind !== 'absent')
    : [];

/** Every consumer once, though it may use several versions: in its active use where it has one here. */
export const usersOf = (observation: KeyObservation): readonly ConsumerFacts[] =>
  [...Map.groupBy(consumersOf(observation), ({ id }) => id.toLowerCase()).values()].flatMap(
    (uses) => uses.find(({ use = 'active' }) => use === 'active') ?? uses.slice(0, 1),
  );

/** What was read of a version; one that nobody read is unknown. */
export const versionFact = ({ versions }: Pick<KeyObservation, 'versions'>, version: string): Fact<KeyVersionFacts> =>
  versions[version] ?? unknown('this version was not read');

/** Every pinned version, never merely the latest. */
export const pinsOf = (observation: KeyObservation): readonly Pin[] =>
  [...Map.groupBy(consumersOf(observation), ({ pinned }) => pinned.version)].map(([version, consumers]) => ({
    version,
    kid: keyVersionId(observation.key, version),
    fact: versionFact(observation, version),
    consumers,
  }));

/** The pinned versions that were not found, where this became of their key. Of a lost vault it is not asked. */
export const lostPins = (observation: KeyObservation, loss: KeyLoss['kind']): readonly Pin[] =>
  observation.loss?.kind === 'present' && observation.loss.value.kind === loss && observation.vault.kind === 'present'
    ? pinsOf(observation).filter(({ fact }) => fact.kind === 'absent')
    : [];

/** The pinned versions that were read and exist, with what was read. */
export const readPins = (observation: KeyObservation): readonly (Pin & { readonly facts: KeyVersionFacts })[] =>
  pinsOf(observation).flatMap((pin) => (pin.fact.kind === 'present' ? [{ ...pin, facts: pin.fact.value }] : []));

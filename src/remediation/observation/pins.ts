import {
  type ConsumerFacts,
  type Fact,
  type KeyLoss,
  type KeyObservation,
  type KeyVersionFacts,
  unknown,
} from '../model/facts.ts';
import { keyVersionId } from '../model/key-ref.ts';
import { oncePer } from '../model/once-per.ts';

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

type Users = {
  readonly all: readonly ConsumerFacts[];
  readonly byId: ReadonlyMap<string, ConsumerFacts>;
  readonly byPrincipal: ReadonlyMap<string, readonly ConsumerFacts[]>;
};

const usersIn = oncePer((observation: KeyObservation): Users => {
  const uses = Map.groupBy(consumersOf(observation), ({ id }) => id.toLowerCase());
  const byId = new Map(
    [...uses].flatMap(([id, all]) => {
      const one = all.find(({ use = 'active' }) => use === 'active') ?? all[0];
      return one ? [[id, one] as const] : [];
    }),
  );
  const all = [...byId.values()];
  const byPrincipal = Map.groupBy(all, ({ principalId }) => (principalId.kind === 'present' ? principalId.value : ''));
  return { all, byId, byPrincipal };
});

/** Every consumer once, though it may use several versions: in its active use where it has one here. */
export const usersOf = (observation: KeyObservation): readonly ConsumerFacts[] => usersIn(observation).all;

/** The consumer of this id, in whatever casing. */
export const userOf = (observation: KeyObservation, id: string): ConsumerFacts | undefined =>
  usersIn(observation).byId.get(id.toLowerCase());

/** The consumers that use the key as this principal, lower-cased. */
export const usersAs = (observation: KeyObservation, principalId: string): readonly ConsumerFacts[] =>
  principalId === '' ? [] : (usersIn(observation).byPrincipal.get(principalId) ?? []);

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

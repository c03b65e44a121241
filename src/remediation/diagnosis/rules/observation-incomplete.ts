import { absent, type ConsumerFacts, type Fact, type KeyObservation } from '../../model/facts.ts';
import type { Finding } from '../../model/findings.ts';
import { keyId } from '../../model/key-ref.ts';
import { accessOf } from '../../observation/access.ts';
import { consumersOf, pinsOf, usersOf } from '../../observation/pins.ts';
import { whyReachUnknown } from '../../observation/reach.ts';
import { versionsInUse } from '../../observation/versions-in-use.ts';
import { ranBefore } from '../ran-before.ts';
import { findingFor, type Rule, type Situation } from '../rule.ts';

/**
 * What could not be read, and why. Unknown is not absent: it is said, and whatever rests on it is not done. Of the vault,
 * and of versions in a vault that is out of sight, other rules speak.
 */
export const observationIncomplete: Rule = (situation) => {
  const { observation } = situation;
  return [
    ...listed(observation),
    ...(observation.vault.kind === 'present' ? pinsOf(observation) : []).flatMap(({ kid, fact, consumers }) =>
      incomplete(kid, { version: fact }, consumers),
    ),
    ...usersOf(observation).flatMap((consumer) => ofConsumer(consumer, situation)),
  ];
};

/** Of the key as a whole: said once, however many consumers it concerns. */
const listed = (observation: KeyObservation): readonly Finding[] => {
  const { consumers, key, loss = absent, vault } = observation;
  const { gap = absent } = versionsInUse(consumersOf(observation), observation);
  const version = vault.kind === 'present' ? gap : absent;
  return incomplete(keyId(key), { consumers, loss, version }, consumersOf(observation));
};

/** What a consumer may do with the key matters only where it is not seen to work. */
const factsOf = (consumer: ConsumerFacts, situation: Situation): Readonly<Record<string, Fact<unknown>>> => {
  const { state, principalId } = consumer;
  const works = state.kind === 'present' && state.value.state !== 'inaccessible';
  return {
    state,
    principalId,
    ...(works ? {} : { access: accessOf(consumer, situation.observation) }),
    ...(ranBefore(consumer, situation).length > 0 ? { machines: consumer.machines ?? absent } : {}),
  };
};

/** One finding for each consumer: what was not read of it, and whether it reaches its key where that does not show. */
const ofConsumer = (consumer: ConsumerFacts, situation: Situation): readonly Finding[] => {
  const target = consumer.id.toLowerCase();
  const found = incomplete(target, factsOf(consumer, situation), [consumer]);
  const reach = whyReachUnknown(consumer, situation.observation);
  if (reach === undefined) return found;
  const doubt = `Nobody can tell whether ${consumer.name} reaches its key: ${reach}.`;
  const [unread] = found;
  return [
    findingFor([consumer], {
      kind: 'observationIncomplete',
      target,
      evidence: { ...unread?.evidence, reach },
      rows: [],
      sentence: unread === undefined ? doubt : `${unread.sentence} ${doubt}`,
    }),
  ];
};

const incomplete = (
  target: string,
  facts: Readonly<Record<string, Fact<unknown>>>,
  consumers: readonly ConsumerFacts[],
): readonly Finding[] => {
  const reasons = Object.entries(facts).flatMap(([name, fact]) =>
    fact.kind === 'unknown' ? [[name, fact.reason] as const] : [],
  );
  if (reasons.length === 0) return [];
  const sentence = `Of ${target} could not be read: ${reasons.map(([name, reason]) => `${name} (${reason})`).join(', ')}.`;
  return [
    findingFor(consumers, {
      kind: 'observationIncomplete',
      target,
      evidence: Object.fromEntries(reasons),
      rows: [],
      sentence,
    }),
  ];
};

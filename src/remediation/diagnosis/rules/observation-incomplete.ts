import { ofConsumer as inBaselineById } from '../../model/baseline.ts';
import { absent, type ConsumerFacts, type Fact, type KeyObservation, unknown } from '../../model/facts.ts';
import type { Finding } from '../../model/findings.ts';
import { keyId } from '../../model/key-ref.ts';
import { profileOf } from '../../model/profiles.ts';
import { accessOf, isAccessAsked } from '../../observation/access.ts';
import { consumersOf, pinsOf, usersOf } from '../../observation/pins.ts';
import { whyReachUnknown } from '../../observation/reach.ts';
import { versionsInUse } from '../../observation/versions-in-use.ts';
import { anotherVault } from '../../trust/another-vault.ts';
import { ofKnown } from '../../trust/lineage.ts';
import { ranBefore } from '../ran-before.ts';
import { findingFor, type Rule, type Situation } from '../rule.ts';

/**
 * Facts that could not be read, each with the reason. Unknown is not absent: the finding names the fact, and no step that depends
 * on it is taken. Other rules report the vault itself, and versions in a vault that cannot be read.
 */
export const observationIncomplete: Rule = (situation) => {
  const seen = { ...situation, observation: withoutAdviceOnAnother(situation) };
  const observation = ofOurs(seen);
  const ours = { ...seen, observation };
  return [
    ...listed(observation, seen.observation),
    ...(observation.vault.kind === 'present' ? pinsOf(observation) : []).flatMap(({ kid, fact, consumers }) =>
      incomplete(kid, { version: fact }, consumers),
    ),
    ...usersOf(observation).flatMap((consumer) => ofConsumer(consumer, ours)),
    ...unsure(seen),
  ];
};

/** The part of a reason that starts with `Fix:` names a command that would give the product access (`explain`). */
const ADVICE = /\.? Fix: /;

const ofSomebodyElse = <T>(fact: Fact<T>): Fact<T> =>
  fact.kind === 'unknown' && ADVICE.test(fact.reason)
    ? unknown(
        `${fact.reason.split(ADVICE)[0]}; nothing is to be granted there, as the vault is another than the one that was known`,
      )
    : fact;

const ofAll = <T>(facts: Readonly<Record<string, Fact<T>>>): Readonly<Record<string, Fact<T>>> =>
  Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, ofSomebodyElse(fact)]));

/** Where another vault has taken the name, the reasons must not advise how to open it, least of all to the product. */
const withoutAdviceOnAnother = (situation: Situation): KeyObservation => {
  const { observation } = situation;
  if (anotherVault(situation) === undefined) return observation;
  const { access, current, loss, superseded, versions } = observation;
  return {
    ...observation,
    versions: ofAll(versions),
    ...(access && { access: ofAll(access) }),
    ...(current && { current: ofSomebodyElse(current) }),
    ...(loss && { loss: ofSomebodyElse(loss) }),
    ...(superseded && { superseded: ofSomebodyElse(superseded) }),
  };
};

/**
 * The observation without strangers: a fact that cannot be read of a stranger, or of a version that only strangers name, holds
 * back no repair. A consumer of a kind that this release does not know stays in, since nothing shows whether it is a stranger.
 * Where the vault cannot be read, other rules report that.
 */
const ofOurs = ({ known, observation }: Situation): KeyObservation => {
  const { consumers, vault } = observation;
  if (consumers.kind !== 'present' || vault.kind !== 'present') return observation;
  const ours = new Set(consumersOf(ofKnown(observation, known)));
  const kept = consumers.value.filter((one) => ours.has(one) || profileOf(one.kind).needs === 'unsaid');
  return kept.length === consumers.value.length
    ? observation
    : { ...observation, consumers: { kind: 'present', value: kept } };
};

const isAnyAbsent = (observation: KeyObservation): boolean =>
  pinsOf(observation).some(({ fact }) => fact.kind === 'absent');

/** Facts of the key as a whole: one finding, however many consumers it concerns. */
const listed = (observation: KeyObservation, everyone: KeyObservation): readonly Finding[] => {
  const { consumers, key, vault } = observation;
  const isOfStrangers = isAnyAbsent(everyone) && !isAnyAbsent(observation);
  const loss = (isOfStrangers ? undefined : observation.loss) ?? absent;
  const { gap = absent } = versionsInUse(consumersOf(observation), observation);
  const version = vault.kind === 'present' ? gap : absent;
  return incomplete(keyId(key), { consumers, loss, version }, consumersOf(observation));
};

/**
 * The facts of a consumer that a diagnosis needs. Its access counts only where its state does not show that it works, and only
 * where access was asked for: of a vault that is gone it is not.
 */
const factsOf = (consumer: ConsumerFacts, situation: Situation): Readonly<Record<string, Fact<unknown>>> => {
  const { state, principalId } = consumer;
  const works = state.kind === 'present' && state.value.state !== 'inaccessible';
  return {
    state,
    principalId,
    ...(works || !isAccessAsked(consumer, situation.observation)
      ? {}
      : { access: accessOf(consumer, situation.observation) }),
    ...(ranBefore(consumer, situation).length > 0 ? { machines: consumer.machines ?? absent } : {}),
  };
};

/** Consumers of the baseline that Azure does not find any more. A stranger that is gone affects nobody, so it is left out. */
const unsure = ({ known, observation }: Situation): readonly Finding[] =>
  Object.entries(observation.unsure ?? {})
    .filter(([id]) => inBaselineById(known.baseline, id) !== undefined)
    .flatMap(([id, reason]) => incomplete(id, { gone: unknown(reason) }, []));

/**
 * One finding for each consumer: the facts that could not be read, and, where the facts leave that open, why nobody can tell
 * whether the consumer reaches its key.
 */
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

/** The name of each fact, for a person. */
const WORDS: Readonly<Record<string, string>> = {
  access: 'what its identity may do',
  consumers: 'who uses it',
  gone: 'whether it is still there',
  loss: 'how it was lost',
  machines: 'its machines',
  principalId: 'its identity',
  state: 'its state',
  version: 'the version in use',
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
  const sentence = `Of ${target} could not be read: ${reasons.map(([name, reason]) => `${WORDS[name] ?? name} (${reason})`).join(', ')}.`;
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

import { absent, type ConsumerFacts, type Fact, type KeyObservation, unknown } from '../facts.ts';
import type { Finding } from '../findings.ts';
import { keyId } from '../key-ref.ts';
import { consumersOf, pinsOf, readPins } from '../pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/** What could not be read, and why. Unknown is not absent: it is said, and whatever rests on it is not done. */
export const observationIncomplete: Rule = ({ observation }) => [
  ...vaultAndList(observation),
  ...pinsOf(observation).flatMap(({ kid, fact, consumers }) => incomplete(kid, { version: fact }, consumers)),
  ...consumersOf(observation).flatMap((consumer) =>
    incomplete(consumer.id.toLowerCase(), { state: consumer.state, principalId: consumer.principalId }, [consumer]),
  ),
];

const vaultAndList = (observation: KeyObservation): readonly Finding[] => {
  const consumers = consumersOf(observation);
  return [
    ...incomplete(
      keyId(observation.key),
      { consumers: observation.consumers, loss: observation.loss ?? absent },
      consumers,
    ),
    ...incomplete(`https://${observation.key.host}`, { vault: vaultInSight(observation) }, consumers),
  ];
};

/** A vault that is not found while its key answers lies outside of what we may read. */
const vaultInSight = (observation: KeyObservation): Fact<unknown> =>
  observation.vault.kind === 'absent' && readPins(observation).length > 0
    ? unknown('its key answers, but no such vault is in the configured scope')
    : observation.vault;

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

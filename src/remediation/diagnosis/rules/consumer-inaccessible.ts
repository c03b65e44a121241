import type { ConsumerFacts } from '../../model/facts.ts';
import { findingId } from '../../model/findings.ts';
import { stateSpeaksOf } from '../../observation/key-use.ts';
import { usersOf } from '../../observation/pins.ts';
import { whyUntold } from '../../observation/versions-in-use.ts';
import { triesOf } from '../../trust/attempt-times.ts';
import { lineageOf } from '../../trust/lineage.ts';
import { causesAmong } from '../causes.ts';
import { findingFor, type Rule, type Situation } from '../rule.ts';

/**
 * Azure does not say when a grant has become effective. Reports say up to an hour, and up to a day where the access comes by a
 * group.
 */
const SETTLES_MS = 86_400_000;

/** A sentence for the time after a grant in which a refusal is no evidence; empty when that time is over. */
const settling = (consumer: ConsumerFacts, situation: Situation): string => {
  const givenAt = triesOf(consumer, situation)?.givenAt;
  return givenAt === undefined || situation.now.getTime() >= Date.parse(givenAt) + SETTLES_MS
    ? ''
    : ` Its way to the key was given back (${givenAt}), which takes minutes, and up to a day, to be effective: until then a refusal says nothing.`;
};

const until = (consumer: ConsumerFacts): string => {
  const untold = whyUntold(consumer);
  return untold === undefined
    ? `it is revalidated with ${consumer.pinned.kid}`
    : `its key works and it is revalidated; it ${untold}`;
};

/**
 * The consumer itself says that it cannot reach its key. The first fault that stops the consumer explains this finding; without
 * such a fault it is a root cause. Where this key is only for the backups, the state of the consumer is about another key. A copy
 * that waits for access has a rule of its own.
 */
export const consumerInaccessible: Rule = (situation, found) => {
  const causes = causesAmong(found);
  return usersOf(situation.observation).flatMap((consumer) => {
    const { id, name, pinned, state } = consumer;
    if (!stateSpeaksOf(consumer) || state.kind !== 'present' || state.value.state !== 'inaccessible') return [];
    if (lineageOf(consumer, situation) !== undefined) return [];
    const [cause] = causes(consumer);
    const { vault } = situation.observation;
    return [
      findingFor([consumer], {
        kind: 'consumerInaccessible',
        target: id.toLowerCase(),
        evidence: {
          state: state.value.raw,
          kid: pinned.kid,
          ...(consumer.use === 'anyOf' && { use: consumer.use }),
          ...(vault.kind === 'present' && { vault: vault.value.id.toLowerCase() }),
        },
        rows: ['S2.44', 'S2.45'],
        sentence: `${name} is ${state.value.raw} and refuses connections until ${until(consumer)}.${settling(consumer, situation)}`,
        ...(cause === undefined ? {} : { explainedBy: findingId(cause) }),
      }),
    ];
  });
};

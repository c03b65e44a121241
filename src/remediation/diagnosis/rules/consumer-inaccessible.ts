import type { ConsumerFacts } from '../../model/facts.ts';
import { findingId } from '../../model/findings.ts';
import { stateSpeaksOf } from '../../observation/key-use.ts';
import { usersOf } from '../../observation/pins.ts';
import { whyUntold } from '../../observation/versions-in-use.ts';
import { triesOf } from '../../trust/attempt-times.ts';
import { lineageOf } from '../../trust/lineage.ts';
import { causesAmong } from '../causes.ts';
import { findingFor, type Rule, type Situation } from '../rule.ts';

/** Azure tells of no grant when it is effective; reports say up to an hour, and a day where it came by a group. */
const SETTLES_MS = 86_400_000;

/** That a refusal says nothing yet, as long as that is so. */
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
 * The consumer itself says that it cannot reach its key. Explained by the first fault that stops it, else a root cause. Where
 * this key is for its backups, its state speaks of another key; and one that waits to be let in is another matter.
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

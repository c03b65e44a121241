import type { ConsumerFacts } from '../../model/facts.ts';
import { findingId } from '../../model/findings.ts';
import { profileOf } from '../../model/profiles.ts';
import { stateSpeaksOf } from '../../observation/key-use.ts';
import { usersOf } from '../../observation/pins.ts';
import { doneAt } from '../../steps/done-steps.ts';
import { STEP_KINDS, STEPS } from '../../steps/steps.ts';
import { SETTLED_MS } from '../../trust/attempt-times.ts';
import { grantedAt } from '../../trust/key-grant.ts';
import { causesAmong } from '../causes.ts';
import { findingFor, type Rule, type Situation } from '../rule.ts';

/**
 * A consumer that got access, and whose state does not show yet whether it can use its key. A disk encryption set has no state
 * that would show it. A server that is ready may have lost its access before the grant became effective, and refuse connections
 * only minutes later.
 */
export const accessUnproven: Rule = (situation, found) => {
  const causes = causesAmong(found);
  return (
    usersOf(situation.observation)
      .filter(stateSpeaksOf)
      .filter((consumer) => isUnproven(consumer, situation))
      // A set with a failed rotation is left out here: the update that starts its rotation again also proves its access.
      .filter(({ rotation }) => rotation?.error === undefined)
      .map((consumer) => {
        const [cause] = causes(consumer);
        return findingFor([consumer], {
          kind: 'accessUnproven',
          target: consumer.id.toLowerCase(),
          evidence: { kid: consumer.pinned.kid },
          rows: ['S1.19', 'S2.63'],
          sentence: `Whether ${consumer.name} can use ${consumer.pinned.kid} again shows only when it ${tries(consumer)}.`,
          ...(cause && { explainedBy: findingId(cause) }),
        });
      })
  );
};

const tries = ({ kind }: ConsumerFacts): string =>
  profileOf(kind).triesByItself ? 'has tried, within a quarter of an hour' : 'is updated';

const PROOFS = STEP_KINDS.filter((kind) => STEPS[kind].purpose === 'proof' || STEPS[kind].purpose === 'trial');

const isUnproven = (consumer: ConsumerFacts, situation: Situation): boolean => {
  const granted = grantedAt(consumer, situation).at(-1);
  const proofs = PROOFS.flatMap((kind) => doneAt(situation.known, kind, consumer.id));
  if (granted === undefined || proofs.some((at) => at > granted)) return false;
  return !profileOf(consumer.kind).triesByItself || (isUp(consumer) && isRecent(granted, situation));
};

/**
 * Only a server that is up is waited for: a server that is down is revalidated by another rule, and a stopped server tries
 * nothing.
 */
const isUp = ({ state }: ConsumerFacts): boolean =>
  state.kind === 'present' && (state.value.state === 'ready' || state.value.state === 'busy');

const isRecent = (granted: string, { now }: Situation): boolean => now.getTime() < Date.parse(granted) + SETTLED_MS;

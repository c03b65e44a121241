import { causeFor } from '../causes.ts';
import { doneAt } from '../done-steps.ts';
import type { ConsumerFacts } from '../facts.ts';
import { findingId } from '../findings.ts';
import { grantedAt } from '../key-grant.ts';
import { usersOf } from '../pins.ts';
import { findingFor, type Rule, type Situation } from '../rule.ts';

/** A disk encryption set, which has no state that would tell, was let in and has not been seen to use its key since. */
export const accessUnproven: Rule = (situation, found) =>
  usersOf(situation.observation)
    .filter(({ kind, use = 'active' }) => kind === 'diskEncryptionSet' && use === 'active')
    .filter((consumer) => isUnproven(consumer, situation))
    // Its rotation is set going again by the very update that proves its access.
    .filter(({ rotation }) => rotation?.error === undefined)
    .map((consumer) => {
      const cause = causeFor(consumer, found);
      return findingFor([consumer], {
        kind: 'accessUnproven',
        target: consumer.id.toLowerCase(),
        evidence: { kid: consumer.pinned.kid },
        rows: ['S1.19', 'S2.63'],
        sentence: `Whether ${consumer.name} can use ${consumer.pinned.kid} again shows only when it is updated.`,
        ...(cause && { explainedBy: findingId(cause) }),
      });
    });

const isUnproven = (consumer: ConsumerFacts, situation: Situation): boolean => {
  const granted = grantedAt(consumer, situation).at(-1);
  const proofs = (['revalidateConsumer', 'clearAutoRotationError'] as const).flatMap((kind) =>
    doneAt(situation.known, kind, consumer.id),
  );
  return granted !== undefined && !proofs.some((at) => at > granted);
};

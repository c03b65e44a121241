import type { ConsumerFacts } from '../../model/facts.ts';
import type { Finding } from '../../model/findings.ts';
import { profileOf } from '../../model/profiles.ts';
import { usersOf } from '../../observation/pins.ts';
import { lineageOf } from '../../trust/lineage.ts';
import { identityWasRefused } from '../identity-refusal.ts';
import { findingFor, type Rule, type Situation } from '../rule.ts';

/**
 * The consumer has no identity to use its key with, or Entra does not know its identity any more. The second case shows only in
 * Azure's refusal during this incident: the error of a rotation may be old, and an update shows whether it still holds. A copy
 * that never had an identity has a rule of its own.
 */
export const identityMissing: Rule = (situation) =>
  usersOf(situation.observation)
    .filter((consumer) => lineageOf(consumer, situation) === undefined)
    .flatMap((consumer) => finding(consumer, situation));

const finding = (consumer: ConsumerFacts, { known }: Situation): readonly Finding[] => {
  const { id, kind, name, pinned, principalId, identity } = consumer;
  const isRefused = principalId.kind === 'present' && identityWasRefused(known.attempts ?? [], id);
  if (principalId.kind !== 'absent' && !isRefused) return [];
  return [
    findingFor([consumer], {
      kind: 'identityMissing',
      target: id.toLowerCase(),
      evidence: {
        kid: pinned.kid,
        identity: identity?.kind === 'user' ? identity.id : 'system',
        ...(isRefused && { refused: principalId.value }),
      },
      rows: profileOf(kind).acceptanceRows.identityMissing ?? ['S2.30', 'S2.55'],
      sentence: isRefused
        ? `${name} shows the identity ${principalId.value}, which Azure refused for ${pinned.kid} since it is gone.`
        : `${name} has no identity to use ${pinned.kid} with.`,
    }),
  ];
};

import type { ConsumerFacts } from '../facts.ts';
import type { Finding } from '../findings.ts';
import { lineageOf } from '../lineage.ts';
import { usersOf } from '../pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/**
 * The consumer has no identity to use its key with, or one that Entra does not know any more: of a system-assigned one
 * that shows only in how Azure refused to use it. A copy that never had one is another matter.
 */
export const identityMissing: Rule = (situation) =>
  usersOf(situation.observation)
    .filter((consumer) => lineageOf(consumer, situation) === undefined)
    .flatMap((consumer) => finding(consumer));

const finding = (consumer: ConsumerFacts): readonly Finding[] => {
  const { id, kind, name, pinned, principalId, identity } = consumer;
  if (principalId.kind !== 'absent') return [];
  const itsIdentity = identity?.kind === 'user' ? identity.id : 'system';
  return [
    findingFor([consumer], {
      kind: 'identityMissing',
      target: id.toLowerCase(),
      evidence: { kid: pinned.kid, identity: itsIdentity },
      rows: kind === 'diskEncryptionSet' ? ['S1.18'] : ['S2.30', 'S2.55'],
      sentence: `${name} has no identity to use ${pinned.kid} with.`,
    }),
  ];
};

import { consumersOf } from '../pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/** The consumer has no identity to use its key with. */
export const identityMissing: Rule = ({ observation }) =>
  consumersOf(observation)
    .filter(({ principalId }) => principalId.kind === 'absent')
    .map((consumer) =>
      findingFor([consumer], {
        kind: 'identityMissing',
        target: consumer.id.toLowerCase(),
        evidence: { kid: consumer.pinned.kid },
        rows: ['S2.30', 'S2.55'],
        sentence: `${consumer.name} has no identity to use ${consumer.pinned.kid} with.`,
      }),
    );

import { pinsOf } from '../pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/** The pinned version, its key or its vault does not exist (any more). A soft-deleted one looks the same from here. */
export const keyMissing: Rule = ({ observation }) =>
  pinsOf(observation)
    .filter(({ fact }) => fact.kind === 'absent' || (fact.kind === 'unknown' && observation.vault.kind === 'absent'))
    .map(({ version, kid, consumers }) => {
      const lost = observation.vault.kind === 'absent' ? 'vault' : 'version';
      return findingFor(consumers, {
        kind: 'keyMissing',
        target: kid,
        evidence: { version, lost },
        rows: ['S2.48', 'S2.49'],
        sentence: lost === 'vault' ? `The vault of ${kid} does not exist.` : `The key version ${kid} does not exist.`,
      });
    });

import { type Pin, pinsOf } from '../pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/** The vault is gone, or the pinned version is and nobody could tell what became of its key. */
export const keyMissing: Rule = ({ observation }) => {
  const { vault, loss } = observation;
  const isMissing = ({ fact }: Pin): boolean =>
    vault.kind === 'absent' ? fact.kind !== 'present' : fact.kind === 'absent' && loss?.kind !== 'present';
  return pinsOf(observation)
    .filter(isMissing)
    .map(({ version, kid, consumers }) => {
      const lost = vault.kind === 'absent' ? 'vault' : 'version';
      return findingFor(consumers, {
        kind: 'keyMissing',
        target: kid,
        evidence: { version, lost },
        rows: ['S2.48', 'S2.49'],
        sentence: lost === 'vault' ? `The vault of ${kid} does not exist.` : `The key version ${kid} does not exist.`,
      });
    });
};

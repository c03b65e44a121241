import { consumersOf } from '../../observation/pins.ts';
import { anotherVault } from '../../trust/another-vault.ts';
import { findingFor, type Rule } from '../rule.ts';

/**
 * Another vault has the name: somebody purged the known vault and made a new one, moved the vault, or made it again on purpose.
 * Nothing in Azure shows which of these happened.
 */
export const vaultForeign: Rule = (situation) => {
  const { observation, known } = situation;
  const another = anotherVault(situation);
  const consumers = consumersOf(observation);
  const was = known.baseline?.vault;
  if (another === undefined || was === undefined || consumers.length === 0) return [];
  const { id, birth, why, isSameContent } = another;
  const isLikelyMoved = birth !== undefined && birth === was.birth && id !== was.id;
  return [
    findingFor(consumers, {
      kind: 'vaultForeign',
      target: id,
      evidence: {
        was: was.id,
        ...(was.birth !== undefined && { wasMadeAt: was.birth }),
        ...(birth !== undefined && { madeAt: birth }),
        isSameContent,
      },
      rows: ['S1.5'],
      sentence: isLikelyMoved
        ? `The vault at ${observation.key.host} is not where the one was that was known: ${why}. Both were made at ${birth}, so it was moved, more likely than not.`
        : `The vault at ${observation.key.host} is another than the one that was known: ${why}.`,
    }),
  ];
};

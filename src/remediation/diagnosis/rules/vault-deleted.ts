import { addDuration } from '../../model/duration.ts';
import { consumersOf } from '../../observation/pins.ts';
import { vaultLossOf } from '../../observation/vault-loss.ts';
import { findingFor, GRACE, type Rule } from '../rule.ts';

/** The vault was deleted with all its keys, and can be recovered. */
export const vaultDeleted: Rule = ({ observation }) => {
  const loss = vaultLossOf(observation);
  const consumers = consumersOf(observation);
  if (loss?.kind !== 'deleted' || consumers.length === 0) return [];
  const { vaultId, location, deletedOn, recoverableUntil } = loss;
  return [
    findingFor(
      consumers,
      {
        kind: 'vaultDeleted',
        target: vaultId.toLowerCase(),
        evidence: { location, deletedOn, recoverableUntil },
        rows: ['S1.5', 'S2.23', 'S2.28', 'S2.48', 'S2.53'],
        sentence: `The vault ${vaultId} was deleted at ${deletedOn} with all its keys, and can be recovered until ${recoverableUntil}.`,
      },
      addDuration(new Date(deletedOn), GRACE).toISOString(),
    ),
  ];
};

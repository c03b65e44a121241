import { consumersOf } from '../../observation/pins.ts';
import { vaultLossOf } from '../../observation/vault-loss.ts';
import { findingFor, type Rule } from '../rule.ts';

/** Azure has neither the vault nor a deleted vault of that name: the keys are lost with the vault. */
export const vaultPurged: Rule = ({ observation, known }) => {
  const consumers = consumersOf(observation);
  if (vaultLossOf(observation)?.kind !== 'gone' || consumers.length === 0) return [];
  const target = known.baseline?.vault.id ?? `https://${observation.key.host}`;
  return [
    findingFor(consumers, {
      kind: 'vaultPurged',
      target,
      evidence: { lost: 'vault' },
      rows: ['S1.5', 'S2.48'],
      sentence: `The vault ${target} is not there, nor among the deleted vaults: its keys are gone with it.`,
    }),
  ];
};

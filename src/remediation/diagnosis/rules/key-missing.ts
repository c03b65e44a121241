import { pinsOf } from '../../observation/pins.ts';
import { vaultLossOf } from '../../observation/vault-loss.ts';
import { findingFor, type Rule } from '../rule.ts';

/** The pinned version or the whole key does not exist, and the product could not find out what became of it. */
export const keyMissing: Rule = ({ observation }) => {
  const { loss } = observation;
  if (loss?.kind === 'present' || vaultLossOf(observation) !== undefined) return [];
  return pinsOf(observation)
    .filter(({ fact }) => fact.kind === 'absent')
    .map(({ version, kid, consumers }) =>
      findingFor(consumers, {
        kind: 'keyMissing',
        target: kid,
        evidence: { ...(version !== undefined && { version }) },
        rows: ['S2.49'],
        sentence: `The key ${version === undefined ? '' : 'version '}${kid} does not exist.`,
      }),
    );
};

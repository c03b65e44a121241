import { keyId } from '../../model/key-ref.ts';
import { lostPins } from '../../observation/pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/** The vault holds neither the key nor a deleted key of that name: only a backup brings it back. */
export const keyPurged: Rule = ({ observation }) => {
  const pins = lostPins(observation, 'gone');
  if (pins.length === 0) return [];
  const target = keyId(observation.key);
  return [
    findingFor(
      pins.flatMap(({ consumers }) => consumers),
      {
        kind: 'keyPurged',
        target,
        evidence: { versions: pins.flatMap(({ version }) => version ?? []).join(' ') },
        rows: ['S1.15'],
        sentence: `The key ${target} is not there, nor among the deleted keys of its vault.`,
      },
    ),
  ];
};

import { isHsmHost, keyId } from '../../model/key-ref.ts';
import { consumersOf } from '../../observation/pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/** The key is in a Managed HSM, which has roles of its own and sends no events. The product reads nothing of it. */
export const keyInManagedHsm: Rule = ({ observation }) => {
  const { key } = observation;
  if (!isHsmHost(key.host)) return [];
  return [
    findingFor(consumersOf(observation), {
      kind: 'keyInManagedHsm',
      target: keyId(key),
      evidence: { host: key.host },
      rows: ['S1.5'],
      sentence: `The key ${keyId(key)} is in a Managed HSM, whose keys and roles the product does not read: of its consumers it sees the state alone, and repairs nothing.`,
    }),
  ];
};

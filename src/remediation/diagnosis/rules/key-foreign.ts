import { keyId } from '../../model/key-ref.ts';
import { consumersOf } from '../../observation/pins.ts';
import { whyAnotherKey } from '../../trust/another-key.ts';
import { findingFor, type Rule } from '../rule.ts';

/** Another key has the name: the key that was in use was purged, and somebody made a new one. */
export const keyForeign: Rule = (situation) => {
  const { observation } = situation;
  const why = whyAnotherKey(situation);
  const consumers = consumersOf(observation);
  if (why === undefined || consumers.length === 0) return [];
  const target = keyId(observation.key);
  return [
    findingFor(consumers, {
      kind: 'keyForeign',
      target,
      evidence: { another: why },
      rows: ['S1.15'],
      sentence: `The key ${target} is another than the one that was in use: ${why}.`,
    }),
  ];
};

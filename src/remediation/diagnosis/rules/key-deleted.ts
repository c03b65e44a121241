import { addDuration } from '../../model/duration.ts';
import { keyId } from '../../model/key-ref.ts';
import { lostPins } from '../../observation/pins.ts';
import { findingFor, GRACE, type Rule } from '../rule.ts';

/** The key was deleted with all its versions, and can be recovered. */
export const keyDeleted: Rule = ({ observation }) => {
  const pins = lostPins(observation, 'deleted');
  const { loss, key } = observation;
  if (pins.length === 0 || loss?.kind !== 'present' || loss.value.kind !== 'deleted') return [];
  const { deletedOn, recoverableUntil } = loss.value;
  return [
    findingFor(
      pins.flatMap(({ consumers }) => consumers),
      {
        kind: 'keyDeleted',
        target: keyId(key),
        evidence: { deletedOn, recoverableUntil },
        rows: ['S1.15', 'S1.32', 'S2.28', 'S2.49', 'S2.52'],
        sentence: `The key ${keyId(key)} was deleted at ${deletedOn} and can be recovered until ${recoverableUntil}.`,
      },
      addDuration(new Date(deletedOn), GRACE).toISOString(),
    ),
  ];
};

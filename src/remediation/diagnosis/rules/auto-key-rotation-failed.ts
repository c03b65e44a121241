import { findingId } from '../../model/findings.ts';
import { usersOf } from '../../observation/pins.ts';
import { causesAmong } from '../causes.ts';
import { findingFor, type Rule } from '../rule.ts';

/** A disk encryption set could not follow its key to the current version, and does not try again until it is updated. */
export const autoKeyRotationFailed: Rule = ({ observation }, found) => {
  const causes = causesAmong(found);
  return usersOf(observation).flatMap((consumer) => {
    const { id, name, pinned, rotation, use = 'active' } = consumer;
    if (rotation?.error === undefined || use !== 'active') return [];
    const { code, message } = rotation.error;
    const [cause] = causes(consumer);
    return [
      findingFor([consumer], {
        kind: 'autoKeyRotationFailed',
        target: id.toLowerCase(),
        evidence: { kid: pinned.kid, code, message },
        rows: ['S1.17'],
        sentence: `${name} does not rotate by itself any more since it was refused: ${code}.`,
        ...(cause && { explainedBy: findingId(cause) }),
      }),
    ];
  });
};

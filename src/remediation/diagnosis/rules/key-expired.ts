import { addDuration } from '../../model/duration.ts';
import { readPins } from '../../observation/pins.ts';
import { findingFor, GRACE, type Rule } from '../rule.ts';

/** The pinned version has expired. A version that is also disabled belongs to `keyDisabled`: the product does not extend it. */
export const keyExpired: Rule = ({ observation, now }) =>
  readPins(observation).flatMap(({ version, kid, facts, consumers }) => {
    const { enabled, expiresOn } = facts;
    if (!enabled || expiresOn === undefined || new Date(expiresOn) > now) return [];
    return [
      findingFor(
        consumers,
        {
          kind: 'keyExpired',
          target: kid,
          evidence: { version, expiresOn },
          rows: ['S1.32', 'S2.33', 'S2.50'],
          sentence: `The key version ${kid} expired at ${expiresOn}.`,
        },
        addDuration(new Date(expiresOn), GRACE).toISOString(),
      ),
    ];
  });

import { addDuration } from '../../model/duration.ts';
import { readPins } from '../../observation/pins.ts';
import { neededUntil } from '../../observation/versions-in-use.ts';
import { findingFor, type Rule } from '../rule.ts';

/**
 * The pinned version expires soon, so that the product can extend it before anything breaks. A consumer that moves to another
 * version before the expiry needs no extension.
 */
export const keyNearExpiry: Rule = ({ observation, now, settings }) =>
  readPins(observation).flatMap(({ version, kid, facts, consumers }) => {
    const { enabled, expiresOn } = facts;
    if (!enabled || expiresOn === undefined) return [];
    const expiry = new Date(expiresOn);
    if (expiry <= now || expiry > addDuration(now, settings.nearExpiry)) return [];
    const staying = consumers.filter((one) => {
      const until = neededUntil(one, version, observation);
      return until === undefined || new Date(until) > expiry;
    });
    if (staying.length === 0) return [];
    return [
      findingFor(
        staying,
        {
          kind: 'keyNearExpiry',
          target: kid,
          evidence: { version, expiresOn },
          rows: ['S2.33'],
          sentence: `The key version ${kid} expires at ${expiresOn}.`,
        },
        expiresOn,
      ),
    ];
  });

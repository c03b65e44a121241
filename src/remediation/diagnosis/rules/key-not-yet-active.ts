import { readPins } from '../../observation/pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/** The activation date of the pinned version lies ahead. */
export const keyNotYetActive: Rule = ({ observation, now }) =>
  readPins(observation).flatMap(({ version, kid, facts, consumers }) => {
    const { enabled, notBefore } = facts;
    if (!enabled || notBefore === undefined || new Date(notBefore) <= now) return [];
    return [
      findingFor(consumers, {
        kind: 'keyNotYetActive',
        target: kid,
        evidence: { version, notBefore },
        rows: ['S2.32'],
        sentence: `The key version ${kid} is not active before ${notBefore}.`,
      }),
    ];
  });

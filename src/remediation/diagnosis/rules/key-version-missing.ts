import { lostPins } from '../../observation/pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/** The vault has a key of that name without the pinned version: the key that was in use is gone, and this is another key. */
export const keyVersionMissing: Rule = ({ observation }) =>
  lostPins(observation, 'versionMissing').flatMap(({ version, kid, consumers }) =>
    version === undefined
      ? []
      : findingFor(consumers, {
          kind: 'keyVersionMissing',
          target: kid,
          evidence: { version },
          rows: ['S1.15'],
          sentence: `The key of ${kid} is there, but not this version: it is another key of the same name.`,
        }),
  );

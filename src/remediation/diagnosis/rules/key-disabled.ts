import { readPins } from '../../observation/pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/** The pinned version is disabled: by accident, or because its owner wants to lock the data. */
export const keyDisabled: Rule = ({ observation }) =>
  readPins(observation)
    .filter(({ facts }) => !facts.enabled)
    .map(({ version, kid, consumers }) =>
      findingFor(consumers, {
        kind: 'keyDisabled',
        target: kid,
        evidence: { version, enabled: false },
        rows: ['S1.32', 'S2.34'],
        sentence: `The key version ${kid} is disabled.`,
      }),
    );

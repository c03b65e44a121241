import { missingOperations } from '../../observation/key-operations.ts';
import { readPins } from '../../observation/pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/** The operations of the pinned version leave out unwrapKey: no consumer can decrypt its data key with it. */
export const keyCannotUnwrap: Rule = ({ observation }) =>
  readPins(observation).flatMap(({ version, kid, facts, consumers }) => {
    const missing = missingOperations(facts);
    if (!missing.includes('unwrapKey')) return [];
    const { keyType, operations = [] } = facts;
    return [
      findingFor(consumers, {
        kind: 'keyCannotUnwrap',
        target: kid,
        evidence: { version, keyType, operations: operations.join(' ') },
        rows: ['S2.31'],
        sentence: `The key version ${kid} (${keyType}) does not permit ${missing.join(' and ')}: its operations are ${operations.join(', ') || 'none'}.`,
      }),
    ];
  });

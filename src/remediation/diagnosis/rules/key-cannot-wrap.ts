import { missingOperations } from '../../observation/key-operations.ts';
import { readPins } from '../../observation/pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/** The operations of the pinned version leave out wrapKey, and no other operation that a consumer needs. */
export const keyCannotWrap: Rule = ({ observation }) =>
  readPins(observation).flatMap(({ version, kid, facts, consumers }) => {
    if (missingOperations(facts).join() !== 'wrapKey') return [];
    const { keyType, operations = [] } = facts;
    return [
      findingFor(consumers, {
        kind: 'keyCannotWrap',
        target: kid,
        evidence: { version, keyType, operations: operations.join(' ') },
        rows: ['S2.31'],
        sentence: `The key version ${kid} (${keyType}) does not permit wrapKey: its operations are ${operations.join(', ')}.`,
      }),
    ];
  });

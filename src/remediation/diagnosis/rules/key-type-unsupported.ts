import { isFitting } from '../../observation/fitting-key.ts';
import { readPins } from '../../observation/pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/** The pinned version is of a type or size that Azure does not support for some of its consumers. */
export const keyTypeUnsupported: Rule = ({ observation }) =>
  readPins(observation).flatMap(({ kid, version, facts, consumers }) => {
    const unsupported = consumers.filter(({ kind }) => isFitting(kind, facts) === false);
    if (unsupported.length === 0) return [];
    const { keyType, keySize } = facts;
    const type = keySize === undefined ? keyType : `${keyType} ${keySize}`;
    return [
      findingFor(unsupported, {
        kind: 'keyTypeUnsupported',
        target: kid,
        evidence: { version, keyType, ...(keySize !== undefined && { keySize }) },
        rows: ['S2.31', 'S2.68'],
        sentence: `The key version ${kid} is ${type}, which Azure does not support for ${unsupported.map(({ name }) => name).join(', ')}.`,
      }),
    ];
  });

import type { ConsumerKind, KeyVersionFacts } from '../../model/facts.ts';
import { readPins } from '../../observation/pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/** Sizes of RSA keys, in a hardware module or not, that each kind documents (S2.31; disk-encryption; flexible server, 2026). */
const SIZES: Readonly<Record<ConsumerKind, readonly number[]>> = {
  mysqlSingleServer: [2048],
  mysqlFlexibleServer: [2048, 3072, 4096],
  diskEncryptionSet: [2048, 3072, 4096],
};

const supports = (kind: ConsumerKind, { keyType, keySize }: KeyVersionFacts): boolean =>
  ['RSA', 'RSA-HSM'].includes(keyType.toUpperCase()) && (keySize === undefined || SIZES[kind].includes(keySize));

/** The pinned version is of a type or size that Azure does not support for some of its consumers. */
export const keyTypeUnsupported: Rule = ({ observation }) =>
  readPins(observation).flatMap(({ kid, version, facts, consumers }) => {
    const unsupported = consumers.filter(({ kind }) => !supports(kind, facts));
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

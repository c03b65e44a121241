import type { KeyVersionFacts } from '../model/facts.ts';

/** The operations of Key Vault with which a consumer protects its data key. */
const OPERATIONS = ['unwrapKey', 'wrapKey'] as const;

export type KeyOperation = (typeof OPERATIONS)[number];

/**
 * The needed operations that a version does not permit (`key_ops`). Key Vault refuses them to every principal, whatever its
 * permissions. Empty where `key_ops` was not read. A key on an elliptic curve has neither operation.
 */
export const missingOperations = ({ operations }: Pick<KeyVersionFacts, 'operations'>): readonly KeyOperation[] =>
  operations === undefined ? [] : OPERATIONS.filter((one) => !operations.includes(one));

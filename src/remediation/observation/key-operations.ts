import type { KeyVersionFacts } from '../model/facts.ts';

/** The operations with which a consumer keeps its data key at Key Vault. */
const OPERATIONS = ['unwrapKey', 'wrapKey'] as const;

export type KeyOperation = (typeof OPERATIONS)[number];

/**
 * Which of them the operations of a version (`key_ops`) leave out. Key Vault refuses those whoever asks and whatever it may do. None
 * where they were not read. A key on a curve has neither.
 */
export const missingOperations = ({ operations }: Pick<KeyVersionFacts, 'operations'>): readonly KeyOperation[] =>
  operations === undefined ? [] : OPERATIONS.filter((one) => !operations.includes(one));

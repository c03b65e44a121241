import type { KeyObservation, KeyVersionFacts } from '../model/facts.ts';

/**
 * Reads of 2048-bit software keys that Key Vault allows in such a window (ms), for a vault, and for a subscription in a
 * region (Microsoft Learn, Key Vault service limits).
 */
export const WINDOW_MS = 10_000;
export const VAULT_READS = 4_000;
export const SUBSCRIPTION_READS = 20_000;

/**
 * The cost of one read, counted in reads of a 2048-bit software key. In ten seconds Key Vault allows a vault 4,000 of
 * these reads, 2,000 reads of a 2048-bit HSM key, and fewer of longer keys. A key on any curve costs as much as a key
 * of 2048 bits (Microsoft Learn, Key Vault service limits).
 */
const BY_SIZE: Readonly<Record<string, number>> = {
  'RSA 2048': 1,
  'RSA 3072': 4,
  'RSA 4096': 8,
  'RSA-HSM 2048': 2,
  'RSA-HSM 3072': 8,
  'RSA-HSM 4096': 16,
};

/** The cost for a size that is missing here or unknown: the cost of the longest key. */
const BY_TYPE: Readonly<Record<string, number>> = { RSA: 8, 'RSA-HSM': 16, EC: 1, 'EC-HSM': 2 };

/**
 * The highest cost of a read. It is used for a version that nobody has read yet, and for a type that is in neither
 * table.
 */
export const HIGHEST_COST = 16;

/** The cost of one read of this version. */
export const costOf = ({ keyType, keySize }: KeyVersionFacts): number => {
  const type = keyType.toUpperCase();
  return BY_SIZE[`${type} ${keySize}`] ?? BY_TYPE[type] ?? HIGHEST_COST;
};

/** Azure answered that the version is not there: a read of it takes no key operation. */
const COST_OF_NOTHING = 1;

/**
 * The cost of reading each version in use once. `undefined` where a version could not be read: then the cost known
 * before holds, because the product must not send more reads to a vault that throttles. A version, or a vault, that is not there
 * has no costly type: else who names a thousand keys that do not exist would make every sweep slow.
 */
export const readCost = ({ vault, versions }: Pick<KeyObservation, 'vault' | 'versions'>): number | undefined => {
  const facts = Object.values(versions);
  if (vault.kind === 'absent') return COST_OF_NOTHING;
  if (facts.length === 0 || facts.some(({ kind }) => kind === 'unknown')) return undefined;
  return facts.reduce((sum, fact) => sum + (fact.kind === 'present' ? costOf(fact.value) : COST_OF_NOTHING), 0);
};

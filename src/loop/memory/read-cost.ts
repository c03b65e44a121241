import type { Fact, KeyObservation, KeyVersionFacts } from '../../remediation/model/facts.ts';

/**
 * What one read counts as, in reads of a 2048-bit software key: Key Vault allows a vault 4,000 of those in ten seconds,
 * 2,000 of a 2048-bit key in an HSM, and less of longer ones; a key on any curve counts as one of 2048 bits (Microsoft Learn, Key Vault
 * service limits).
 */
const BY_SIZE: Readonly<Record<string, number>> = {
  'RSA 2048': 1,
  'RSA 3072': 4,
  'RSA 4096': 8,
  'RSA-HSM 2048': 2,
  'RSA-HSM 3072': 8,
  'RSA-HSM 4096': 16,
};

/** Of any size, or of one that is not told: then it is taken to be the longest. */
const BY_TYPE: Readonly<Record<string, number>> = { RSA: 8, 'RSA-HSM': 16, EC: 1, 'EC-HSM': 2 };

/** As much as a read can cost: of what nobody has seen yet, and of a type that is not in the tables above. */
export const HIGHEST_COST = 16;

const costOf = ({ keyType, keySize }: KeyVersionFacts): number => {
  const type = keyType.toUpperCase();
  return BY_SIZE[`${type} ${keySize}`] ?? BY_TYPE[type] ?? HIGHEST_COST;
};

const isSeen = (fact: Fact<KeyVersionFacts>): fact is Extract<typeof fact, { kind: 'present' }> =>
  fact.kind === 'present';

/**
 * What reading the versions in use once costs; `undefined` where not each of them was seen: what was known of it before then holds.
 * A vault that refuses for being asked too much would else be asked more.
 */
export const readCost = ({ versions }: Pick<KeyObservation, 'versions'>): number | undefined => {
  const facts = Object.values(versions);
  const seen = facts.filter(isSeen);
  if (seen.length === 0 || seen.length < facts.length) return undefined;
  return seen.reduce((sum, { value }) => sum + costOf(value), 0);
};

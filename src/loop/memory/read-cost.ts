import type { KeyObservation } from '../../remediation/model/facts.ts';

/**
 * What one read counts as, in reads of a 2048-bit software key: Key Vault allows a vault 4,000 of those in ten seconds,
 * 2,000 of a 2048-bit key in an HSM, and less of longer ones (Microsoft Learn, Key Vault service limits).
 */
const COSTS: Readonly<Record<string, number>> = {
  'RSA 3072': 4,
  'RSA 4096': 8,
  'RSA-HSM 2048': 2,
  'RSA-HSM 3072': 8,
  'RSA-HSM 4096': 16,
};

/** What reading the versions once costs, so far as they were seen. */
export const readCost = ({ versions }: Pick<KeyObservation, 'versions'>): number =>
  Object.values(versions)
    .map((fact) => (fact.kind === 'present' ? (COSTS[`${fact.value.keyType} ${fact.value.keySize ?? 2048}`] ?? 1) : 1))
    .reduce((sum, cost) => sum + cost, 0);

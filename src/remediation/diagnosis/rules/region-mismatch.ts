import { usersOf } from '../../observation/pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/** A region as one text: Azure writes regions with and without spaces. */
const inShort = (location: string): string => location.toLowerCase().replaceAll(' ', '');

/**
 * The vault is in another region than the consumer, so that the consumer depends on two regions. A key for geo-backups belongs in
 * the paired region and is left out.
 */
export const regionMismatch: Rule = ({ observation }) => {
  const { vault } = observation;
  if (vault.kind !== 'present') return [];
  const { id: vaultId, location } = vault.value;
  return usersOf(observation)
    .filter(({ use = 'active' }) => use !== 'geoBackup')
    .filter((consumer) => inShort(consumer.location) !== inShort(location))
    .map((consumer) =>
      findingFor([consumer], {
        kind: 'regionMismatch',
        target: consumer.id.toLowerCase(),
        evidence: { location: consumer.location, vaultLocation: location },
        rows: ['S1.14', 'S2.40'],
        sentence: `${consumer.name} is in ${consumer.location}, and its vault ${vaultId} in ${location}.`,
      }),
    );
};

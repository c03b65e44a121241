import { profileOf } from '../../model/profiles.ts';
import { ofVault } from '../vault-rule.ts';

/**
 * The vault keeps deleted keys for fewer days than a consumer demands. Azure fixes the number of days when the vault is made.
 */
export const retentionShort = ofVault(({ id, softDelete: { retentionDays } }, consumers) => {
  const demanded = Math.max(...consumers.map(({ kind }) => profileOf(kind).retentionDays));
  if (retentionDays === undefined || retentionDays >= demanded) return undefined;
  return {
    kind: 'retentionShort',
    evidence: { retentionDays },
    rows: ['S2.22', 'S2.23'],
    sentence: `The vault ${id} keeps what was deleted for ${retentionDays} days, and must for ${demanded}.`,
  };
});

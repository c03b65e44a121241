import { ofVault } from '../vault-rule.ts';

/** MySQL demands that what was deleted can be recovered for 90 days; the time is fixed when the vault is made. */
const DAYS = 90;

export const retentionShort = ofVault(({ id, softDelete: { retentionDays } }, consumers) =>
  retentionDays === undefined || retentionDays >= DAYS || consumers.every(({ kind }) => kind === 'diskEncryptionSet')
    ? undefined
    : {
        kind: 'retentionShort',
        evidence: { retentionDays },
        rows: ['S2.22', 'S2.23'],
        sentence: `The vault ${id} keeps what was deleted for ${retentionDays} days, and must for ${DAYS}.`,
      },
);

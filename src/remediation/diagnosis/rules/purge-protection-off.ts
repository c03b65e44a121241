import { ofVault } from '../vault-rule.ts';

/**
 * A deleted key or vault can be purged before its retention is over. Azure leaves the property out where purge protection is off.
 */
export const purgeProtectionOff = ofVault(({ id, softDelete: { purgeProtection } }) =>
  purgeProtection
    ? undefined
    : {
        kind: 'purgeProtectionOff',
        evidence: { purgeProtection: false },
        rows: ['S1.7', 'S2.26', 'S2.27'],
        sentence: `The vault ${id} has no purge protection.`,
      },
);

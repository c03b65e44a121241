import { ofVault } from '../vault-rule.ts';

/** The vault has no soft delete: a deleted vault or key is lost at once. */
export const softDeleteOff = ofVault(({ id, softDelete: { enabled } }) =>
  enabled
    ? undefined
    : {
        kind: 'softDeleteOff',
        evidence: { softDelete: false },
        rows: ['S1.6', 'S2.22', 'S2.25', 'S2.27'],
        sentence: `The vault ${id} has no soft delete.`,
      },
);

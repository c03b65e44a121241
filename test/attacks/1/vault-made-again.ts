import { makeVault, purgeVault } from '../../builders/another-vault.ts';
import type { Attack } from '../attack.ts';
import { OBLIGING, replaced } from '../obliging-app.ts';

const VAULT = 'kv-same';

/** The new vault has the same ARM id: only its time of creation and its content differ. */
export const vaultMadeAgain: Attack = {
  item: '1',
  sentence: 'a contributor of the same resource group purges a vault and makes it again',
  plan: OBLIGING,
  play: (app) =>
    replaced(app, VAULT, 'vaultForeign', () => {
      purgeVault(app, VAULT);
      makeVault(app, VAULT, 'data');
    }),
};

import { makeVault, purgeVault } from '../../builders/another-vault.ts';
import type { Attack } from '../attack.ts';
import { OBLIGING, replaced } from '../obliging-app.ts';

const VAULT = 'kv-same';

/** The ARM id is the same: only its birth, and what it holds, are others. */
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

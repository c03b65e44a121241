import { makeVault, purgeVault } from '../../builders/another-vault.ts';
import type { Attack } from '../attack.ts';
import { OBLIGING, replaced } from '../obliging-app.ts';

const VAULT = 'kv-elsewhere';

export const vaultMadeElsewhere: Attack = {
  item: '1',
  sentence: 'a contributor of another resource group makes a vault of the name of one that was purged',
  plan: OBLIGING,
  play: (app) =>
    replaced(app, VAULT, 'vaultForeign', () => {
      purgeVault(app, VAULT);
      makeVault(app, VAULT, 'attackers');
    }),
};

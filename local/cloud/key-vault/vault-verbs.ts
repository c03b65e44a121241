import { z } from 'zod';
import type { SimVerb, World } from '../service.ts';
import type { KeyVault } from './key-vault.ts';
import { manually } from './manually.ts';
import { vaultBody } from './vault-body.ts';
import { oneVault, VAULT } from './verb-input.ts';

const bypassing = oneVault.extend({ bypass: z.enum(['AzureServices', 'None']) });

const noRules = { defaultAction: 'Allow' as const, ipRules: [], virtualNetworkRules: [] };

const deleteVault = (keyVault: KeyVault): SimVerb => ({
  name: 'delete-vault',
  title: 'Soft-delete a vault with its keys; its role assignments, event subscriptions and the like are gone',
  parameters: VAULT,
  run: (input) => {
    const { vault } = oneVault.parse(input);
    keyVault.deleteVault(vault);
    return { deleted: vault };
  },
});

const purgeVault = (keyVault: KeyVault): SimVerb => ({
  name: 'purge-vault',
  title: 'End a deleted vault with all its keys, unless it is protected',
  parameters: VAULT,
  run: (input) => {
    const { vault } = oneVault.parse(input);
    keyVault.purgeVault(vault);
    return { purged: vault };
  },
});

const recoverVault = (keyVault: KeyVault): SimVerb => ({
  name: 'recover-vault',
  title: 'Recover a deleted vault with its keys',
  parameters: VAULT,
  run: (input) => vaultBody(keyVault.recoverVault(oneVault.parse(input).vault)).properties,
});

const setBypass = (keyVault: KeyVault): SimVerb => ({
  name: 'set-bypass',
  title: 'Choose whether the trusted services pass the firewall; every other network rule stays',
  parameters: { ...VAULT, bypass: 'AzureServices or None' },
  run: (input) => {
    const { vault, bypass } = bypassing.parse(input);
    const networkAcls = { ...noRules, ...keyVault.vault(vault)?.networkAcls, bypass };
    return vaultBody(keyVault.updateVault(vault, { networkAcls })).properties;
  },
});

/** Verbs that break vaults. */
export const vaultBreaks = (world: World, keyVault: KeyVault): SimVerb[] => {
  const told = manually(world, keyVault);
  return [told('delete', deleteVault(keyVault)), purgeVault(keyVault), told('write', setBypass(keyVault))];
};

/** Verbs that repair vaults. */
export const vaultRepairs = (world: World, keyVault: KeyVault): SimVerb[] => [
  manually(world, keyVault)('write', recoverVault(keyVault)),
];

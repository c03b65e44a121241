import { z } from 'zod';
import type { SimVerb } from '../room.ts';
import type { KeyVault } from './key-vault.ts';
import type { NetworkAcls, Vault } from './vault.ts';
import { vaultBody } from './vault-body.ts';

const oneVault = z.object({ vault: z.string() });
const removal = oneVault.extend({ objectId: z.string(), keys: z.array(z.string()).default([]) });
const grant = oneVault.extend({
  objectId: z.string(),
  keys: z.array(z.string()).default(['get', 'wrapKey', 'unwrapKey']),
});
const closing = oneVault.extend({
  publicNetworkAccess: z.enum(['Enabled', 'Disabled']).default('Enabled'),
  bypass: z.enum(['AzureServices', 'None']).default('AzureServices'),
});

const VAULT = { vault: 'name of the vault' };
const IDENTITY = { ...VAULT, objectId: 'object id of the identity' };

const rules = (defaultAction: NetworkAcls['defaultAction'], bypass: NetworkAcls['bypass']): NetworkAcls => ({
  defaultAction,
  bypass,
  ipRules: [],
  virtualNetworkRules: [],
});

const view = (vault: Vault) => vaultBody(vault).properties;

/** What goes wrong with access to a vault, and what puts it right. */
export const accessVerbs = (keyVault: KeyVault): { breaks: SimVerb[]; repairs: SimVerb[] } => {
  const policy = (vault: string, objectId: string, keys: string[]) => {
    const tenantId = keyVault.vault(vault)?.tenantId ?? '';
    return [{ tenantId, objectId, permissions: keys.length > 0 ? { keys } : {} }];
  };
  const breaks: SimVerb[] = [
    {
      name: 'remove-access-policy',
      title: "Take an identity's access policy away, or some of its permissions on keys",
      parameters: { ...IDENTITY, 'keys?': 'permissions to take; the whole entry when left out' },
      run: (input) => {
        const { vault, objectId, keys } = removal.parse(input);
        return view(keyVault.changePolicies(vault, 'remove', policy(vault, objectId, keys)));
      },
    },
    {
      name: 'close-firewall',
      title: 'Deny every network but the trusted services',
      parameters: {
        ...VAULT,
        'publicNetworkAccess?': 'Enabled (a firewall, the default) or Disabled',
        'bypass?': 'AzureServices (the default) or None, which shuts the trusted services out as well',
      },
      run: (input) => {
        const { vault, publicNetworkAccess, bypass } = closing.parse(input);
        return view(keyVault.updateVault(vault, { publicNetworkAccess, networkAcls: rules('Deny', bypass) }));
      },
    },
  ];
  const repairs: SimVerb[] = [
    {
      name: 'add-access-policy',
      title: 'Give an identity permissions on keys',
      parameters: { ...IDENTITY, 'keys?': 'permissions to add; get, wrapKey and unwrapKey when left out' },
      run: (input) => {
        const { vault, objectId, keys } = grant.parse(input);
        return view(keyVault.changePolicies(vault, 'add', policy(vault, objectId, keys)));
      },
    },
    {
      name: 'open-firewall',
      title: 'Let every network in again',
      parameters: VAULT,
      run: (input) => {
        const { vault } = oneVault.parse(input);
        const networkAcls = rules('Allow', 'AzureServices');
        return view(keyVault.updateVault(vault, { publicNetworkAccess: 'Enabled', networkAcls }));
      },
    },
  ];
  return { breaks, repairs };
};

import { z } from 'zod';
import type { SimVerb, World } from '../service.ts';
import type { KeyVault } from './key-vault.ts';
import { manually } from './manually.ts';
import type { NetworkAcls, Vault } from './vault.ts';
import { vaultBody } from './vault-body.ts';
import { list, oneVault, VAULT } from './verb-input.ts';

const removal = oneVault.extend({ objectId: z.string(), keys: list.default([]) });
const grant = oneVault.extend({ objectId: z.string(), keys: list.default(['get', 'wrapKey', 'unwrapKey']) });
const closing = oneVault.extend({
  publicNetworkAccess: z.enum(['Enabled', 'Disabled', 'SecuredByPerimeter']).default('Enabled'),
  bypass: z.enum(['AzureServices', 'None']).default('AzureServices'),
});

const modelling = oneVault.extend({ model: z.enum(['roles', 'accessPolicies']) });

const IDENTITY = { ...VAULT, objectId: 'object id of the identity' };

const rules = (defaultAction: NetworkAcls['defaultAction'], bypass: NetworkAcls['bypass']): NetworkAcls => ({
  defaultAction,
  bypass,
  ipRules: [],
  virtualNetworkRules: [],
});

const view = (vault: Vault) => vaultBody(vault).properties;

const policyOf = (keyVault: KeyVault, { vault, objectId, keys }: z.infer<typeof removal>) => [
  { tenantId: keyVault.vault(vault)?.tenantId ?? '', objectId, permissions: keys.length > 0 ? { keys } : {} },
];

const removeAccessPolicy = (keyVault: KeyVault): SimVerb => ({
  name: 'remove-access-policy',
  title: "Take an identity's access policy away, or some of its permissions on keys",
  parameters: { ...IDENTITY, 'keys?': 'permissions to take; the whole entry when left out' },
  run: (input) => {
    const given = removal.parse(input);
    return view(keyVault.changePolicies(given.vault, 'remove', policyOf(keyVault, given)));
  },
});

const addAccessPolicy = (keyVault: KeyVault): SimVerb => ({
  name: 'add-access-policy',
  title: 'Give an identity permissions on keys',
  parameters: { ...IDENTITY, 'keys?': 'permissions to add; get, wrapKey and unwrapKey when left out' },
  run: (input) => {
    const given = grant.parse(input);
    return view(keyVault.changePolicies(given.vault, 'add', policyOf(keyVault, given)));
  },
});

const closeFirewall = (keyVault: KeyVault): SimVerb => ({
  name: 'close-firewall',
  title: 'Deny every network but the trusted services',
  parameters: {
    ...VAULT,
    'publicNetworkAccess?': 'Enabled (a firewall, the default), Disabled or SecuredByPerimeter',
    'bypass?': 'AzureServices (the default) or None, which shuts the trusted services out as well',
  },
  run: (input) => {
    const { vault, publicNetworkAccess, bypass } = closing.parse(input);
    return view(keyVault.updateVault(vault, { publicNetworkAccess, networkAcls: rules('Deny', bypass) }));
  },
});

const openFirewall = (keyVault: KeyVault): SimVerb => ({
  name: 'open-firewall',
  title: 'Let every network in again',
  parameters: VAULT,
  run: (input) => {
    const { vault } = oneVault.parse(input);
    const networkAcls = rules('Allow', 'AzureServices');
    return view(keyVault.updateVault(vault, { publicNetworkAccess: 'Enabled', networkAcls }));
  },
});

const setPermissionModel = (keyVault: KeyVault): SimVerb => ({
  name: 'set-permission-model',
  title: 'Have a vault ask role assignments or access policies; what the other model has is kept and does not count',
  parameters: { ...VAULT, model: 'roles or accessPolicies' },
  run: (input) => {
    const { vault, model } = modelling.parse(input);
    return view(keyVault.updateVault(vault, { rbac: model === 'roles' }));
  },
});

/** Verbs that break the access to a vault. */
export const accessBreaks = (world: World, keyVault: KeyVault): SimVerb[] => {
  const told = manually(world, keyVault);
  return [
    told('accessPolicies/write', removeAccessPolicy(keyVault), '/accessPolicies/remove'),
    told('write', setPermissionModel(keyVault)),
    told('write', closeFirewall(keyVault)),
  ];
};

/** Verbs that repair the access to a vault. */
export const accessRepairs = (world: World, keyVault: KeyVault): SimVerb[] => {
  const told = manually(world, keyVault);
  return [
    told('accessPolicies/write', addAccessPolicy(keyVault), '/accessPolicies/add'),
    told('write', openFirewall(keyVault)),
  ];
};

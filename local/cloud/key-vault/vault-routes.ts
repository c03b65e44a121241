import { page } from '../arm/page.ts';
import type { RefuseRules, ServiceNetwork } from '../network/subnet-rules.ts';
import type { Answer, Call, Route } from '../service.ts';
import { findVault, VAULT_PATH, VAULT_VERSIONS } from './find-vault.ts';
import type { KeyVault } from './key-vault.ts';
import { parseBody } from './parse-body.ts';
import type { NetworkAcls, Vault } from './vault.ts';
import { vaultBody } from './vault-body.ts';
import { recovery } from './vault-recovery.ts';
import { vaultPatch, vaultProperties, vaultPut } from './vault-request.ts';

const READ = 'Microsoft.KeyVault/vaults/read';
const WRITE = 'Microsoft.KeyVault/vaults/write';

/** From 2026-02-01 on a vault is made with RBAC, before with access policies, unless the request chooses. */
const modelOfVersion = (apiVersion: string): boolean | null => (apiVersion >= '2026-02-01' ? true : null);

type Ruled = { networkAcls?: NetworkAcls | undefined };

const refuseSubnets = (refuse: RefuseRules, call: Call, vault: Ruled | undefined, acls: NetworkAcls | undefined) =>
  refuse(call, {
    id: call.path,
    write: WRITE,
    rules: acls?.virtualNetworkRules ?? [],
    before: vault?.networkAcls?.virtualNetworkRules ?? [],
  });

const put = (keyVault: KeyVault, { refuseRules, connections }: ServiceNetwork, call: Call): Answer => {
  const { subscription = '', group = '', vault: name = '' } = call.params;
  const request = parseBody(vaultPut, call.body, 'BadRequest');
  const properties = vaultProperties(request);
  if (request.properties.createMode?.toLowerCase() === 'recover') {
    // A recovery ignores the network rules in its body, but Resource Manager, which comes first, checks their subnets.
    refuseSubnets(refuseRules, call, properties, properties.networkAcls);
    return recovery(keyVault, call, request.location);
  }
  const existing = keyVault.vault(name);
  refuseSubnets(refuseRules, call, existing, properties.networkAcls);
  const rbac = properties.rbac ?? (existing ? undefined : modelOfVersion(call.apiVersion));
  const vault = keyVault.createVault({ subscription, group, name, location: request.location, ...properties, rbac });
  return { status: existing ? 200 : 201, body: vaultBody(vault, connections(vault.id)) };
};

const inSubscription = ({ params }: Call, { id }: Vault) =>
  id.toLowerCase().startsWith(`/subscriptions/${params['subscription']}/`.toLowerCase());

const inGroup = ({ params }: Call, { id }: Vault) =>
  id
    .toLowerCase()
    .startsWith(`/subscriptions/${params['subscription']}/resourceGroups/${params['group']}/`.toLowerCase());

/** Vaults on the control plane: Microsoft.KeyVault/vaults, 2023-07-01 to 2026-02-01. */
export const vaultRoutes = (keyVault: KeyVault, network: ServiceNetwork): Route[] => {
  const show = (vault: Vault) => vaultBody(vault, network.connections(vault.id));
  const route = (method: string, path: string, action: string, handle: (call: Call) => Answer): Route => ({
    plane: 'arm',
    method,
    path,
    action,
    apiVersions: VAULT_VERSIONS,
    handle,
  });
  const list = (path: string, within: (call: Call, vault: Vault) => boolean) =>
    route('GET', path, READ, (call) => {
      const vaults = keyVault.vaults().filter((vault) => within(call, vault));
      return page(call, vaults.map(show));
    });
  return [
    route('GET', VAULT_PATH, READ, (call) => ({ status: 200, body: show(findVault(keyVault, call)) })),
    route('PUT', VAULT_PATH, WRITE, (call) => put(keyVault, network, call)),
    route('PATCH', VAULT_PATH, WRITE, (call) => {
      const properties = vaultProperties(parseBody(vaultPatch, call.body, 'BadRequest'));
      const vault = findVault(keyVault, call);
      refuseSubnets(network.refuseRules, call, vault, properties.networkAcls);
      return { status: 200, body: show(keyVault.updateVault(vault.name, properties)) };
    }),
    route('DELETE', VAULT_PATH, 'Microsoft.KeyVault/vaults/delete', (call) => {
      const vault = keyVault.vault(call.params['vault'] ?? '');
      if (!vault) return { status: 204 };
      keyVault.deleteVault(findVault(keyVault, call).name);
      return { status: 200 };
    }),
    list('/subscriptions/{subscription}/providers/Microsoft.KeyVault/vaults', inSubscription),
    list('/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.KeyVault/vaults', inGroup),
  ];
};

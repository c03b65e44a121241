import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { CryptographyClient, KeyClient } from '@azure/keyvault-keys';
import type { Cloud, CloudOptions } from '../../../../local/cloud/cloud.ts';
import type { Principal } from '../../../../local/cloud/entra/entra.ts';
import type { VaultProperties } from '../../../../local/cloud/key-vault/vault-properties.ts';
import { aCloud, credentialOf, subscriptionId, theProduct, throughProxy } from '../sdk.ts';

export const VAULT = 'contoso';
export const GROUP = 'data';
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const DAY = 24 * 60 * MINUTE;

/** The real clients of a cloud, signed in as a principal of its world. */
export const clientsOf = (cloud: Cloud) => {
  const http = throughProxy(cloud);
  return {
    keysAs: (principal: Principal, vault = VAULT) =>
      new KeyClient(`https://${vault}.vault.azure.net`, credentialOf(cloud, principal), http),
    cryptoAs: (principal: Principal, kid: string) => new CryptographyClient(kid, credentialOf(cloud, principal), http),
    armAs: (principal: Principal) => new KeyVaultManagementClient(credentialOf(cloud, principal), subscriptionId, http),
  };
};

/** A cloud with one vault, empty, and a principal with the permission for every operation on its keys. */
export const aVault = async (properties: VaultProperties = {}, options: Partial<CloudOptions> = {}) => {
  const cloud = await aCloud(options);
  const { world } = cloud;
  world.subscriptions.addGroup({ subscription: subscriptionId, name: GROUP });
  const officer = world.entra.createServicePrincipal({ name: 'officer' });
  const policy = { tenantId: world.entra.tenantId, objectId: officer.objectId, permissions: { keys: ['all'] } };
  const vault = world.keyVault.createVault({
    subscription: subscriptionId,
    group: GROUP,
    name: VAULT,
    location: 'koreacentral',
    rbac: null,
    accessPolicies: [policy],
    ...properties,
  });
  const clients = clientsOf(cloud);
  return {
    ...clients,
    cloud,
    world,
    vault,
    officer,
    keys: clients.keysAs(officer),
    product: theProduct(cloud),
    advance: (ms: number) => world.clock.advance(ms),
    later: (ms: number) => new Date(world.clock.now() + ms),
  };
};

/** The error that the SDK throws, with the codes by which the service distinguishes its refusals. */
export const refusal = (status: number, code: string, inner?: string) => ({
  statusCode: status,
  code,
  ...(inner ? { details: { error: { innerError: { code: inner } } } } : {}),
});

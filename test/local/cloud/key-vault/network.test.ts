import { describe, expect, it } from 'vitest';
import type { NetworkAcls } from '../../../../local/cloud/key-vault/vault.ts';
import { named } from '../sdk.ts';
import { aVault, GROUP, refusal, VAULT } from './vault-cloud.ts';

const closed: NetworkAcls = { bypass: 'AzureServices', defaultAction: 'Deny', ipRules: [], virtualNetworkRules: [] };

/** A vault with a key, closed afterwards, and a MySQL-like service whose identity may use the key. */
const aClosedVault = async (networkAcls: NetworkAcls | undefined, publicNetworkAccess = 'Enabled') => {
  const cloud = await aVault();
  const { world, officer, keys } = cloud;
  const { id: kid = '' } = await keys.createRsaKey('cmk');
  world.keyVault.updateVault(VAULT, { networkAcls, publicNetworkAccess });
  const use = (trustedService: boolean) =>
    world.keyVault.use({ principalId: officer.objectId, tenantId: officer.tenantId, trustedService }, kid, 'unwrapKey');
  return { ...cloud, kid, use };
};

describe('a vault whose firewall denies every network', () => {
  it('shuts the product out but lets a trusted service in', async () => {
    const { keys, use } = await aClosedVault(closed);
    await expect(keys.getKey('cmk')).rejects.toMatchObject(refusal(403, 'Forbidden', 'ForbiddenByFirewall'));
    expect(await use(true)).toEqual({ ok: true });
    expect(await use(false)).toMatchObject({ ok: false, status: 403, inner: 'ForbiddenByFirewall' });
  });

  it('shuts trusted services out as well without the bypass', async () => {
    const { use } = await aClosedVault({ ...closed, bypass: 'None' });
    expect(await use(true)).toMatchObject({ ok: false, status: 403, inner: 'ForbiddenByFirewall' });
  });

  it.each(['203.0.113.10', '203.0.113.0/24', '0.0.0.0/0'])('admits who comes from %s', async (value) => {
    const { keys } = await aClosedVault({ ...closed, ipRules: [{ value: '198.51.100.7' }, { value }] });
    await expect(keys.getKey('cmk')).resolves.toBeDefined();
  });

  it('is told apart from other refusals only after the tenant and before the permission', async () => {
    const { keysAs, product } = await aClosedVault(closed);
    await expect(keysAs(product).getKey('cmk')).rejects.toMatchObject(refusal(403, 'Forbidden', 'ForbiddenByFirewall'));
  });

  it('still shows its keys on the control plane', async () => {
    const { armAs, product, kid } = await aClosedVault(closed);
    const { keyUriWithVersion } = await armAs(product).keys.get(GROUP, VAULT, 'cmk');
    expect(keyUriWithVersion).toBe(kid);
  });
});

describe('a vault without public access', () => {
  it('refuses the connection but lets a trusted service in', async () => {
    const { keys, use } = await aClosedVault(undefined, 'Disabled');
    await expect(keys.getKey('cmk')).rejects.toMatchObject(refusal(403, 'Forbidden', 'ForbiddenByConnection'));
    expect(await use(true)).toEqual({ ok: true });
  });

  it('in a network security perimeter keeps even trusted services out', async () => {
    const { use } = await aClosedVault(closed, 'SecuredByPerimeter');
    expect(await use(true)).toMatchObject({ ok: false, status: 403, inner: 'ForbiddenByConnection' });
  });
});

const ANY = 'ok';
const FIREWALL = 'ForbiddenByFirewall';
const CONNECTION = 'ForbiddenByConnection';

describe('who passes the network rules of a vault', () => {
  it.each([
    ['Enabled', 'Allow', 'AzureServices', ANY, ANY],
    ['Enabled', 'Allow', 'None', ANY, ANY],
    ['Enabled', 'Deny', 'AzureServices', ANY, FIREWALL],
    ['Enabled', 'Deny', 'None', FIREWALL, FIREWALL],
    ['Disabled', 'Allow', 'AzureServices', ANY, CONNECTION],
    ['Disabled', 'Allow', 'None', CONNECTION, CONNECTION],
    ['Disabled', 'Deny', 'AzureServices', ANY, CONNECTION],
    ['Disabled', 'Deny', 'None', CONNECTION, CONNECTION],
    ['SecuredByPerimeter', 'Allow', 'AzureServices', CONNECTION, CONNECTION],
    ['SecuredByPerimeter', 'Allow', 'None', CONNECTION, CONNECTION],
    ['SecuredByPerimeter', 'Deny', 'AzureServices', CONNECTION, CONNECTION],
    ['SecuredByPerimeter', 'Deny', 'None', CONNECTION, CONNECTION],
  ] as const)(
    'with public access %s, default %s and bypass %s: a trusted service %s, anybody else %s',
    async (publicNetworkAccess, defaultAction, bypass, trusted, other) => {
      const { use } = await aClosedVault({ ...closed, defaultAction, bypass }, publicNetworkAccess);
      const outcome = async (trustedService: boolean) => {
        const used = await use(trustedService);
        return used.ok ? ANY : used.inner;
      };
      expect([await outcome(true), await outcome(false)]).toEqual([trusted, other]);
    },
  );
});

describe('a PATCH of a vault', () => {
  it('lets the trusted services in again and protects from purging, and leaves the rest as it is', async () => {
    const { cloud, armAs, use } = await aClosedVault({
      ...closed,
      bypass: 'None',
      ipRules: [{ value: '198.51.100.7' }],
    });
    const { vaults } = armAs(named(cloud, 'owner'));
    const { properties } = await vaults.get(GROUP, VAULT);
    const networkAcls = { ...properties.networkAcls, bypass: 'AzureServices' };
    const patched = await vaults.update(GROUP, VAULT, { properties: { networkAcls, enablePurgeProtection: true } });
    expect(patched.properties).toEqual({ ...properties, networkAcls, enablePurgeProtection: true });
    expect(await use(true)).toEqual({ ok: true });
    expect(await use(false)).toMatchObject({ inner: FIREWALL });
  });
});

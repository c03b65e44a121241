import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { ClientSecretCredential, type TokenCredential } from '@azure/identity';
import { KeyClient } from '@azure/keyvault-keys';
import { createRemoteJWKSet, customFetch, decodeJwt, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { aCloud, named, subscriptionId, theProduct, throughProxy } from '../sdk.ts';
import { fetchFrom } from './fetch-from.ts';

const bearing = (token: string): TokenCredential => ({
  getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }),
});

const armWith = (cloud: Cloud, token: string) =>
  new KeyVaultManagementClient(bearing(token), subscriptionId, throughProxy(cloud)).vaults.get('data', 'kv-orders');

const vaultWith = (cloud: Cloud, token: string) =>
  new KeyClient('https://kv-orders.vault.azure.net', bearing(token), throughProxy(cloud)).getKey('cmk');

const arm = 'https://management.azure.com';
const vault = 'https://vault.azure.net';

describe('a token', () => {
  it('opens the plane that it is for', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const principal = theProduct(cloud);
    const { issue } = cloud.world.entra;
    expect(await armWith(cloud, await issue({ principal, audience: arm }))).toMatchObject({ name: 'kv-orders' });
    expect(await vaultWith(cloud, await issue({ principal, audience: vault }))).toMatchObject({ name: 'cmk' });
  });

  it('opens no other plane', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const principal = theProduct(cloud);
    const { issue } = cloud.world.entra;
    await expect(armWith(cloud, await issue({ principal, audience: vault }))).rejects.toMatchObject({
      statusCode: 401,
      code: 'InvalidAuthenticationTokenAudience',
    });
    await expect(vaultWith(cloud, await issue({ principal, audience: arm }))).rejects.toMatchObject({
      statusCode: 401,
      message: expect.stringContaining('AKV10022: Invalid audience'),
    });
  });

  it('ends with its virtual hour', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const token = await cloud.world.entra.issue({ principal: theProduct(cloud), audience: arm, seconds: 3600 });
    await cloud.world.clock.advance(3_599_000);
    expect(await armWith(cloud, token)).toMatchObject({ name: 'kv-orders' });
    await cloud.world.clock.advance(1_000);
    await expect(armWith(cloud, token)).rejects.toMatchObject({ statusCode: 401, code: 'ExpiredAuthenticationToken' });
    const forVault = await cloud.world.entra.issue({ principal: theProduct(cloud), audience: vault, seconds: 1 });
    await cloud.world.clock.advance(1_000);
    await expect(vaultWith(cloud, forVault)).rejects.toMatchObject({ statusCode: 401 });
  });

  it('that was tampered with, or is none, opens nothing', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const token = await cloud.world.entra.issue({ principal: theProduct(cloud), audience: arm });
    const [head, , signature] = token.split('.');
    const claims = Buffer.from(JSON.stringify({ ...decodeJwt(token), oid: named(cloud, 'owner').objectId })).toString(
      'base64url',
    );
    for (const forged of [`${head}.${claims}.${signature}`, 'nonsense']) {
      await expect(armWith(cloud, forged)).rejects.toMatchObject({
        statusCode: 401,
        code: 'InvalidAuthenticationToken',
      });
    }
  });

  it('of another tenant opens no subscription of this one', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const tenantId = '11111111-1111-4111-8111-111111111111';
    const stranger = cloud.world.entra.createServicePrincipal({ name: 'stranger', tenantId });
    await expect(
      armWith(cloud, await cloud.world.entra.issue({ principal: stranger, audience: arm })),
    ).rejects.toMatchObject({
      statusCode: 401,
      code: 'InvalidAuthenticationTokenTenant',
    });
  });
});

describe('login.microsoftonline.com', () => {
  it('publishes the keys with which anybody can verify a token, and the issuer', async () => {
    const cloud = await aCloud();
    const fetch = fetchFrom(cloud);
    const { tenantId } = cloud.world.entra;
    const metadata = await fetch(`https://login.microsoftonline.com/${tenantId}/v2.0/.well-known/openid-configuration`);
    const { issuer, jwks_uri } = JSON.parse(await metadata.text());
    expect(issuer).toBe(`https://login.microsoftonline.com/${tenantId}/v2.0`);
    const audience = 'api://cmk-guardian';
    const token = await cloud.world.entra.issue({ principal: named(cloud, 'approver'), audience, version: '2.0' });
    const currentDate = new Date(cloud.world.clock.now());
    const keys = createRemoteJWKSet(new URL(jwks_uri), { [customFetch]: fetch });
    const { payload } = await jwtVerify(token, keys, { issuer, audience, currentDate });
    expect(payload).toMatchObject({ roles: ['Approver'], oid: named(cloud, 'approver').objectId, tid: tenantId });
  });

  it('gives a service principal a token for its secret, and for nothing else', async () => {
    const cloud = await aCloud();
    const { entra } = cloud.world;
    const app = entra.createServicePrincipal({ name: 'pipeline', secret: 'right' });
    const credential = (secret: string) =>
      new ClientSecretCredential(entra.tenantId, app.appId ?? '', secret, throughProxy(cloud));
    const { token } = await credential('right').getToken(`${arm}/.default`);
    expect(decodeJwt(token)).toMatchObject({ aud: arm, appid: app.appId, oid: app.objectId });
    await expect(credential('wrong').getToken(`${arm}/.default`)).rejects.toThrow('AADSTS7000215');
  });

  it('gives it also beside the scopes of OpenID, which clients of Go ask for', async () => {
    const cloud = await aCloud();
    const { entra } = cloud.world;
    const { appId = '' } = entra.createServicePrincipal({ name: 'pipeline', secret: 'right' });
    const credential = new ClientSecretCredential(entra.tenantId, appId, 'right', throughProxy(cloud));
    const scopes = [`${arm}//.default`, 'openid', 'offline_access', 'profile'];
    expect(decodeJwt((await credential.getToken(scopes)).token)).toMatchObject({ aud: `${arm}/` });
  });

  it('knows no tenant but those of the world', async () => {
    const cloud = await aCloud();
    const nowhere = '22222222-2222-4222-8222-222222222222';
    const answer = await fetchFrom(cloud)(
      `https://login.microsoftonline.com/${nowhere}/v2.0/.well-known/openid-configuration`,
    );
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('AADSTS90002');
  });
});

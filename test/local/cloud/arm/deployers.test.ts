import { ResourceManagementClient } from '@azure/arm-resources';
import { ClientSecretCredential } from '@azure/identity';
import { describe, expect, it } from 'vitest';
import { providerNamed } from '../../../../local/cloud/arm/resource-providers.ts';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { aCloud, credentialOf, named, throughProxy } from '../sdk.ts';
import { sendAs } from './send-as.ts';

type Environment = { environment: Record<string, string>; objectId: string };

const IDENTITY = 'Microsoft.ManagedIdentity/userAssignedIdentities';

const post = async <T>(cloud: Cloud, verb: string, input: Record<string, unknown> = {}): Promise<T> => {
  const answer = await fetch(`${cloud.control}/${verb}`, { method: 'POST', body: JSON.stringify(input) });
  expect([verb, answer.status]).toEqual([verb, 200]);
  return (await answer.json()) as T;
};

/** A person who deploys into an empty subscription. */
const deployer = async () => {
  const cloud = await aCloud();
  const { environment } = await post<Environment>(cloud, 'repair/create-deployer', { name: 'pipeline' });
  const subscription = environment['ARM_SUBSCRIPTION_ID'] ?? '';
  const credential = credentialOf(cloud, named(cloud, 'pipeline'));
  const { providers, resourceGroups, resources } = new ResourceManagementClient(
    credential,
    subscription,
    throughProxy(cloud),
  );
  const identity = () =>
    resources.createOrUpdateById(
      `/subscriptions/${subscription}/resourceGroups/guardian/providers/${IDENTITY}/app`,
      '2023-01-31',
      { location: 'koreacentral' },
    );
  await resourceGroups.createOrUpdate('guardian', { location: 'koreacentral' });
  return { cloud, environment, providers, resources, identity };
};

describe('A deployer', () => {
  it('signs in with its secret', async () => {
    const { cloud, environment } = await deployer();
    const { ARM_TENANT_ID: tenant = '', ARM_CLIENT_ID: id = '', ARM_CLIENT_SECRET: secret = '' } = environment;
    const scope = 'https://management.azure.com/.default';
    const { agent } = throughProxy(cloud);
    const signIn = (proof: string) => new ClientSecretCredential(tenant, id, proof, { agent }).getToken(scope);
    expect(await signIn(secret)).toMatchObject({ tokenType: 'Bearer' });
    await expect(signIn('guessed')).rejects.toThrow('AADSTS7000215');
  });

  it('signs in as the managed identity of a resource as well', async () => {
    const cloud = await aCloud();
    const resource = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/pipeline';
    const { environment, objectId } = await post<Environment>(cloud, 'repair/create-deployer', { resource });
    expect(environment).toMatchObject({ ARM_USE_MSI: 'true', ARM_USE_CLI: 'false' });
    const { IDENTITY_ENDPOINT: path, IDENTITY_HEADER: header } = await post<Record<string, string>>(cloud, 'identity', {
      resource,
    });
    const url = `http://127.0.0.1:${cloud.port}${path}?api-version=2019-08-01&resource=https://management.azure.com`;
    const answer = await fetch(url, { headers: { 'x-identity-header': header ?? '' } });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { oid: string };
    expect(claims.oid).toBe(objectId);
  });

  it('makes nothing of a provider before the subscription is registered for it', async () => {
    const { cloud, environment, identity, providers } = await deployer();
    const unregistered = { statusCode: 409, code: 'MissingSubscriptionRegistration' };
    await expect(identity()).rejects.toMatchObject(unregistered);
    // The clients of Go themselves register the providers that the error details name.
    const path = `/subscriptions/${environment['ARM_SUBSCRIPTION_ID']}/resourceGroups/guardian/providers/${IDENTITY}/app`;
    const answer = await sendAs(cloud, named(cloud, 'pipeline'))('PUT', `${path}?api-version=2023-01-31`, {});
    expect(answer.body).toMatchObject({ error: { details: [{ target: 'Microsoft.ManagedIdentity' }] } });
    const state = async () => (await providers.get('microsoft.managedidentity')).registrationState;
    expect(await state()).toBe('NotRegistered');
    await providers.register('Microsoft.ManagedIdentity');
    expect(await state()).toBe('Registering');
    await expect(identity()).rejects.toMatchObject(unregistered);
    await cloud.world.clock.advance(30_000);
    expect(await state()).toBe('Registered');
    expect(await identity()).toMatchObject({ name: 'app' });
  });

  it('waits for no registration where the world has none take time', async () => {
    const { cloud, identity, providers } = await deployer();
    cloud.world.switches.registrationSeconds = 0;
    await providers.register('Microsoft.ManagedIdentity');
    expect(await identity()).toMatchObject({ name: 'app' });
  });

  it.each([
    ['AzAPI has built in', '2019-05-01'],
    ['the Azure CLI has built in', '2016-02-01'],
  ])('registers by the api-version that %s', async (_, version) => {
    const { cloud, environment } = await deployer();
    const path = `/subscriptions/${environment['ARM_SUBSCRIPTION_ID']}/providers/Microsoft.Storage/register`;
    const { status } = await sendAs(cloud, named(cloud, 'pipeline'))('POST', `${path}?api-version=${version}`);
    expect(status).toBe(200);
  });

  it('registers nothing that Azure does not have', async () => {
    const { providers } = await deployer();
    await expect(providers.register('Microsoft.Nowhere')).rejects.toMatchObject({ code: 'InvalidResourceNamespace' });
  });

  it('can register every provider of which this cloud has a type', async () => {
    const cloud = await aCloud();
    const paths = cloud.azure.services
      .flatMap(({ routes }) => routes)
      .flatMap(({ plane, path }) => (plane === 'arm' ? path : []));
    const namespaces = paths.flatMap((path) => /.*\/providers\/([A-Za-z.]+)/.exec(path)?.[1] ?? []);
    expect([...new Set(namespaces)].filter((one) => providerNamed(one) === undefined)).toEqual([]);
  });

  it('finds in a service how each resource ends with its group', async () => {
    const cloud = await aCloud();
    const services = cloud.azure.services.filter(
      ({ resources, remove }) => resources !== undefined && remove === undefined,
    );
    expect(services.map(({ name }) => name)).toEqual([]);
  });

  it('finds every provider registered in the subscription of a world', async () => {
    const cloud = await aCloud();
    const id = cloud.world.subscriptions.all()[0]?.id ?? '';
    const { providers } = new ResourceManagementClient(
      credentialOf(cloud, named(cloud, 'owner')),
      id,
      throughProxy(cloud),
    );
    expect(await providers.get('Microsoft.KeyVault')).toMatchObject({ registrationState: 'Registered' });
  });
});

import { ResourceManagementClient } from '@azure/arm-resources';
import { describe, expect, it } from 'vitest';
import { sendAs } from '../arm/send-as.ts';
import { aCloud, credentialOf, named, subscriptionId, throughProxy } from '../sdk.ts';
import { ACCOUNT, ACCOUNT_ID, accountBody, aStorageCloud, DAY, VERSION } from './storage-cloud.ts';

const ANCHORS = '/blobServices/default/containers/anchors';
const POLICY = `${ANCHORS}/immutabilityPolicies/default`;

const code = (expected: string) => ({ error: { code: expected } });

/** A cloud with an account, and a container in it whose blobs are kept for 400 days. */
const anchors = async () => {
  const of = await aStorageCloud();
  await of.arm('PUT', '', accountBody());
  await of.arm('PUT', ANCHORS, { properties: { immutableStorageWithVersioning: { enabled: true } } });
  const { body } = await of.arm('PUT', POLICY, { properties: { immutabilityPeriodSinceCreationInDays: 400 } });
  const { etag } = body as { etag: string };
  const { agent } = throughProxy(of.cloud);
  const client = new ResourceManagementClient(credentialOf(of.cloud, named(of.cloud, 'owner')), subscriptionId, {
    agent,
    retryOptions: { maxRetries: 0 },
  });
  const group = () => client.resourceGroups.beginDelete('guardian');
  const container = of.cloud.world.storage.account(ACCOUNT)?.containers.get('anchors');
  return { ...of, etag, container, group };
};

describe('A storage account', () => {
  it('is made by the real client, takes its time until its hosts resolve, and is listed', async () => {
    const cloud = await aCloud();
    const parts = [credentialOf(cloud, named(cloud, 'owner')), subscriptionId, throughProxy(cloud)] as const;
    const { resources } = new ResourceManagementClient(...parts);
    const making = resources.createOrUpdateById(ACCOUNT_ID, VERSION, accountBody({ allowSharedKeyAccess: false }), {
      updateIntervalInMs: 0,
    });
    const state = async () => (await resources.getById(ACCOUNT_ID, VERSION)).properties?.['provisioningState'];
    while ((await state().catch(() => undefined)) !== 'ResolvingDNS') await Promise.resolve();
    await cloud.world.clock.advance(20_000);
    expect(await making).toMatchObject({
      id: ACCOUNT_ID,
      kind: 'StorageV2',
      sku: { name: 'Standard_ZRS' },
      properties: {
        provisioningState: 'Succeeded',
        allowSharedKeyAccess: false,
        primaryEndpoints: { blob: `https://${ACCOUNT}.blob.core.windows.net/` },
      },
    });
  });

  it('takes again what it has answered, as templates send it', async () => {
    const { cloud, arm } = await aStorageCloud();
    await arm('PUT', '', accountBody());
    await cloud.world.clock.advance(20_000);
    const { body } = await arm('GET');
    expect(await arm('PUT', '', body)).toMatchObject({ status: 200, body });
  });

  it.each([
    ['a name with capitals', 'stGuardian', accountBody(), 'AccountNameInvalid'],
    ['a property that accounts do not have', ACCOUNT, accountBody({ sharedKeys: false }), 'InvalidRequestContent'],
    [
      'a bypass that there is not',
      ACCOUNT,
      accountBody({ networkAcls: { defaultAction: 'Deny', bypass: 'All' } }),
      'InvalidRequestContent',
    ],
    [
      'a region that there is not',
      ACCOUNT,
      { ...accountBody(), location: 'atlantis' },
      'LocationNotAvailableForResourceType',
    ],
  ])('is not made with %s', async (_case, name, body, expected) => {
    const { cloud } = await aStorageCloud();
    const send = sendAs(cloud, named(cloud, 'owner'));
    const path = `${ACCOUNT_ID.replace(ACCOUNT, name)}?api-version=${VERSION}`;
    expect((await send('PUT', path, body)).body).toMatchObject(code(expected));
  });

  it('takes a subnet into its rules that has the service endpoint, from who may join it', async () => {
    const { cloud } = await aStorageCloud();
    const network = `${ACCOUNT_ID.split('/providers/')[0]}/providers/Microsoft.Network/virtualNetworks/vnet`;
    const owner = sendAs(cloud, named(cloud, 'owner'));
    const subnet = (name: string, at: number, service: string) => ({
      name,
      properties: { addressPrefix: `10.0.0.${at}/26`, serviceEndpoints: [{ service, locations: ['*'] }] },
    });
    const subnets = [subnet('app', 0, 'Microsoft.Storage'), subnet('vaults', 64, 'Microsoft.KeyVault')];
    const properties = { addressSpace: { addressPrefixes: ['10.0.0.0/24'] }, subnets };
    await owner('PUT', `${network}?api-version=2024-01-01`, { location: 'koreacentral', properties });
    const keeper = cloud.world.entra.createServicePrincipal({ name: 'keeper' });
    cloud.world.rbac.assign({ scope: ACCOUNT_ID, role: 'Owner', principalId: keeper.objectId });
    const account = `${ACCOUNT_ID}?api-version=${VERSION}`;
    const letting = (name: string) => ({
      networkAcls: { defaultAction: 'Deny', virtualNetworkRules: [{ id: `${network}/subnets/${name}` }] },
    });
    expect(await sendAs(cloud, keeper)('PUT', account, accountBody(letting('app')))).toMatchObject({
      status: 403,
      body: code('LinkedAuthorizationFailed'),
    });
    expect(await owner('PUT', account, accountBody(letting('vaults')))).toMatchObject({
      status: 400,
      body: code('SubnetsHaveNoServiceEndpointsConfigured'),
    });
    expect(await owner('PUT', account, accountBody(letting('app')))).toMatchObject({ status: 202 });
    await cloud.world.clock.advance(20_000);
    const change = { properties: letting('app') };
    expect(await sendAs(cloud, keeper)('PATCH', account, change)).toMatchObject({ status: 403 });
    expect(await owner('PATCH', account, { properties: letting('vaults') })).toMatchObject({ status: 400 });
    expect(await owner('PATCH', account, change)).toMatchObject({ status: 200 });
  });

  it('has its name alone in the world', async () => {
    const { cloud, arm } = await aStorageCloud();
    await arm('PUT', '', accountBody());
    cloud.world.subscriptions.addGroup({ subscription: subscriptionId, name: 'other' });
    const path = `${ACCOUNT_ID.replace('/guardian/', '/other/')}?api-version=${VERSION}`;
    const { status, body } = await sendAs(cloud, named(cloud, 'owner'))('PUT', path, accountBody());
    expect({ status, body }).toMatchObject({ status: 409, body: code('StorageAccountInAnotherResourceGroup') });
  });

  it('has services whose properties are checked', async () => {
    const { arm } = await aStorageCloud();
    await arm('PUT', '', accountBody());
    const { body } = await arm('PUT', '/blobServices/default', { properties: { isVersioningEnabled: true } });
    expect(body).toMatchObject({ properties: { isVersioningEnabled: true } });
    expect(await arm('PUT', '/blobServices/default', body)).toMatchObject({ status: 200 });
    expect(await arm('PUT', '/queueServices/default', { properties: { isVersioningEnabled: true } })).toMatchObject({
      status: 400,
    });
  });

  it('has lifecycle rules that are checked', async () => {
    const { arm } = await aStorageCloud();
    await arm('PUT', '', accountBody());
    const rules = (actions: unknown) => ({
      properties: { policy: { rules: [{ name: 'old', type: 'Lifecycle', definition: { actions } }] } },
    });
    const kept = rules({ baseBlob: { delete: { daysAfterModificationGreaterThan: 400 } } });
    expect(await arm('PUT', '/managementPolicies/default', kept)).toMatchObject({ status: 200, body: kept });
    expect(await arm('GET', '/managementPolicies/default')).toMatchObject({ body: kept });
    for (const wrong of [{}, { baseBlob: { burn: {} } }, { version: { delete: {} } }])
      expect(await arm('PUT', '/managementPolicies/default', rules(wrong))).toMatchObject({ status: 400 });
  });
});

describe('An immutability policy', () => {
  it('is changed or deleted only by who names its ETag, unless Azure does not ask', async () => {
    const { cloud, arm } = await anchors();
    const shorter = { properties: { immutabilityPeriodSinceCreationInDays: 30 } };
    expect(await arm('PUT', POLICY, shorter)).toMatchObject({ status: 400, body: code('MissingRequiredHeader') });
    expect(await arm('DELETE', POLICY)).toMatchObject({ status: 400, body: code('MissingRequiredHeader') });
    cloud.world.switches.immutabilityChanges = 'free';
    expect(await arm('PUT', POLICY, shorter)).toMatchObject({
      status: 200,
      body: { properties: { immutabilityPeriodSinceCreationInDays: 30, state: 'Unlocked' } },
    });
    expect(await arm('DELETE', POLICY)).toMatchObject({ status: 200 });
  });

  it('is locked for good', async () => {
    const { cloud, arm, etag } = await anchors();
    const send = sendAs(cloud, named(cloud, 'owner'));
    const path = `${ACCOUNT_ID}${POLICY}`;
    const at = (verb: string, header?: string, body?: unknown) =>
      send('POST', `${path}/${verb}?api-version=${VERSION}`, body, header === undefined ? {} : { 'if-match': header });
    expect(await at('lock')).toMatchObject({ status: 400 });
    expect(await at('lock', '"other"')).toMatchObject({ status: 412 });
    const { body } = await at('lock', etag);
    expect(body).toMatchObject({ properties: { state: 'Locked' } });
    const now = (body as { etag: string }).etag;
    expect(await send('DELETE', `${path}?api-version=${VERSION}`, undefined, { 'if-match': now })).toMatchObject({
      body: code('ImmutabilityPolicyLocked'),
    });
    expect(await arm('PUT', POLICY, {})).toMatchObject({ body: code('ImmutabilityPolicyLocked') });
    const days = (count: number) => ({ properties: { immutabilityPeriodSinceCreationInDays: count } });
    expect(await at('extend', now, days(30))).toMatchObject({ status: 409 });
    expect(await at('extend', now, days(800))).toMatchObject({ body: days(800) });
  });

  it('keeps its account, and the group around it, as long as it keeps a blob', async () => {
    const { cloud, arm, container, group } = await anchors();
    container?.blobs.set('2026-11-22', cloud.world.clock.now());
    expect(await arm('DELETE')).toMatchObject({ status: 409 });
    expect(await arm('DELETE', ANCHORS)).toMatchObject({ body: code('ContainerProtectedFromDeletion') });
    await group();
    await cloud.world.clock.advance(120_000);
    expect((await arm('GET')).status).toBe(200);
    expect(cloud.world.operations.all().at(-1)?.error).toMatchObject({ code: 'ResourceGroupDeletionBlocked' });
    await cloud.world.clock.advance(400 * DAY);
    expect(await arm('DELETE')).toMatchObject({ status: 200 });
  });
});

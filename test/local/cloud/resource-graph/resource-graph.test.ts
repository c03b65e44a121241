import { describe, expect, it } from 'vitest';
import type { CloudOptions } from '../../../../local/cloud/cloud.ts';
import type { Principal } from '../../../../local/cloud/entra/entra.ts';
import { sendAs } from '../arm/send-as.ts';
import { aCloud, named, subscriptionId, theProduct } from '../sdk.ts';

type Page = { totalRecords: number; count: number; resultTruncated: string; $skipToken?: string; data: Row[] };
type Row = Record<string, unknown>;

const PATH = '/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01';

/** One query for every consumer of keys, in one shape. */
const CONSUMERS = `resources
| where type in~ ('microsoft.dbformysql/servers','microsoft.dbformysql/flexibleservers','microsoft.compute/diskencryptionsets')
| extend keyUri = tostring(case(type =~ 'microsoft.dbformysql/flexibleservers', properties.dataEncryption.primaryKeyURI, type =~ 'microsoft.compute/diskencryptionsets', properties.activeKey.keyUrl, '')),
         state  = tostring(case(type =~ 'microsoft.dbformysql/servers', properties.userVisibleState, type =~ 'microsoft.dbformysql/flexibleservers', properties.state, properties.provisioningState)),
         byok   = tostring(properties.byokEnforcement), principalId = tostring(identity.principalId),
         autoRotErr = tostring(properties.autoKeyRotationError.code)
| where type !~ 'microsoft.dbformysql/flexibleservers' or properties.dataEncryption.type =~ 'AzureKeyVault'
| project id, type, subscriptionId, resourceGroup, location, name, keyUri, state, byok, principalId, identity, autoRotErr
| order by id asc`;

const VAULTS = `resources | where type =~ 'microsoft.keyvault/vaults'
| project id, location, vaultUri=tolower(tostring(properties.vaultUri)), rbac=tobool(properties.enableRbacAuthorization), purge=tobool(properties.enablePurgeProtection), softDays=toint(properties.softDeleteRetentionInDays), bypass=tostring(properties.networkAcls.bypass), defAction=tostring(properties.networkAcls.defaultAction), pna=tostring(properties.publicNetworkAccess) | order by id asc`;

const POOLS = `resources | where type =~ 'microsoft.containerservice/managedclusters'
| extend des=tolower(tostring(properties.diskEncryptionSetID)) | where isempty(des) or des !in~ ('')
| mv-expand pool=properties.agentPoolProfiles
| project id, des, nodeRg=tostring(properties.nodeResourceGroup), pool=tostring(pool.name), osDiskType=tostring(pool.osDiskType)`;

const NODES = `resources | where type =~ 'microsoft.compute/virtualmachinescalesets'
| extend od=properties.virtualMachineProfile.storageProfile.osDisk
| project id, ephemeral=tostring(od.diffDiskSettings.option), des=tolower(tostring(od.managedDisk.diskEncryptionSet.id)) | where isempty(des)`;

const DISKS = `resources | where type =~ 'microsoft.compute/disks'
| where tostring(properties.encryption.type) !in ('EncryptionAtRestWithCustomerKey','EncryptionAtRestWithPlatformAndCustomerKeys')
| project id, managedBy, state=tostring(properties.diskState), enc=tostring(properties.encryption.type) | order by id asc`;

const GRANTS = `authorizationresources | where type =~ 'microsoft.authorization/roleassignments' and tostring(properties.roleDefinitionId) endswith 'e147488a-f6f5-4113-8e2d-b22465e65bf6'
| project id, scope=tolower(tostring(properties.scope)), principalId=tostring(properties.principalId)`;

const anEstate = async (options: Partial<CloudOptions> = {}) => {
  const cloud = await aCloud({ world: 'estate', worldInput: { permissions: 'roles' }, ...options });
  const asker =
    (principal: Principal = named(cloud, 'owner')) =>
    async (query: string, more: Record<string, unknown> = {}, asked: Record<string, unknown> = {}) => {
      const body = {
        subscriptions: [subscriptionId],
        query,
        options: { resultFormat: 'objectArray', ...more },
        ...asked,
      };
      const sent = await sendAs(cloud, principal)('POST', PATH, body);
      return { ...sent, body: sent.body as Page & { error: { code: string; message: string } } };
    };
  return { cloud, world: cloud.world, asker, ask: asker() };
};

describe('Resource Graph', () => {
  it('shows every consumer of a key in one shape', async () => {
    const { world, ask } = await anEstate();
    const place = { subscription: subscriptionId, group: 'data' };
    const { kid = '' } = world.keyVault.key('kv-estate-1', 'cmk')?.versions[0] ?? {};
    const set = world.compute.addSet({ ...place, name: 'des', keyUrl: kid });
    const { body } = await ask(CONSUMERS);
    expect(body).toMatchObject({ totalRecords: 11, count: 11, resultTruncated: 'false' });
    const byName = new Map(body.data.map((row) => [row['name'], row]));
    expect(byName.get('server-1')).toMatchObject({
      type: 'microsoft.dbformysql/servers',
      keyUri: '',
      state: 'Ready',
      byok: 'Enabled',
      subscriptionId,
      resourceGroup: 'data',
    });
    expect(byName.get('server-2')).toMatchObject({ keyUri: expect.stringContaining('/keys/cmk/'), state: 'Ready' });
    expect(byName.get('des')).toMatchObject({
      keyUri: kid,
      principalId: set.identity.system?.principalId,
      autoRotErr: '',
    });
    expect(body.data.map(({ id }) => id)).toEqual(body.data.map(({ id }) => String(id)).sort());
  });

  it('shows the posture of the vaults', async () => {
    const { ask } = await anEstate();
    const { body } = await ask(VAULTS);
    expect(body.data[0]).toMatchObject({
      vaultUri: 'https://kv-estate-1.vault.azure.net/',
      rbac: true,
      purge: true,
      softDays: 90,
    });
    expect(body.count).toBe(5);
  });

  it('shows clusters, nodes and disks that are not encrypted with a key of the customer', async () => {
    const { world, ask } = await anEstate();
    const place = { subscription: subscriptionId, group: 'data' };
    const { kid = '' } = world.keyVault.key('kv-estate-1', 'cmk')?.versions[0] ?? {};
    const set = world.compute.addSet({ ...place, name: 'des', keyUrl: kid });
    world.compute.addCluster({ ...place, name: 'plain' });
    const pools = [{ name: 'system' }, { name: 'old', encrypted: false }];
    world.compute.addCluster({ ...place, name: 'safe', encryptionSet: set.id, pools });
    world.compute.addDisk({ ...place, name: 'bare' });
    world.compute.addDisk({ ...place, name: 'covered', encryptionSet: set.id });
    expect((await ask(POOLS)).body.data.map(({ pool }) => pool)).toEqual(['nodepool1', 'system', 'old']);
    expect((await ask(NODES)).body.data.map(({ id }) => String(id).split('/').at(-1))).toEqual([
      'aks-nodepool1-vmss',
      'aks-old-vmss',
    ]);
    expect((await ask(DISKS)).body.data).toEqual([
      expect.objectContaining({
        id: expect.stringMatching(/bare$/),
        enc: 'EncryptionAtRestWithPlatformKey',
        managedBy: null,
      }),
    ]);
  });

  it('shows who holds the role for keys', async () => {
    const { ask } = await anEstate();
    const { body } = await ask(GRANTS);
    expect(body.count).toBe(10);
    expect(body.data[0]).toMatchObject({
      scope: expect.stringContaining('/vaults/kv-estate-'),
      principalId: expect.any(String),
    });
  });

  it('gives pages with a token as long as the id is kept', async () => {
    const { ask } = await anEstate({ worldInput: { servers: 120 } });
    const query =
      "resources | where type =~ 'microsoft.dbformysql/servers' or type =~ 'Microsoft.DBforMySQL/flexibleServers' | project id | order by id asc";
    const first = (await ask(query)).body;
    expect(first).toMatchObject({ totalRecords: 120, count: 100, resultTruncated: 'false' });
    const second = (await ask(query, { $skipToken: first.$skipToken })).body;
    expect(second.count).toBe(20);
    expect(second.$skipToken).toBeUndefined();
    expect(new Set([...first.data, ...second.data].map(({ id }) => id)).size).toBe(120);
    expect((await ask(query, { $top: 1000 })).body.count).toBe(120);
    const lost = (await ask('resources | project name', { $top: 10 })).body;
    expect(lost).toMatchObject({ count: 10, resultTruncated: 'true' });
    expect(lost.$skipToken).toBeUndefined();
    expect((await ask(query, { $top: 1001 })).status).toBe(400);
    expect((await ask(query, { $skipToken: 'nonsense' })).status).toBe(400);
  });

  it('shows only what the caller may read, in the subscriptions that are asked for', async () => {
    const { cloud, world, asker, ask } = await anEstate();
    const count = 'resources | project id';
    expect((await asker(theProduct(cloud))("resources | where type =~ 'microsoft.compute/disks'")).body.count).toBe(0);
    const nobody = world.entra.createServicePrincipal({ name: 'nobody' });
    expect((await asker(nobody)(count)).status).toBe(403);
    const scope = world.keyVault.vault('kv-estate-1')?.id ?? '';
    world.rbac.assign({ scope, role: 'Reader', principalId: nobody.objectId });
    expect((await asker(nobody)(count)).body.data).toEqual([{ id: scope }]);
    expect((await ask(count, {}, { subscriptions: ['00000000-0000-4000-8000-000000000000'] })).status).toBe(403);
    expect((await ask(count, {}, { subscriptions: undefined })).body.count).toBeGreaterThan(10);
  });

  it('refuses what it cannot evaluate, aloud', async () => {
    const { cloud, ask } = await anEstate();
    const summary = await ask('resources | summarize count() by type');
    expect(summary).toMatchObject({ status: 400, body: { error: { code: 'NotSimulated' } } });
    expect(cloud.lines.join()).toContain("not simulated: the operator 'summarize'");
    expect(await ask('resources | where colour == 1')).toMatchObject({
      status: 400,
      body: { error: { code: 'BadRequest' } },
    });
  });

  it('lets a user ask fifteen times in five seconds', async () => {
    const { world, ask } = await anEstate();
    const answers = await Promise.all(Array.from({ length: 16 }, () => ask('resources | project id | take 1')));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(15).fill(200), 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.header('x-ms-user-quota-resets-after')).toBe('00:00:05');
    expect(refused?.header('retry-after')).toBeUndefined();
    await world.clock.advance(5_000);
    expect((await ask('resources | take 1')).header('x-ms-user-quota-remaining')).toBe('14');
  });

  it('lags behind by as many seconds as the switch says', async () => {
    const { world, ask } = await anEstate({ switches: { resourceGraphStaleSeconds: 30 } });
    const tags = "resources | where name == 'kv-estate-1' | project tag=tostring(tags.team)";
    const tag = async () => (await ask(tags)).body.data.map((row) => row['tag']);
    await world.clock.advance(1_000);
    world.keyVault.updateVault('kv-estate-1', { tags: { team: 'shop' } });
    await world.clock.advance(20_000);
    world.keyVault.updateVault('kv-estate-1', { tags: { team: 'later' } });
    expect(await tag()).toEqual(['']);
    await world.clock.advance(10_000);
    expect(await tag()).toEqual(['shop']);
    await world.clock.advance(20_000);
    expect(await tag()).toEqual(['later']);
    world.keyVault.deleteVault('kv-estate-1');
    expect(await tag()).toEqual(['later']);
    await world.clock.advance(30_000);
    expect(await tag()).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { absent, known } from '../../../infra/doctor/facts.ts';
import { readFacts } from '../../../infra/doctor/read/facts.ts';
import { runDoctor } from '../../../infra/doctor/run.ts';
import { linkBody } from '../../local/cloud/network/deployed-network.ts';
import { named, subscriptionId } from '../../local/cloud/sdk.ts';
import {
  ACCOUNT,
  allow,
  aPlan,
  GROUP,
  HOST_ROLES,
  NETWORK_BODY,
  SITE,
  SUBNET,
  siteBody,
  storageSettings,
  withAccount,
} from '../../local/cloud/web/deployed-site.ts';
import { sendTo } from '../sign-in/directory.ts';

const PLACE = { subscriptionId, group: 'guardian', app: 'contoso-guardian' };
const WORDS = ['--subscription', subscriptionId, '--group', PLACE.group, '--app', PLACE.app];

/** An app as a deployer deploys it, with these settings beside those of its storage. */
const anApp = async (settings: Readonly<Record<string, string>> = {}) => {
  const plan = await aPlan();
  withAccount(plan);
  const own = { ...storageSettings(plan.clientId), GUARDIAN_IDENTITY_CLIENT_ID: plan.clientId, ...settings };
  await plan.put(SITE, siteBody(own));
  const { cloud, world } = plan;
  const access = {
    arm: 'https://management.azure.com',
    graph: 'https://graph.microsoft.com',
    send: sendTo(cloud),
    token: (audience: string) => world.entra.issue({ principal: named(cloud, 'owner'), audience }),
  };
  const doctor = async () => {
    const said: string[] = [];
    const token = (_cloud: string, audience: string) => access.token(audience);
    const code = await runDoctor(WORDS, { token, send: access.send, say: (text) => said.push(text) });
    return { code, said: said.join('\n') };
  };
  return { plan, facts: () => readFacts(access, PLACE), doctor };
};

describe('Of an app that was deployed, the doctor', () => {
  it('reads what it is, whom it works as, and what its settings are', async () => {
    const { plan, facts } = await anApp({ GUARDIAN_SCOPE: `/subscriptions/${subscriptionId}` });
    const { site, settings, tenantId, assignments } = await facts();
    expect(known(site)).toMatchObject({
      state: 'Running',
      hostName: 'contoso-guardian.azurewebsites.net',
      userIdentities: [{ clientId: plan.clientId, principalId: plan.principalId }],
    });
    expect(known(settings)).toMatchObject({ GUARDIAN_SCOPE: `/subscriptions/${subscriptionId}` });
    expect(known(tenantId)).toBe(plan.world.entra.tenantId);
    expect(known(assignments)).toEqual([]);
  });

  it('says why the host does not start, and with which command it will', async () => {
    const { plan, doctor } = await anApp();
    await plan.world.clock.advance(60_000);
    const { code, said } = await doctor();
    expect(code).toBe(1);
    expect(said).toContain('The product does not start: GUARDIAN_SCOPE');
    expect(said).toMatch(/--assignee-object-id [0-9a-f-]{36} .*--role 'CMK Guardian Observe'/);
    for (const role of HOST_ROLES)
      expect(said).toContain(
        `The app's identity has not the role ${role} on the storage account stguardian, so the host does not start.`,
      );
    expect(said).toContain(`No event subscription of subscription ${subscriptionId} ends at this app`);
    expect(said).not.toContain('GUARDIAN_IDENTITY_CLIENT_ID is');
  });

  it('sees roles that were given', async () => {
    const { plan, facts } = await anApp();
    allow(plan, HOST_ROLES);
    const held = known((await facts()).assignments) ?? [];
    expect(held.map(({ roleName, scope }) => [roleName, scope.toLowerCase()])).toEqual(
      HOST_ROLES.map((role) => [role, ACCOUNT.toLowerCase()]),
    );
  });

  it('sees an app that was stopped', async () => {
    const { plan, doctor } = await anApp();
    await plan.post(`${SITE}/stop`);
    expect((await doctor()).said).toContain('The function app is Stopped');
  });

  it('sees roles that a group has which its identity is in, also through another group', async () => {
    const { plan, facts } = await anApp();
    const { entra, rbac } = plan.world;
    const [team, platform] = ['team', 'platform'].map((name) => entra.groups.create(name).objectId) as [string, string];
    entra.groups.add(team, plan.principalId);
    entra.groups.add(platform, team);
    rbac.assign({ scope: ACCOUNT, role: HOST_ROLES[1], principalId: platform, principalType: 'Group' });
    const { groups, assignments } = await facts();
    expect(known(groups)?.map(({ name }) => name)).toEqual(['team', 'platform']);
    expect(known(assignments)).toMatchObject([{ roleName: HOST_ROLES[1], through: { name: 'platform' } }]);
  });

  it('sees what it holds in the other subscriptions that it guards, and what ends at it there', async () => {
    const other = '0b0b0b0b-0000-4000-8000-000000000002';
    const { plan, doctor, facts } = await anApp({
      GUARDIAN_SCOPE: `/subscriptions/${subscriptionId},/subscriptions/${other}`,
    });
    const { subscriptions, entra, rbac } = plan.world;
    subscriptions.add({ id: other, name: 'Other', tenantId: entra.tenantId });
    const owner = named(plan.cloud, 'owner').objectId;
    rbac.assign({ scope: `/subscriptions/${other}`, role: 'Owner', principalId: owner, principalType: 'User' });
    rbac.assign({ scope: `/subscriptions/${other}`, role: 'Contributor', principalId: plan.principalId });
    expect(known((await facts()).elsewhere[other] ?? absent)).toMatchObject([{ roleName: 'Contributor' }]);
    const { said } = await doctor();
    expect(said).toContain(`No event subscription of subscription ${other} ends at this app`);
    expect(said).toContain(`'CMK Guardian Keys' allows, in subscription ${other} or above`);
  });

  it('sees what lies below a management group that it guards, and what it holds there and in these', async () => {
    const group = '/providers/Microsoft.Management/managementGroups/landing-zones';
    const { plan, facts } = await anApp({ GUARDIAN_SCOPE: group });
    const { subscriptions, entra, rbac } = plan.world;
    const owner = named(plan.cloud, 'owner').objectId;
    rbac.assign({ scope: group, role: 'Owner', principalId: owner, principalType: 'User' });
    rbac.assign({ scope: group, role: 'Reader', principalId: plan.principalId });
    const ids = Array.from({ length: 12 }, (_, n) => `0b0b0b0b-0000-4000-8000-0000000000${String(n).padStart(2, '0')}`);
    for (const id of ids) {
      subscriptions.add({ id, name: id, tenantId: entra.tenantId });
      subscriptions.putBelow('landing-zones', { subscription: id });
    }
    const { below, elsewhere, atManagementGroups, eventSubscriptions } = await facts();
    expect(known(below['landing-zones'] ?? absent)?.toSorted()).toEqual(ids);
    expect(known(atManagementGroups['landing-zones'] ?? absent)).toMatchObject([{ roleName: 'Reader', scope: group }]);
    for (const id of ids) expect(known(elsewhere[id] ?? absent)).toMatchObject([{ roleName: 'Reader' }]);
    expect(eventSubscriptions).toEqual({});
  });

  it('sees what single vaults tell its functions', async () => {
    const { plan, facts, doctor } = await anApp({ GUARDIAN_SCOPE: `/subscriptions/${subscriptionId}` });
    const { keyVault, eventGrid } = plan.world;
    const { id: scope } = keyVault.createVault({
      subscription: subscriptionId,
      group: 'guardian',
      name: 'kv-orders',
      location: 'koreacentral',
    });
    const resourceId = `${SITE}/functions/on-key-vault-event`;
    eventGrid.functions.runsAt(resourceId, 'http://127.0.0.1:9/runtime/webhooks/eventgrid');
    await eventGrid.subscribe({ name: 'guardian', scope, resource: { endpointType: 'AzureFunction', resourceId } });
    expect(known((await facts()).eventSubscriptions[subscriptionId] ?? absent)).toMatchObject([
      { of: 'vault', functionId: resourceId },
    ]);
    expect((await doctor()).said).toContain('only 1 event subscription of single vaults');
  });

  it('sees that the private zone of its storage is not linked to its network, and with which command it is', async () => {
    const { plan, doctor } = await anApp();
    const { send, put, world } = plan;
    const network = SUBNET.replace(/\/subnets\/.*/, '');
    await send('PUT', `${network}?api-version=2024-01-01`, NETWORK_BODY);
    await put(
      SITE,
      siteBody(
        { ...storageSettings(plan.clientId), GUARDIAN_IDENTITY_CLIENT_ID: plan.clientId },
        { virtualNetworkSubnetId: SUBNET },
      ),
    );
    Object.assign(world.storage.account('stguardian')?.properties ?? {}, { publicNetworkAccess: 'Disabled' });
    const zone = `${GROUP}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net`;
    const endpoint = `${GROUP}/providers/Microsoft.Network/privateEndpoints/pe-blob`;
    await send('PUT', `${zone}?api-version=2020-06-01`, { location: 'global' });
    await send('PUT', `${endpoint}?api-version=2024-01-01`, {
      location: 'koreacentral',
      properties: {
        subnet: { id: `${network}/subnets/endpoints` },
        privateLinkServiceConnections: [
          { name: 'blob', properties: { privateLinkServiceId: ACCOUNT, groupIds: ['blob'] } },
        ],
      },
    });
    const unzoned = (await doctor()).said;
    expect(unzoned).toContain('none of them writes its name to a private DNS zone');
    await send('PUT', `${endpoint}/privateDnsZoneGroups/default?api-version=2024-01-01`, {
      properties: { privateDnsZoneConfigs: [{ name: 'blob', properties: { privateDnsZoneId: zone } }] },
    });
    const unlinked = (await doctor()).said;
    expect(unlinked).toContain(`the zone ${zone} is not linked to the network of the app, ${network}`);
    expect(unlinked).toContain(
      'az network private-dns link vnet create --name vnet --zone-name privatelink.blob.core.windows.net',
    );
    await send('PUT', `${zone}/virtualNetworkLinks/vnet?api-version=2020-06-01`, linkBody(undefined, network));
    expect((await doctor()).said).not.toContain('is not linked to the network');
  });
});

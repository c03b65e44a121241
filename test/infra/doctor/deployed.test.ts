import { describe, expect, it } from '@jest/globals';
import { known } from '../../../infra/doctor/facts.ts';
import { readFacts } from '../../../infra/doctor/read/facts.ts';
import { runDoctor } from '../../../infra/doctor/run.ts';
import { named, subscriptionId } from '../../local/cloud/sdk.ts';
import {
  ACCOUNT,
  allow,
  aPlan,
  HOST_ROLES,
  SITE,
  siteBody,
  storageSettings,
  withAccount,
} from '../../local/cloud/web/deployed-site.ts';
import { sendTo } from '../sign-in/directory.ts';

const PLACE = { subscriptionId, group: 'guardian', app: 'contoso-guardian' };
const WORDS = ['--subscription', subscriptionId, '--group', PLACE.group, '--app', PLACE.app];

/** An app that was put as a deployer puts it, with these settings beside those of its storage. */
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
    expect(said).toContain('No event subscription ends at this app');
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
});

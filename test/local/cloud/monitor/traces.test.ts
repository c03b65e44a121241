import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '../key-vault/vault-cloud.ts';
import { allow, aPlan, GROUP, HOST_ROLES, SITE, siteBody, storageSettings, withAccount } from '../web/deployed-site.ts';
import { aRecordedRuntime } from '../web/recorded-runtime.ts';

const WORKSPACE = `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/log-guardian`;
const COMPONENT = `${GROUP}/providers/Microsoft.Insights/components/appi-guardian`;
const PEOPLE = `${GROUP}/providers/Microsoft.Insights/actionGroups/people`;
const RULE = `${GROUP}/providers/Microsoft.Insights/scheduledQueryRules/no-sweep`;

const SWEEPS = readFileSync(path.join(import.meta.dirname, '../../../../infra/queries/sweeps.kql'), 'utf8');

type Given = { roles?: readonly string[]; readers?: readonly string[] };

/** A site that sends its log to a workspace, and a rule that mails people when the log has no sweep for fifteen minutes. */
const aWatchedSite = async ({
  roles = ['Monitoring Metrics Publisher'],
  readers = ['Log Analytics Reader'],
}: Given = {}) => {
  const { runtime, starts } = aRecordedRuntime();
  const said: string[] = [];
  const plan = await aPlan({ runtime, log: (line) => said.push(line) });
  const { world, send, put, clientId, principalId } = plan;
  const made = async (id: string, version: string, body: object) =>
    (await send('PUT', `${id}?api-version=${version}`, { location: 'koreacentral', ...body })).body as {
      identity?: { principalId: string };
      properties: { ConnectionString: string };
    };
  await made(WORKSPACE, '2023-09-01', { properties: {} });
  const { properties } = await made(COMPONENT, '2020-02-02', {
    kind: 'web',
    properties: { Application_Type: 'web', WorkspaceResourceId: WORKSPACE, DisableLocalAuth: true },
  });
  for (const role of roles) world.rbac.assign({ scope: COMPONENT, role, principalId });
  await made(PEOPLE, '2023-01-01', {
    location: 'global',
    properties: { groupShortName: 'p', enabled: true, emailReceivers: [{ name: 'a', emailAddress: 'a@contoso.com' }] },
  });
  const { identity } = await made(RULE, '2023-12-01', {
    identity: { type: 'SystemAssigned' },
    properties: {
      scopes: [WORKSPACE],
      evaluationFrequency: 'PT5M',
      windowSize: 'PT15M',
      autoMitigate: true,
      criteria: { allOf: [{ query: SWEEPS, timeAggregation: 'Count', operator: 'LessThan', threshold: 1 }] },
      actions: { actionGroups: [PEOPLE] },
    },
  });
  for (const role of readers) world.rbac.assign({ scope: WORKSPACE, role, principalId: identity?.principalId ?? '' });
  withAccount(plan);
  allow(plan, HOST_ROLES);
  await put(
    SITE,
    siteBody({
      ...storageSettings(clientId),
      APPLICATIONINSIGHTS_CONNECTION_STRING: properties.ConnectionString,
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `ClientId=${clientId};Authorization=AAD`,
    }),
  );
  const site = world.web.sites.get(SITE);
  if (site) world.web.hosting.deploy(site, new Map());
  await world.clock.advance(MINUTE);
  const says = (message: string) => starts[0]?.spec.log(`[${new Date(world.clock.now()).toISOString()}] ${message}`);
  const sweepsFor = async (minutes: number, message = "Executing 'Functions.sweep' (Reason='Timer fired')") => {
    for (let passed = 0; passed < minutes; passed += 5) {
      says(message);
      await world.clock.advance(5 * MINUTE);
    }
  };
  const told = () => world.alerting.mails().map(({ address, rule, condition }) => [address, rule, condition]);
  return { ...plan, said, says, sweepsFor, told };
};

const FIRED = ['a@contoso.com', 'no-sweep', 'Fired'];

describe('The rule that tells of no sweep', () => {
  it('is silent while the host logs sweeps, tells people once when there is none, and again when they are back', async () => {
    const { world, sweepsFor, told } = await aWatchedSite();
    await sweepsFor(10);
    const before = told();
    await sweepsFor(60);
    expect(told()).toEqual(before);
    await world.clock.advance(9 * MINUTE);
    expect(told()).toEqual(before);
    await world.clock.advance(46 * MINUTE);
    expect(told()).toEqual([...before, FIRED]);
    await sweepsFor(15);
    expect(told()).toEqual([...before, FIRED, ['a@contoso.com', 'no-sweep', 'Resolved']]);
  });

  it('counts no other invocation', async () => {
    const { sweepsFor, told } = await aWatchedSite();
    await sweepsFor(30, "Executing 'Functions.sweepEstate' (Reason='(null)')");
    expect(told()).toEqual([FIRED]);
  });

  it('counts nothing that came without the right to send it', async () => {
    const { sweepsFor, told } = await aWatchedSite({ roles: [] });
    await sweepsFor(30);
    expect(told()).toEqual([FIRED]);
  });

  it('is not evaluated, and says why, while its identity may not query the workspace', async () => {
    const { said, world, told } = await aWatchedSite({ readers: [] });
    await world.clock.advance(30 * MINUTE);
    expect(told()).toEqual([]);
    expect(said).toContainEqual(expect.stringMatching(/no-sweep is not evaluated: its identity may not query/));
  });

  it('writes no invocation to whoever watches the cloud', async () => {
    const { said, says } = await aWatchedSite();
    says("Executed 'Functions.sweep' (Succeeded, Duration=3ms)");
    says('something else');
    expect(said.filter((line) => /something else|Functions\.sweep/.test(line))).toHaveLength(1);
  });
});

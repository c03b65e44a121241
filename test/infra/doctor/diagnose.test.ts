import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../infra/doctor/diagnose.ts';
import { absent, type Facts, known, present, unknown } from '../../../infra/doctor/facts.ts';
import { faultsOfCommand } from '../../builders/az/az-grammar.ts';
import { wordsOf } from '../../builders/az/printed.ts';
import {
  ASSIGNMENTS,
  anAccount,
  aPart,
  aRole,
  CLIENT,
  PRINCIPAL,
  REGISTRATION,
  SITE,
  SUBNET,
  SUBSCRIPTION,
  TENANT,
  wellInstalled,
  withSettings,
} from './installation.ts';

const STRANGER = '99999999-9999-4999-8999-999999999999';
const site = known(wellInstalled.site);
const withSite = (changed: object): Facts => ({
  ...wellInstalled,
  site: present({ ...site, ...changed } as NonNullable<typeof site>),
});
const without = (name: string): Facts => ({
  ...wellInstalled,
  assignments: present(ASSIGNMENTS.filter(({ roleName }) => roleName !== name)),
});
const withHostAccount = (changed: object): Facts => ({
  ...wellInstalled,
  accounts: { ...wellInstalled.accounts, stguardian: present(anAccount('stguardian', changed)) },
});
const withGrants = (condition: string | undefined): Facts => {
  const { condition: _, ...grants } = aPart('grants');
  const rest = ASSIGNMENTS.filter(({ roleName }) => roleName !== grants.roleName);
  return { ...wellInstalled, assignments: present([...rest, { ...grants, ...(condition && { condition }) }]) };
};
const events = (name: string, of: 'subscription' | 'vault' = 'subscription') => ({
  [SUBSCRIPTION]: present([{ id: '/event', of, functionId: `${SITE}/functions/${name}`, state: 'Succeeded' }]),
});
const noEvents = { [SUBSCRIPTION]: present([]) };

const ANOTHER = '66666666-6666-4666-8666-666666666666';
const another = `/subscriptions/${ANOTHER}`;
/** Two subscriptions are guarded; in the other one the identity holds these parts. */
const withAnother = (...parts: readonly Parameters<typeof aPart>[0][]): Facts => ({
  ...withSettings({ GUARDIAN_SCOPE: `/subscriptions/${SUBSCRIPTION},${another}/resourceGroups/data` }),
  elsewhere: { [ANOTHER]: present(parts.map((part) => ({ ...aPart(part), scope: another }))) },
  eventSubscriptions: {
    ...wellInstalled.eventSubscriptions,
    [ANOTHER]: events('on-resource-event')[SUBSCRIPTION] as never,
  },
});
const EVERY_PART = ['observe', 'keys', 'grants', 'consumers'] as const;

const LANDING = '/providers/Microsoft.Management/managementGroups/landing-zones';
const OUT = '88888888-8888-4888-8888-888888888888';
/**
 * A management group is guarded. It has two subscriptions: one is excluded, and in the other one the identity holds these parts.
 */
const withGroup = (...parts: readonly Parameters<typeof aPart>[0][]): Facts => ({
  ...withSettings({ GUARDIAN_SCOPE: `/subscriptions/${SUBSCRIPTION},${LANDING},!/subscriptions/${OUT}` }),
  below: { 'landing-zones': present([ANOTHER, OUT]) },
  atManagementGroups: { 'landing-zones': present([{ ...aPart('observe'), scope: LANDING }]) },
  elsewhere: { [ANOTHER]: present(parts.map((part) => ({ ...aPart(part), scope: another }))) },
});

const TEAM = { id: '77777777-7777-4777-8777-777777777777', name: 'platform' };
const throughTeam = (condition?: string): Facts => ({
  ...wellInstalled,
  groups: present([TEAM]),
  assignments: present([
    ...ASSIGNMENTS,
    {
      ...aRole('o', `/subscriptions/${SUBSCRIPTION}`),
      roleName: 'Owner',
      actions: ['*'],
      through: TEAM,
      ...(condition && { condition }),
    },
  ]),
});

const HUB = `${another}/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net`;
const NETWORK = SUBNET.replace(/\/subnets\/.*/, '');
/** The host's account is open to a private endpoint alone, whose zone answers these networks. */
const behindEndpoint = (zones: Facts['zones'][string], servers: readonly string[] = []): Facts => ({
  ...withHostAccount({
    network: { defaultAction: 'Deny', publicAccess: 'Disabled', subnets: [] },
    privateEndpoints: [`/subscriptions/${SUBSCRIPTION}/…/privateEndpoints/pe`],
  }),
  privateNames: present({ network: NETWORK, servers }),
  zones: { stguardian: zones },
});

/** Mistakes of a deployer: the installation, the first finding, and its remedy. */
const MISTAKES: readonly (readonly [string, Facts, RegExp, RegExp | undefined])[] = [
  [
    'another name of the app',
    { ...wellInstalled, site: absent },
    /no function app 'cmk-guardian'/,
    /az functionapp show/,
  ],
  ['an app that was stopped', withSite({ state: 'Stopped' }), /is Stopped/, /az functionapp start/],
  [
    'an identity forgotten',
    withSite({ userIdentities: [] }),
    /no user-assigned identity with that client id/,
    /identity assign/,
  ],
  [
    'no identity at all',
    { ...withSettings({ GUARDIAN_IDENTITY_CLIENT_ID: undefined }), site: withSite({ userIdentities: [] }).site },
    /no managed identity/,
    /identity assign/,
  ],
  [
    'another identity for the host',
    withSettings({ AzureWebJobsStorage__clientId: STRANGER }),
    new RegExp(`clientId is ${STRANGER}, and the product works as ${CLIENT}`),
    new RegExp(`AzureWebJobsStorage__clientId=${CLIENT}`),
  ],
  ['a setting misspelt', withSettings({ GUARDIAN_MOD: 'auto' }), /GUARDIAN_MOD: no such setting/, /appsettings set/],
  [
    'a setting missing',
    withSettings({ GUARDIAN_SCOPE: undefined }),
    /does not start: GUARDIAN_SCOPE/,
    /appsettings set/,
  ],
  [
    'no storage for the host',
    withSettings({
      AzureWebJobsStorage__blobServiceUri: undefined,
      AzureWebJobsStorage__queueServiceUri: undefined,
      AzureWebJobsStorage__tableServiceUri: undefined,
    }),
    /No setting says where the storage of the Functions host is/,
    /AzureWebJobsStorage__tableServiceUri/,
  ],
  [
    'a shared key left over',
    withSettings({ AzureWebJobsStorage: 'AccountName=st;AccountKey=c2VjcmV0' }),
    /left over beside/,
    /appsettings delete .* --setting-names AzureWebJobsStorage$/,
  ],
  [
    'an account with shared keys',
    withHostAccount({ sharedKeys: true }),
    /still takes shared keys/,
    /--allow-shared-key-access false/,
  ],
  [
    'settings of another plan',
    withSettings({ FUNCTIONS_WORKER_RUNTIME: 'node' }),
    /FUNCTIONS_WORKER_RUNTIME/,
    /appsettings delete/,
  ],
  [
    'an account that is not there',
    { ...wellInstalled, accounts: { ...wellInstalled.accounts, stguardian: absent } },
    /no storage account 'stguardian'/,
    /az storage account list/,
  ],
  [
    'a storage role missing',
    without('974c5e8b-45b9-4653-ba55-5f855dd0fb88'),
    /Storage Queue Data Contributor.*the host does not start/,
    /--role 'Storage Queue Data Contributor'/,
  ],
  [
    'anchors that nobody may write',
    without('ba92f5b4-2d11-453d-a403-e96b0029c9fe'),
    /anchors, so the ledger gets no anchors/,
    /Storage Blob Data Contributor/,
  ],
  [
    'an app outside the network',
    withSite({ subnetId: undefined }),
    /is closed, and the app is in no network/,
    /vnet-integration add/,
  ],
  [
    'a closed network',
    withHostAccount({ network: { defaultAction: 'Deny', publicAccess: 'Enabled', subnets: [] } }),
    /is closed, and the app's subnet is not let in, so the host does not start/,
    /network-rule add/,
  ],
  [
    'a host that says why it does not start',
    {
      ...wellInstalled,
      host: present({ state: 'Error', errors: ['No access with AccountName=a;AccountKey=c2VjcmV0;x'] }),
    },
    /in the state Error, and says: No access with AccountName=a;AccountKey=…;x/,
    undefined,
  ],
  [
    'no code',
    { ...wellInstalled, functions: present([]), eventSubscriptions: noEvents },
    /no function: the package was not deployed/,
    /config-zip/,
  ],
  [
    'half of the code',
    { ...wellInstalled, functions: present(['on-key-vault-event', 'on-resource-event']) },
    /lacks functions of the product: sweep, probe, get-health/,
    /function list/,
  ],
  [
    'events for a function that is not there',
    { ...wellInstalled, eventSubscriptions: events('on-event') },
    /'on-event', which the host does not have/,
    undefined,
  ],
  [
    'no events',
    { ...wellInstalled, eventSubscriptions: noEvents },
    new RegExp(`No event subscription of subscription ${SUBSCRIPTION} ends at this app: .* up to five minutes later`),
    /az resource list --resource-type Microsoft.EventGrid\/systemTopics/,
  ],
  [
    'events of a vault alone',
    { ...wellInstalled, eventSubscriptions: events('on-key-vault-event', 'vault') },
    /only 1 event subscription of single vaults end at this app: of what is done to roles, locks, servers and other vaults it hears nothing/,
    /az resource list --resource-type Microsoft.EventGrid\/systemTopics/,
  ],
  [
    'events of a vault for a function that is not there',
    { ...wellInstalled, eventSubscriptions: events('on-vault', 'vault') },
    /'on-vault', which the host does not have/,
    undefined,
  ],
  [
    'no events from another subscription',
    {
      ...withAnother(...EVERY_PART),
      eventSubscriptions: { ...wellInstalled.eventSubscriptions, [ANOTHER]: present([]) },
    },
    new RegExp(`No event subscription of subscription ${ANOTHER}`),
    new RegExp(`--subscription ${ANOTHER}`),
  ],
  [
    'a part missing in another subscription',
    withAnother('observe', 'grants', 'consumers'),
    new RegExp(
      `'CMK Guardian Keys' allows, in subscription ${ANOTHER} or above: it recovers and extends no key and no vault there\\. Where Azure has no role of that name, define it first by infra/README\\.md\\.$`,
    ),
    new RegExp(`--role 'CMK Guardian Keys' --scope ${another}$`),
  ],
  [
    'the condition forgotten in another subscription',
    {
      ...withAnother(...EVERY_PART),
      elsewhere: {
        [ANOTHER]: present(
          EVERY_PART.map((part) => ({ ...aRole(part, another), ...aPart(part), scope: another, condition: '(x)' })),
        ),
      },
    },
    new RegExp(`assigned at ${another} with another condition`),
    new RegExp(`--scope ${another}`),
  ],
  [
    'Owner through a group',
    throughTeam(),
    /to the group 'platform', which the app's identity is in, without the condition/,
    new RegExp(`role assignment delete --assignee ${TEAM.id} --role 'Owner'`),
  ],
  [
    'a part missing where nobody may see groups',
    { ...without('CMK Guardian Keys'), groups: unknown('Graph answers 403') },
    /It may have one through a group: which groups it is in could not be seen\.$/,
    /--role 'CMK Guardian Keys'/,
  ],
  [
    'a private zone that nobody has linked to the network of the app',
    behindEndpoint(present([{ id: HUB, networks: [`${another}/…/virtualNetworks/hub`] }])),
    /zone .*privatelink\.blob\.core\.windows\.net is not linked to the network of the app, .*: it asks the public address, which is closed/,
    /az network private-dns link vnet create .*--zone-name privatelink.blob.core.windows.net --resource-group dns/,
  ],
  [
    'a private endpoint without a zone',
    behindEndpoint(present([])),
    /none of them writes its name to a private DNS zone/,
    undefined,
  ],
  [
    'DNS servers of its own',
    behindEndpoint(present([{ id: HUB, networks: [] }]), ['10.0.0.4']),
    /asks DNS servers of its own \(10\.0\.0\.4\): whether they know privatelink\.blob\.core\.windows\.net cannot be seen from here/,
    undefined,
  ],
  ['the role to look missing', without('CMK Guardian Observe'), /it sees nothing/, /--role 'CMK Guardian Observe'/],
  [
    'the role on keys missing',
    without('CMK Guardian Keys'),
    /recovers and extends no key/,
    /--role 'CMK Guardian Keys'/,
  ],
  [
    'the role on consumers missing',
    without('CMK Guardian Consumers'),
    /no consumer try its key again/,
    /resourceGroups\/<group of the consumers>/,
  ],
  [
    'the condition forgotten',
    withGrants(undefined),
    /without the condition: the app could give anybody any role/,
    /role assignment delete/,
  ],
  [
    'the condition of another identity',
    withGrants('(someone else)'),
    /another condition than infra\/role-assignment-condition.txt/,
    /role assignment delete/,
  ],
  [
    'Owner for the app',
    {
      ...wellInstalled,
      assignments: present([...ASSIGNMENTS, { ...aRole('o', '/subscriptions/x'), roleName: 'Owner', actions: ['*'] }]),
    },
    /'Owner' is assigned at \/subscriptions\/x without the condition/,
    /--role 'Owner'/,
  ],
  [
    'another tenant',
    withSettings({ GUARDIAN_APPROVER_TENANT: STRANGER }),
    new RegExp(`of the tenant ${TENANT}`),
    new RegExp(`GUARDIAN_APPROVER_TENANT=${TENANT}`),
  ],
  [
    'another audience',
    withSettings({ GUARDIAN_APPROVER_AUDIENCE: `api://${REGISTRATION}` }),
    new RegExp(`issued for ${REGISTRATION}: nobody can sign in`),
    new RegExp(`=${REGISTRATION}$`),
  ],
  [
    'a registration that is not there',
    { ...wellInstalled, registration: absent },
    /no app registration of that id/,
    undefined,
  ],
  [
    'a registration without its roles',
    { ...wellInstalled, registration: present({ appId: REGISTRATION, tokenVersion: 2, roles: ['Reader'] }) },
    /lacks the roles Requester, Operator/,
    undefined,
  ],
  [
    'a host that does not answer',
    { ...wellInstalled, health: present({ status: 503 }) },
    /does not start.* \(503\)/,
    /az functionapp keys list/,
  ],
  [
    'another program at its address',
    { ...wellInstalled, health: present({ status: 404 }) },
    /host does not serve the product: .* \(404\)/,
    /az functionapp restart/,
  ],
  [
    'a management group at which the app may not ask what lies below',
    { ...withGroup(...EVERY_PART), atManagementGroups: { 'landing-zones': present(ASSIGNMENTS) } },
    /'CMK Guardian Observe' allows at the management group landing-zones: it may not ask/,
    new RegExp(`--assignee-object-id ${PRINCIPAL} .*--scope ${LANDING}$`, 'm'),
  ],
  [
    'a subscription below it where the keys’ part is missing',
    withGroup('observe', 'grants', 'consumers'),
    new RegExp(`'CMK Guardian Keys' allows, in 1 of the subscriptions below .*They are ${ANOTHER}`),
    new RegExp(`--role 'CMK Guardian Keys' --scope ${another}$`, 'm'),
  ],
  [
    'a management group that is not there',
    { ...withGroup(), below: { 'landing-zones': absent }, elsewhere: {} },
    /names the management group landing-zones, and there is none of that name, or none that you may see/,
    undefined,
  ],
  [
    'one that stands for nothing',
    { ...withGroup(), below: { 'landing-zones': present([]) }, elsewhere: {} },
    /landing-zones of GUARDIAN_SCOPE stands for no subscription now/,
    undefined,
  ],
  [
    'an exclusion of what lies in none of them',
    { ...withGroup(...EVERY_PART), below: { 'landing-zones': present([ANOTHER]) } },
    new RegExp(`excludes !/subscriptions/${OUT}, which lies in nothing that it names now`),
    undefined,
  ],
];

describe('What is seen of an installation from outside', () => {
  it('is which subscriptions a management group stands for now, and nothing else where all is well', () => {
    const [one, ...others] = diagnose(withGroup(...EVERY_PART));
    expect(others).toEqual([]);
    expect(one).toEqual({
      weight: 'noted',
      sentence: `The management group landing-zones stands for 1 now: ${ANOTHER}. Excluded: ${OUT}.`,
      commands: [],
    });
  });

  it('is in one sentence what hundreds of subscriptions lack, and of an exclusion nothing where a management group does not answer', () => {
    const ids = Array.from({ length: 300 }, (_, n) => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`);
    const many: Facts = {
      ...withGroup(),
      below: { 'landing-zones': present(ids), other: unknown('Azure answers 403') },
      elsewhere: Object.fromEntries(ids.map((id) => [id, present([{ ...aPart('observe'), scope: LANDING }])])),
    };
    const findings = diagnose(many);
    expect(findings.map(({ sentence }) => sentence).filter((one) => /excludes/.test(one))).toEqual([]);
    const keys = findings.filter(({ sentence }) => sentence.includes("'CMK Guardian Keys'"));
    expect(keys).toHaveLength(1);
    expect(keys[0]?.sentence).toMatch(/in 300 of the subscriptions .* and 280 more/);
    expect(keys[0]?.commands).toHaveLength(20);
  });

  it('is nothing where it is as infra makes it', () => {
    expect(diagnose(wellInstalled)).toEqual([]);
  });

  it('is nothing either where its parts come through a group, another subscription has them, or a zone is linked', () => {
    const grouped = ASSIGNMENTS.map((one) => ({ ...one, through: TEAM }));
    expect(diagnose({ ...wellInstalled, groups: present([TEAM]), assignments: present(grouped) })).toEqual([]);
    expect(diagnose(withAnother(...EVERY_PART))).toEqual([]);
    expect(diagnose(behindEndpoint(present([{ id: HUB, networks: [NETWORK.toUpperCase()] }])))).toEqual([]);
  });

  it('asks no part of the role in the subscription of the app where that one is not guarded', () => {
    const facts = withAnother(...EVERY_PART);
    const scope = withSettings({ GUARDIAN_SCOPE: another }).settings;
    const own = present(ASSIGNMENTS.filter(({ roleName }) => !roleName.startsWith('CMK Guardian')));
    expect(diagnose({ ...facts, settings: scope, assignments: own })).toEqual([]);
  });

  it.each(MISTAKES)('tells of %s, with the command that mends it', (_what, facts, sentence, command) => {
    const findings = diagnose(facts);
    const found = findings.find((one) => sentence.test(one.sentence));
    expect({ sentence: found?.sentence, all: findings.map((one) => one.sentence) }).toMatchObject({
      sentence: expect.stringMatching(sentence),
    });
    if (command) expect(found?.commands.join('\n')).toMatch(command);
  });

  it('says what stops the product first of it, so that the first line is the cause', () => {
    const facts = {
      ...withSettings({ AzureWebJobsStorage__clientId: STRANGER }),
      functions: present([]),
      health: present({ status: 503 }),
    };
    expect(diagnose(facts).map(({ weight }) => weight)[0]).toBe('stops');
    expect(diagnose(facts)[0]?.sentence).toContain('AzureWebJobsStorage__clientId');
  });

  it('concludes nothing from what could not be read, and says what that is', () => {
    const nobodyKnows = unknown('Azure answers 403 AuthorizationFailed: no');
    const facts: Facts = {
      ...wellInstalled,
      tenantId: nobodyKnows,
      site: nobodyKnows,
      settings: nobodyKnows,
      functions: nobodyKnows,
      host: nobodyKnows,
      accounts: { stguardian: nobodyKnows },
      groups: nobodyKnows,
      assignments: nobodyKnows,
      elsewhere: { [ANOTHER]: nobodyKnows },
      below: { 'landing-zones': nobodyKnows },
      atManagementGroups: { 'landing-zones': nobodyKnows },
      eventSubscriptions: { [SUBSCRIPTION]: nobodyKnows },
      privateNames: nobodyKnows,
      zones: { stguardian: nobodyKnows },
      registration: nobodyKnows,
      health: nobodyKnows,
    };
    const findings = diagnose(facts);
    expect(findings).toEqual([
      {
        weight: 'unseen',
        sentence: expect.stringMatching(
          /^Nobody knows of the subscription, the function app, its settings, .*: Azure answers 403 AuthorizationFailed: no$/,
        ),
        commands: [],
      },
    ]);
    expect(findings[0]?.sentence.split(', ')).toHaveLength(16);
  });

  it('says first what stops it, whatever it found before that', () => {
    const findings = diagnose({ ...withAnother('observe', 'grants', 'consumers'), health: present({ status: 503 }) });
    expect(findings.map(({ weight }) => weight)).toEqual(['stops', 'limits']);
  });

  it('never shows the value of a connection string', () => {
    const facts = withSettings({
      AzureWebJobsStorage: 'AccountName=st;AccountKey=c2VjcmV0',
      GUARDIAN_NOTIFICATION_WEBHOOK: 'ftp://c2VjcmV0',
    });
    expect(JSON.stringify(diagnose(facts))).not.toContain('c2VjcmV0');
  });

  it('is mended by commands that the Azure CLI has', () => {
    const commands = MISTAKES.flatMap(([, facts]) => diagnose(facts).flatMap((one) => one.commands)).filter((one) =>
      one.startsWith('az '),
    );
    expect(commands.length).toBeGreaterThan(30);
    expect(commands.flatMap((line) => faultsOfCommand(wordsOf(line)))).toEqual([]);
    for (const line of commands)
      expect(line).toMatch(new RegExp(`${SUBSCRIPTION}|${ANOTHER}|${PRINCIPAL}|/subscriptions/`));
  });
});

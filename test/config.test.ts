import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../src/config/table.ts';
import { ConfigError, describeSettings, loadConfig, settingsInForce } from '../src/config.ts';

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000000';
const TENANT = '11111111-1111-1111-1111-111111111111';

const needed = { GUARDIAN_SCOPE: SUBSCRIPTION, AzureWebJobsStorage: 'UseDevelopmentStorage=true' };

const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    loadConfig({ ...needed, ...environment });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};

const policyOf = (environment: Record<string, string>) => loadConfig({ ...needed, ...environment }).policy;

describe('the settings', () => {
  it('that must be given are scope and storage; by default nothing is touched', () => {
    expect(loadConfig(needed)).toMatchObject({
      scope: { named: [SUBSCRIPTION], managementGroups: [], excluded: [] },
      policy: {
        mode: 'observe',
        autoReverse: [
          { step: 'recoverVault', scope: '*' },
          { step: 'recoverKey', scope: '*' },
        ],
        fuse: { rootCauses: 5, sharePercent: 0, windowMinutes: 60 },
        doNotHealTag: 'cmk-guardian:do-not-heal',
      },
      remediation: { nearExpiry: 'P30D', extension: 'P1Y', maximumKeyAge: 'P5Y' },
      sweepSchedule: '0 */5 * * * *',
      cloud: 'public',
      tablePrefix: 'guardian',
    });
  });

  it('are each used: none is read, and told of, that changes nothing', () => {
    const text = readFileSync(new URL('../src/config.ts', import.meta.url), 'utf8');
    const uses = (key: string): boolean =>
      text.includes(`values.${key}`) || new RegExp(`\\{[^}]*\\b${key}\\b[^}]*\\}: Values\\)`).test(text);
    const unused = Object.keys(SETTINGS).filter((key) => !uses(key));
    expect(unused, 'hand their values on in src/config.ts (toConfig), or take them out of the table').toEqual([]);
    expect(uses('patience')).toBe(false);
  });

  it('that are empty count as not set', () => {
    expect(loadConfig({ ...needed, GUARDIAN_MODE: ' ', GUARDIAN_APPROVER_TENANT: '' })).toEqual(loadConfig(needed));
  });

  it('of what is reversed unasked is an exception: empty, it names nothing, as the word none does', () => {
    for (const none of ['', ' ', 'none', ' none '])
      expect(policyOf({ GUARDIAN_AUTO_REVERSE: none }).autoReverse).toEqual([]);
  });

  it('may list several scopes, with spaces and slashes as people write them', () => {
    const scope = `${SUBSCRIPTION}/, ${SUBSCRIPTION}/resourceGroups/prod.(eu)_1`;
    expect(loadConfig({ ...needed, GUARDIAN_SCOPE: scope }).scope.named).toEqual([
      SUBSCRIPTION,
      `${SUBSCRIPTION}/resourceGroups/prod.(eu)_1`,
    ]);
  });

  it('may allow every reversal, or some in some places', () => {
    expect(policyOf({ GUARDIAN_AUTO_REVERSE: 'all' }).autoReverse).toBe('all');
    const vault = `${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/v`;
    expect(policyOf({ GUARDIAN_AUTO_REVERSE: `enableKey@${vault}, recoverKey@*` }).autoReverse).toEqual([
      { step: 'enableKey', scope: vault },
      { step: 'recoverKey', scope: '*' },
    ]);
  });

  it('prefer the account of one’s own to that of the Functions host', () => {
    expect(loadConfig({ ...needed, GUARDIAN_STORAGE_ACCOUNT: 'ledger' }).storage).toEqual({
      kind: 'account',
      account: 'ledger',
    });
  });

  it('keep the anchors in an account of their own, never in that of the ledger', () => {
    const apart = { ...needed, GUARDIAN_STORAGE_ACCOUNT: 'ledger', GUARDIAN_ANCHORS_ACCOUNT: 'anchors' };
    expect(loadConfig(apart).anchorsAccount).toBe('anchors');
    expect(loadConfig(needed).anchorsAccount).toBeUndefined();
    const same = /^GUARDIAN_ANCHORS_ACCOUNT is 'ledger', the account of the ledger/;
    expect(faultsOf({ ...apart, GUARDIAN_ANCHORS_ACCOUNT: 'ledger' })).toEqual([expect.stringMatching(same)]);
    const named = 'DefaultEndpointsProtocol=https;AccountName=ledger;AccountKey=a2V5;EndpointSuffix=core.windows.net';
    const beside = { AzureWebJobsStorage: named, GUARDIAN_ANCHORS_ACCOUNT: 'ledger' };
    expect(faultsOf(beside)).toEqual([expect.stringMatching(same)]);
  });

  it('say whose tokens count', () => {
    const approvers = { GUARDIAN_APPROVER_TENANT: TENANT, GUARDIAN_APPROVER_AUDIENCE: 'api://guardian' };
    expect(loadConfig({ ...needed, ...approvers }).approvers).toEqual({ tenantId: TENANT, audience: 'api://guardian' });
  });

  it('say whose tokens bring alerts, both of them or none', () => {
    const [tenant, audience] = [{ GUARDIAN_ALERT_TENANT: TENANT }, { GUARDIAN_ALERT_AUDIENCE: 'api://guardian' }];
    expect(loadConfig({ ...needed, ...tenant, ...audience }).alertSenders).toEqual({
      tenantId: TENANT,
      audience: 'api://guardian',
      application: '461e8683-5575-4561-ac7f-899cc907d62a',
    });
    expect(loadConfig(needed).alertSenders).toBeUndefined();
    expect(faultsOf({ ...needed, ...tenant })).toEqual([expect.stringMatching(/^GUARDIAN_ALERT_AUDIENCE is not set/)]);
    expect(faultsOf({ ...needed, ...audience })).toEqual([expect.stringMatching(/^GUARDIAN_ALERT_TENANT is not set/)]);
  });
});

describe('the settings in force', () => {
  const inForce = (environment: Record<string, string>) =>
    new Map(settingsInForce({ ...needed, ...environment }).map(({ purpose: _purpose, ...one }) => [one.name, one]));

  it('say what counts, and whether somebody has set it', () => {
    const all = inForce({ GUARDIAN_MODE: ' approve ', GUARDIAN_NEAR_EXPIRY: '' });
    expect(all.get('GUARDIAN_MODE')).toEqual({ name: 'GUARDIAN_MODE', is: 'set', value: 'approve' });
    expect(all.get('GUARDIAN_NEAR_EXPIRY')).toEqual({ name: 'GUARDIAN_NEAR_EXPIRY', is: 'default', value: 'P30D' });
    expect(all.get('GUARDIAN_OWNER_TAG')).toEqual({ name: 'GUARDIAN_OWNER_TAG', is: 'absent' });
    expect(inForce({ GUARDIAN_AUTO_REVERSE: '' }).get('GUARDIAN_AUTO_REVERSE')).toMatchObject({
      is: 'set',
      value: 'none',
    });
  });

  it('say of a secret only that it is set', () => {
    const all = settingsInForce({ ...needed, GUARDIAN_NOTIFICATION_WEBHOOK: 'https://hooks.example.com/s3cret' });
    expect(JSON.stringify(all)).not.toContain('s3cret');
    expect(JSON.stringify(all)).not.toContain(needed.AzureWebJobsStorage);
    expect(all.find(({ name }) => name === 'GUARDIAN_NOTIFICATION_WEBHOOK')).toMatchObject({ is: 'set' });
  });
});

describe('a start is refused', () => {
  it('with every fault in one message, each with its setting, its value and what is allowed', () => {
    const bad = { GUARDIAN_MODE: 'Auto', GUARDIAN_NEAR_EXPIRY: '30 days', GUARDIAN_FUSE_ROOT_CAUSES: '0' };
    expect(() => loadConfig(bad)).toThrow(
      [
        'CMK Guardian does not start: its settings are wrong.',
        "- GUARDIAN_MODE is 'Auto'; allowed: observe, approve or auto, in lower case.",
        '- GUARDIAN_SCOPE is not set; allowed: one or more of /subscriptions/{id}, /subscriptions/{id}/resourceGroups/{name} and /providers/Microsoft.Management/managementGroups/{name}, and what is excluded of them as !/subscriptions/{id} or !/subscriptions/{id}/resourceGroups/{name}, separated by commas.',
        "- GUARDIAN_NEAR_EXPIRY is '30 days'; allowed: an ISO 8601 duration of whole numbers, such as P30D, P1Y or PT6H.",
        "- GUARDIAN_FUSE_ROOT_CAUSES is '0'; allowed: a whole number from 1 to 9999.",
        '- AzureWebJobsStorage and GUARDIAN_STORAGE_ACCOUNT are not set; one of them must say where ledger and records live.',
      ].join('\n'),
    );
  });

  it.each([
    ['GUARDIAN_SCOPE', '/subscriptions/prod'],
    ['GUARDIAN_SCOPE', `${SUBSCRIPTION}/resourceGroups`],
    ['GUARDIAN_SCOPE', `${SUBSCRIPTION}/providers/Microsoft.KeyVault/vaults/v`],
    ['GUARDIAN_SCOPE', 'prod'],
    ['GUARDIAN_AUTO_REVERSE', 'recoverKey'],
    ['GUARDIAN_AUTO_REVERSE', 'enablePurgeProtection@*'],
    ['GUARDIAN_AUTO_REVERSE', 'recoverKeys@*'],
    ['GUARDIAN_AUTO_REVERSE', 'RecoverKey@*'],
    ['GUARDIAN_AUTO_REVERSE', 'All'],
    ['GUARDIAN_AUTO_REVERSE', 'None'],
    ['GUARDIAN_AUTO_REVERSE', 'recoverKey@prod'],
    ['GUARDIAN_DEDICATED_VAULTS', 'a_vault'],
    ['GUARDIAN_KEY_EXTENSION', 'P'],
    ['GUARDIAN_FUSE_WINDOW', 'PT0S'],
    ['GUARDIAN_FUSE_SHARE', '1000'],
    ['GUARDIAN_QUOTA_SHARE', '0'],
    ['GUARDIAN_QUOTA_SHARE', '1000'],
    ['GUARDIAN_DO_NOT_HEAL_TAG', 'do/not'],
    ['GUARDIAN_SWEEP_SCHEDULE', '*/5 * * * *'],
    ['GUARDIAN_SWEEP_SCHEDULE', '0 60 * * * *'],
    ['GUARDIAN_CLOUD', 'germany'],
    ['GUARDIAN_APPROVER_TENANT', 'contoso.onmicrosoft.com'],
    ['GUARDIAN_APPROVER_ISSUER', 'http://login.example'],
    ['GUARDIAN_STORAGE_ACCOUNT', 'Ledger'],
    ['GUARDIAN_TABLE_PREFIX', 'my-tables'],
  ])('when %s is %s', (name, value) => {
    const fault = faultsOf({ [name]: value }).find((one) => one.startsWith(`${name} is '${value}'; allowed: `));
    expect(fault).toBeDefined();
  });

  it('naming the wrong entry of a list', () => {
    expect(faultsOf({ GUARDIAN_SCOPE: `${SUBSCRIPTION}, /subscriptions/prod` })).toEqual([
      expect.stringMatching(/^GUARDIAN_SCOPE is '\/subscriptions\/prod'; allowed: /),
    ]);
  });

  it.each(['none,recoverKey@*', 'all, none', 'none,none'])(
    'when nothing and something are reversed at once: %s',
    (both) => {
      expect(faultsOf({ GUARDIAN_AUTO_REVERSE: both })).toEqual([
        expect.stringMatching(/^GUARDIAN_AUTO_REVERSE is 'none'; allowed: none, all, or entries /),
      ]);
    },
  );

  it('without the value of a secret', () => {
    const faults = faultsOf({ AzureWebJobsStorage: 'AccountKey=hunter2' });
    expect(faults).toEqual([expect.stringMatching(/^AzureWebJobsStorage .*; allowed: /)]);
    expect(faults.join()).not.toContain('hunter2');
  });

  it.each([
    ['a connection string', 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=hunter2'],
    ['a URL with a signature', 'https://a.blob.core.windows.net/x?sv=1&sig=hunter2'],
    ['the URL of a function', 'http://a.azurewebsites.net/api/x?code=hunter2'],
    ['the URL of a webhook', 'http://hooks.example/services/T0/B0/hunter2'],
    ['a URL with a password', 'http://somebody:hunter2@hooks.example'],
    ['a token', 'eyJhbGciOiJub25lIn0.hunter2'],
    ['a key', `hunter2${'0123456789abcdef'.repeat(3)}==`],
    ['a private key', '-----BEGIN PRIVATE KEY-----hunter2'],
  ])('without %s that was put into the wrong setting', (_what, value) => {
    const secretless = describeSettings().filter(({ name }) => !name.startsWith('AzureWebJobs'));
    for (const { name } of secretless) expect(faultsOf({ [name]: value }).join()).not.toContain('hunter2');
    expect(faultsOf({ GUARDIAN_STORAGE_ACCOUNT: value })).toEqual([
      expect.stringMatching(/^GUARDIAN_STORAGE_ACCOUNT holds something else; allowed: /),
    ]);
  });

  it('with a webhook that holds a password, which could not be posted to', () => {
    expect(faultsOf({ GUARDIAN_NOTIFICATION_WEBHOOK: 'https://somebody:hunter2@hooks.example' })).toEqual([
      'GUARDIAN_NOTIFICATION_WEBHOOK holds something else; allowed: an https URL without a password.',
    ]);
  });

  it.each([
    ['http://incidents.koreacentral-1.eventgrid.azure.net/api/events', {}],
    ['https://incidents.koreacentral-1.eventgrid.azure.net.contoso.com/api/events', {}],
    ['https://incidents.koreacentral-1.eventgrid.azure.net/api/events?sig=secret', {}],
    ['https://incidents.koreacentral-1.eventgrid.azure.net', {}],
    ['https://incidents.usgovvirginia-1.eventgrid.azure.us/api/events', {}],
    ['https://incidents.koreacentral-1.eventgrid.azure.net/api/events', { GUARDIAN_CLOUD: 'china' }],
  ])('with a topic that is none of the cloud: %s', (GUARDIAN_TOPIC_ENDPOINT, more) => {
    expect(faultsOf({ GUARDIAN_TOPIC_ENDPOINT, ...more })).toEqual([
      expect.stringContaining('GUARDIAN_TOPIC_ENDPOINT'),
    ]);
  });

  it('when a setting is not one', () => {
    expect(faultsOf({ GUARDIAN_MODUS: 'auto' })).toEqual([
      'GUARDIAN_MODUS: no such setting; look for a typing mistake.',
    ]);
  });

  it('when nobody could approve', () => {
    expect(faultsOf({ GUARDIAN_MODE: 'approve' })).toEqual([expect.stringContaining('GUARDIAN_APPROVER_TENANT')]);
    expect(faultsOf({ GUARDIAN_APPROVER_TENANT: TENANT })).toEqual([
      expect.stringContaining('GUARDIAN_APPROVER_AUDIENCE'),
    ]);
  });

  it('when an extended key would be near its expiry again, or may not be extended at all', () => {
    expect(faultsOf({ GUARDIAN_KEY_EXTENSION: 'P30D' })).toEqual([expect.stringContaining('GUARDIAN_NEAR_EXPIRY')]);
    expect(faultsOf({ GUARDIAN_MAXIMUM_KEY_AGE: 'P6M' })).toEqual([expect.stringContaining('GUARDIAN_KEY_EXTENSION')]);
  });
});

describe('local.settings.sample.json', () => {
  const sample: { IsEncrypted: boolean; Values: Record<string, string> } = JSON.parse(
    readFileSync(new URL('../local.settings.sample.json', import.meta.url), 'utf8'),
  );

  it('names every setting with its default, an example, or nothing', () => {
    const settings = describeSettings().map(({ name, default: fallback, example }) => [
      name,
      fallback ?? example ?? '',
    ]);
    expect(sample.Values, 'local.settings.sample.json has to have the lines of src/config/table.ts').toEqual({
      FUNCTIONS_WORKER_RUNTIME: 'node',
      ...Object.fromEntries(settings),
    });
    expect(sample.IsEncrypted).toBe(false);
  });

  it('starts the app as it is', () => {
    expect(loadConfig(sample.Values)).toEqual(loadConfig(needed));
  });
});

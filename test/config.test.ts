import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, describeSettings, loadConfig } from '../src/config.ts';
import { settingsTable } from './builders/settings-table.ts';

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
      scopes: [SUBSCRIPTION],
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

  it('that are empty count as not set', () => {
    expect(loadConfig({ ...needed, GUARDIAN_MODE: ' ', GUARDIAN_APPROVER_TENANT: '' })).toEqual(loadConfig(needed));
  });

  it('may list several scopes, with spaces and slashes as people write them', () => {
    const scope = `${SUBSCRIPTION}/, ${SUBSCRIPTION}/resourceGroups/prod.(eu)_1`;
    expect(loadConfig({ ...needed, GUARDIAN_SCOPE: scope }).scopes).toEqual([
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

  it('say whose tokens count', () => {
    const approvers = { GUARDIAN_APPROVER_TENANT: TENANT, GUARDIAN_APPROVER_AUDIENCE: 'api://guardian' };
    expect(loadConfig({ ...needed, ...approvers }).approvers).toEqual({ tenantId: TENANT, audience: 'api://guardian' });
  });
});

describe('a start is refused', () => {
  it('with every fault in one message, each with its setting, its value and what is allowed', () => {
    const bad = { GUARDIAN_MODE: 'Auto', GUARDIAN_NEAR_EXPIRY: '30 days', GUARDIAN_FUSE_ROOT_CAUSES: '0' };
    expect(() => loadConfig(bad)).toThrow(
      [
        'CMK Guardian does not start: its settings are wrong.',
        "- GUARDIAN_MODE is 'Auto'; allowed: observe, approve or auto, in lower case.",
        '- GUARDIAN_SCOPE is not set; allowed: one or more of /subscriptions/{id} and /subscriptions/{id}/resourceGroups/{name}, separated by commas.',
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

  it('without the value of a secret', () => {
    const faults = faultsOf({ AzureWebJobsStorage: 'AccountKey=hunter2' });
    expect(faults).toEqual([expect.stringMatching(/^AzureWebJobsStorage .*; allowed: /)]);
    expect(faults.join()).not.toContain('hunter2');
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
    expect(sample.Values).toEqual({ FUNCTIONS_WORKER_RUNTIME: 'node', ...Object.fromEntries(settings) });
    expect(sample.IsEncrypted).toBe(false);
  });

  it('starts the app as it is', () => {
    expect(loadConfig(sample.Values)).toEqual(loadConfig(needed));
  });
});

describe('the README', () => {
  it('has a line for every setting', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const table = /<!-- settings -->\n([\s\S]*?)\n<!-- \/settings -->/.exec(readme)?.[1];
    expect(table).toBe(settingsTable());
  });
});

import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config.ts';

const NEEDED = {
  GUARDIAN_SCOPE: '/subscriptions/00000000-0000-0000-0000-000000000000',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
};

const targetsOf = (targets: unknown) =>
  loadConfig({
    ...NEEDED,
    GUARDIAN_MESSAGE_TARGETS: typeof targets === 'string' ? targets : JSON.stringify(targets),
  }).messageTargets;

const faultOf = (targets: unknown): string => {
  try {
    targetsOf(targets);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  throw new Error('It was taken.');
};

const TEAMS = { name: 'team', channel: 'teams', url: 'https://prod-1.westeurope.logic.azure.com/workflows/s3cr3t' };
const PAGER = { name: 'pager', channel: 'pagerduty', key: '0123456789abcdef0123456789abcdef' };

describe('the targets of messages', () => {
  it('are none where nothing is set', () => {
    expect(loadConfig(NEEDED).messageTargets).toEqual([]);
  });

  it('are read with all by which they are chosen', () => {
    const chosen = { kinds: ['ask', 'report'], impact: 'down', scopes: ['/subscriptions/1'], owners: ['team-a'] };
    expect(targetsOf([{ ...TEAMS, ...chosen }])).toEqual([{ ...TEAMS, key: '', ...chosen }]);
  });

  it('are read with harm, the earlier name of impact, for one version, and not with both', () => {
    expect(targetsOf([{ ...TEAMS, harm: 'down' }])).toEqual(targetsOf([{ ...TEAMS, impact: 'down' }]));
    expect(faultOf([{ ...TEAMS, harm: 'down', impact: 'down' }])).toContain('harm is the earlier name of impact');
    expect(faultOf([{ ...TEAMS, harm: 's3cr3t' }])).toContain('impact must be down or threatened');
  });

  it('of PagerDuty have a routing key, and the address of their region', () => {
    expect(targetsOf([PAGER, { ...PAGER, name: 'eu', region: 'eu' }]).map(({ url }) => url)).toEqual([
      'https://events.pagerduty.com/v2/enqueue',
      'https://events.eu.pagerduty.com/v2/enqueue',
    ]);
  });

  it.each([
    ['no JSON', 's3cr3t', 'no JSON list of at most 20 objects'],
    ['no list', { ...TEAMS }, 'no JSON list'],
    ['another channel', [{ ...TEAMS, channel: 'fax' }], 'entry 1: channel must be one of teams, slack'],
    ['http', [TEAMS, { ...TEAMS, name: 'b', url: 'http://s3cr3t' }], 'entry 2: url must be an https URL'],
    ['no key', [{ name: 'p', channel: 'pagerduty' }], 'entry 1: key must be a routing key'],
    ['a key for a chat', [{ ...TEAMS, key: 's3cr3t' }], 'entry 1: key and region are for pagerduty alone'],
    ['another kind', [{ ...TEAMS, kinds: ['s3cr3t'] }], 'entry 1: kinds must be a list of ask, run'],
    ['a filter that lets nothing through', [{ ...TEAMS, owners: [] }], 'entry 1: owners must be a list'],
    ['a mistyped member', [{ ...TEAMS, kind: 'ask' }], 'entry 1: a member is none of name, channel'],
    ['one name twice', [TEAMS, TEAMS], 'entry 2: its name is that of another one'],
  ])('that have %s are refused by place and member, and never by what they hold', (_what, targets, said) => {
    expect(faultOf(targets)).toContain(said);
    expect(faultOf(targets)).not.toContain('s3cr3t');
  });
});

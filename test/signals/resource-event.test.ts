import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseResourceEvent } from '../../src/signals/resource-event.ts';

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000001';
const GROUP = `${SUBSCRIPTION}/resourcegroups/data`;
const VAULT = `${GROUP}/providers/microsoft.keyvault/vaults/contoso`;
const SERVER = `${GROUP}/providers/microsoft.dbformysql/servers/orders`;
const IDENTITY = `${GROUP}/providers/microsoft.managedidentity/userassignedidentities/web`;
const ASSIGNMENT = '/providers/Microsoft.Authorization/roleAssignments/0f2b7c1e-0000-0000-0000-000000000002';

type Verb = 'Write' | 'Delete' | 'Action';

/** The event as the documents show it: without the written body, and without `httpRequest` for a new resource. */
const eventGrid = (subject: unknown, verb: Verb = 'Write', changes: object = {}) => ({
  id: '00eccf70-95a7-4e7c-8299-2eb17ee9ad64',
  topic: SUBSCRIPTION,
  subject,
  eventType: `Microsoft.Resources.Resource${verb}Success`,
  eventTime: '2026-03-02T01:08:33.1036736Z',
  data: {
    correlationId: '11111111-0000-0000-0000-000000000000',
    resourceProvider: 'Microsoft.DBforMySQL',
    resourceUri: subject,
    operationName: 'Microsoft.DBforMySQL/servers/write',
    status: 'Succeeded',
  },
  dataVersion: '2',
  metadataVersion: '1',
  ...changes,
});
const cloudEvent = (subject: unknown, verb: Verb = 'Write') => {
  const { topic: source, eventType: type, eventTime: time, id, data } = eventGrid(subject, verb);
  return { id, source, subject, type, time, specversion: '1.0', data };
};

const about = (kind: string, id: string) => ({ kind: 'signal', about: kind, id });

describe('a write, a deletion or an action names', () => {
  it.each([
    ['a single server', SERVER, about('consumer', SERVER)],
    ['the key of a single server as that server', `${SERVER}/keys/contoso_cmk_1`, about('consumer', SERVER)],
    [
      'a flexible server',
      SERVER.replace('servers', 'flexibleServers'),
      about('consumer', SERVER.replace('servers', 'flexibleservers')),
    ],
    [
      'a disk encryption set',
      `${GROUP}/providers/Microsoft.Compute/diskEncryptionSets/d`,
      about('consumer', `${GROUP}/providers/microsoft.compute/diskencryptionsets/d`),
    ],
    ['a vault', VAULT, about('vault', VAULT)],
    ['access policies as their vault', `${VAULT}/accessPolicies/add`, about('vault', VAULT)],
    ['access policies without a word after them as their vault', `${VAULT}/accessPolicies`, about('vault', VAULT)],
    ['a role assignment at a vault as that vault', `${VAULT}${ASSIGNMENT}`, about('vault', VAULT)],
    ['one at a key as that key', `${VAULT}/keys/CMK${ASSIGNMENT}`, { ...about('vault', VAULT), keyName: 'cmk' }],
    ['one at a resource group as that scope', `${GROUP}${ASSIGNMENT}`, about('wideScope', GROUP)],
    ['one at a subscription as that scope', `${SUBSCRIPTION}${ASSIGNMENT}`, about('wideScope', SUBSCRIPTION)],
  ])('%s, in either schema', (_what, subject, signal) => {
    for (const verb of ['Write', 'Delete', 'Action'] as const) {
      expect(parseResourceEvent(eventGrid(subject, verb))).toEqual(signal);
      expect(parseResourceEvent(cloudEvent(subject, verb))).toEqual(signal);
    }
  });

  it('an identity where it was deleted, and only there', () => {
    expect(parseResourceEvent(eventGrid(IDENTITY, 'Delete'))).toEqual(about('identity', IDENTITY));
    expect(parseResourceEvent(eventGrid(IDENTITY, 'Write'))).toMatchObject({ kind: 'ignored' });
  });

  it.each([
    ['the other spelling of resource groups', eventGrid(SERVER.replace('resourcegroups', 'resourceGroups'))],
    ['capitals', eventGrid(SERVER.toUpperCase())],
    ['doubled slashes', eventGrid(SERVER.replace('/providers', '//providers').replace('/orders', '//orders'))],
    ['no data', eventGrid(SERVER, 'Write', { data: null })],
    ['the resource in its data alone', eventGrid(SERVER, 'Write', { subject: '' })],
    ['the topic of its resource group', eventGrid(SERVER, 'Write', { topic: GROUP.toUpperCase() })],
  ])('the same with %s', (_what, event) => expect(parseResourceEvent(event)).toEqual(about('consumer', SERVER)));
});

describe('an event is ignored', () => {
  it.each([
    ['of a deployment', eventGrid(`${GROUP}/providers/Microsoft.Resources/deployments/portal-1`)],
    ['of a deployment by its temporary id', eventGrid(`${GROUP}/deployments/Microsoft.StorageAccount-20180721223827`)],
    ['of a resource group', eventGrid(GROUP)],
    ['of a namespace', eventGrid(`${SUBSCRIPTION}/providers/Microsoft.KeyVault`, 'Action')],
    ['with a name that no server can have', eventGrid(`${SERVER} 2`)],
    ['of a list', eventGrid(`${GROUP}/providers/Microsoft.KeyVault/vaults`)],
    ['of what has blanks in its name', eventGrid(`${GROUP}/providers/Microsoft.Insights/actionGroups/Smart Detection`)],
    ['of a firewall rule of a server', eventGrid(`${SERVER}/firewallRules/office`)],
    ['of a role assignment at what holds no keys', eventGrid(`${SERVER}${ASSIGNMENT}`)],
    ['of one at a secret', eventGrid(`${VAULT}/secrets/password${ASSIGNMENT}`)],
    ['of a write that failed', eventGrid(SERVER, 'Write', { eventType: 'Microsoft.Resources.ResourceWriteFailure' })],
    ['of another kind', eventGrid(SERVER, 'Write', { eventType: 'Microsoft.Storage.BlobCreated' })],
  ])('%s', (_what, event) => expect(parseResourceEvent(event)).toMatchObject({ kind: 'ignored' }));
});

describe('an event is refused as malformed, in words,', () => {
  it.each([
    ['without a type', eventGrid(SERVER, 'Write', { eventType: undefined }), 'neither eventType nor type'],
    ['from a vault', eventGrid(SERVER, 'Write', { topic: VAULT }), 'no subscription or resource group'],
    ['from nowhere', eventGrid(SERVER, 'Write', { topic: undefined }), 'no subscription or resource group'],
    ['without a subject', eventGrid(undefined), 'not the id of a resource'],
    ['with a path for a subject', eventGrid('/subscriptions/../resourceGroups'), 'not the id of a resource'],
    ['with a path behind its resource', eventGrid(`${SERVER}/../other`), 'not the id of a resource'],
    ['with an encoded slash', eventGrid(`${SERVER}%2F..`), 'not the id of a resource'],
    ['with a subject that is too long', eventGrid(`${SERVER}${'/keys/k'.repeat(10_000)}`), 'not the id of a resource'],
    ['about another subscription', eventGrid(SERVER.replace('0001/', '0002/')), 'another place than its topic'],
    ['that is a list of two', [eventGrid(SERVER), eventGrid(SERVER)], 'neither eventType nor type'],
    ['that is nothing', null, 'neither eventType nor type'],
  ])('%s', (_what, event, words) =>
    expect(parseResourceEvent(event)).toEqual({ kind: 'malformed', why: expect.stringContaining(words) }),
  );
});

describe('whatever arrives', () => {
  const segment = fc.oneof(
    fc.constantFrom('providers', 'Microsoft.KeyVault', 'vaults', 'keys', 'accessPolicies', 'roleAssignments', '..', ''),
    fc.string(),
  );
  const subject = fc
    .tuple(fc.constantFrom(SERVER, VAULT, GROUP, IDENTITY), fc.array(segment, { maxLength: 3 }))
    .map(([id, more]) => [id, ...more].join('/'));
  const close = fc
    .tuple(fc.oneof(subject, fc.anything()), fc.constantFrom<Verb>('Write', 'Delete', 'Action'), fc.object())
    .chain(([id, verb, data]) => fc.constantFrom(eventGrid(id, verb, { data }), cloudEvent(id, verb)));

  it('nothing is thrown, and nothing but identifiers in the topic comes out', () => {
    fc.assert(
      fc.property(fc.oneof(close, fc.anything()), (event) => {
        const answer = parseResourceEvent(event);
        if (answer.kind !== 'signal') {
          expect(answer.why).toMatch(/\S/);
          return;
        }
        const { kind: _kind, about: _about, id, ...names } = answer;
        expect(id === SUBSCRIPTION || id.startsWith(`${SUBSCRIPTION}/`)).toBe(true);
        expect(id).toMatch(/^[^\s?#]+$/);
        for (const name of Object.values(names)) expect(name).toMatch(/^[^/\s?#]{1,260}$/);
      }),
      { numRuns: 2000 },
    );
  });

  it('close ones are understood often enough for that to say something', () => {
    const heard = fc
      .sample(close, { numRuns: 1000, seed: 1 })
      .filter((one) => parseResourceEvent(one).kind === 'signal');
    expect(heard.length).toBeGreaterThan(100);
  });
});

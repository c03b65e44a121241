import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAlert } from '../../src/signals/alert.ts';
import type { AlertReading } from '../../src/signals/alert-reading.ts';
import { processorMs } from '../builders/processor-time.ts';

const folder = path.join(import.meta.dirname, 'fixtures', 'alerts');
const load = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));

type Right = Pick<AlertReading, 'schema' | 'state' | 'reading' | 'ids'>;
const READINGS = load('readings.json') as Readonly<Record<string, Right>>;

const SUBSCRIPTION = '/subscriptions/11111111-1111-1111-1111-111111111111';
const GROUP = `${SUBSCRIPTION}/resourceGroups/rg-data/providers`;
const VAULT = `${GROUP}/Microsoft.KeyVault/vaults/kv-orders`;
const SERVER = `${GROUP}/Microsoft.DBforMySQL/flexibleServers/mysql-orders`;
const SINGLE = `${GROUP}/Microsoft.DBforMySQL/servers/mysql-orders`;
const WORKSPACE = `${SUBSCRIPTION}/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/log`;

const alert = (essentials: object, alertContext: unknown = {}, more: object = {}) => ({
  schemaId: 'azureMonitorCommonAlertSchema',
  data: {
    essentials: {
      alertId: `${SUBSCRIPTION}/providers/Microsoft.AlertsManagement/alerts/one`,
      alertRule: 'orders-rule',
      monitorCondition: 'Fired',
      monitoringService: 'Log Alerts V2',
      alertTargetIDs: [VAULT],
      ...essentials,
    },
    alertContext,
    ...more,
  },
});

const byDimensions = (dimensions: unknown): object => ({ condition: { allOf: [{ dimensions }] } });
const vaultSignal = { kind: 'signal', about: 'vault', id: VAULT.toLowerCase() };

describe('An alert of a public shape is read rightly', () => {
  it('has a reading for each of its files', () => {
    const files = readdirSync(folder).filter((name) => name !== 'readings.json');
    expect(files.toSorted()).toEqual(Object.keys(READINGS).toSorted());
    expect(files.length).toBeGreaterThanOrEqual(34);
  });
  it.each(Object.entries(READINGS))('%s', (name, { schema, state, reading, ids }) =>
    expect(readAlert(load(name))).toMatchObject({ schema, state, reading, ids }),
  );
  it.each(Object.keys(READINGS))('%s, also where it comes as a text that holds JSON', (name) =>
    expect(readAlert(JSON.stringify(load(name)))).toEqual(readAlert(load(name))),
  );
});

describe('An alert in a batch of one', () => {
  it.each(Object.keys(READINGS))('is read as it would be alone, state and all, also as a text: %s', (name) => {
    const alone = readAlert(load(name));
    expect(readAlert([load(name)])).toEqual(alone);
    expect(readAlert(JSON.stringify([load(name)]))).toEqual(alone);
  });
});

describe('What an alert names is what is looked at', () => {
  it('each of several targets', () =>
    expect(readAlert(load('two-targets.json')).signals).toEqual([
      vaultSignal,
      {
        kind: 'signal',
        about: 'consumer',
        id: `${GROUP}/Microsoft.Compute/diskEncryptionSets/des-orders`.toLowerCase(),
      },
    ]));

  it.each([
    ['its name', 'KeyName', 'orders-cmk'],
    ['its identifier', 'id_s', 'https://kv-orders.vault.azure.net/keys/orders-cmk/0123456789abcdef0123456789abcdef'],
    ['the request', 'requestUri_s', 'https://kv-orders.vault.azure.net/keys/orders-cmk?api-version=7.4'],
    [
      'what was done with it',
      'requestUri_s',
      `https://kv-orders.vault.azure.net:443/keys/orders-cmk/${'0a'.repeat(16)}/unwrapkey?api-version=7.4`,
    ],
    ['its name in a list', 'KeyName', ['ORDERS-CMK']],
  ])('of a rule of a workspace the vault of its dimension, and the key by %s', (_what, name, value) => {
    const context = byDimensions([
      { name: '_ResourceId', value: VAULT },
      { name, value },
    ]);
    expect(readAlert(alert({ alertTargetIDs: [WORKSPACE] }, context)).signals).toEqual([
      { ...vaultSignal, keyName: 'orders-cmk' },
    ]);
  });

  it('the same where the dimensions are the members of one object', () => {
    const context = byDimensions({ _ResourceId: [VAULT], KeyName: 'orders-cmk' });
    expect(readAlert(alert({ alertTargetIDs: [WORKSPACE] }, context)).signals).toEqual([
      { ...vaultSignal, keyName: 'orders-cmk' },
    ]);
  });

  it.each([
    ['that no key can have', 'a/b'],
    ['that is empty, as of an operation on the vault', ''],
    ['of a key of another vault', 'https://fabrikam.vault.azure.net/keys/orders-cmk'],
    ['that is a number', 7],
  ])('all of the vault where the key has a name %s', (_what, value) => {
    const context = byDimensions([{ name: 'KeyName', value }]);
    expect(readAlert(alert({}, context)).signals).toEqual([vaultSignal]);
  });

  it('the vault of a key that is named by its resource id', () =>
    expect(readAlert(alert({ alertTargetIDs: [`${VAULT}/keys/orders-cmk`] })).signals).toEqual([
      { ...vaultSignal, keyName: 'orders-cmk' },
    ]));

  it('the vault of a version that is named by its resource id', () =>
    expect(readAlert(alert({ alertTargetIDs: [`${VAULT}/keys/orders-cmk/versions/0a1b`] })).signals).toEqual([
      { ...vaultSignal, keyName: 'orders-cmk' },
    ]));

  it.each([
    ['a list inside a text', { alertTargetIDs: JSON.stringify([VAULT]) }, {}],
    ['a text alone', { alertTargetIDs: VAULT }, {}],
    ['another casing of the members', { alertTargetIDs: undefined, AlertTargetIds: [VAULT] }, {}],
    [
      'a slash doubled, and blanks around it',
      { alertTargetIDs: [` ${VAULT.replace('/resourceGroups', '//resourceGroups')} `] },
      {},
    ],
    [
      'one beside it that has blanks in its name',
      { alertTargetIDs: [`${GROUP}/Microsoft.Insights/actionGroups/Smart Detection`, VAULT] },
      {},
    ],
    ['numbers beside it', { alertTargetIDs: [7, null, VAULT] }, {}],
    ['a context inside a text', { alertTargetIDs: [] }, JSON.stringify({ authorization: { scope: VAULT } })],
    [
      'dimensions inside a text',
      { alertTargetIDs: [] },
      byDimensions(JSON.stringify([{ name: 'ResourceId', value: VAULT }])),
    ],
    ['the authorization inside a text', { alertTargetIDs: [] }, { authorization: JSON.stringify({ scope: VAULT }) }],
  ])('with %s', (_what, essentials, context) =>
    expect(readAlert(alert(essentials, context))).toMatchObject({ reading: 'names', signals: [vaultSignal] }),
  );

  it('though no schema is known, where it names something of ours', () =>
    expect(readAlert({ text: 'a rule of our own', resource: { uri: SERVER } })).toMatchObject({
      schema: 'unknown',
      state: 'none',
      reading: 'names',
      signals: [{ about: 'consumer', id: SERVER.toLowerCase() }],
    }));
});

describe('What many ids of an alert are one reason for is looked at once', () => {
  const many = (id: (at: number) => string) => alert({ alertTargetIDs: Array.from({ length: 50 }, (_, at) => id(at)) });

  it.each([
    ['parts of a server', (at: number) => `${SINGLE}/keys/k${at}`, { about: 'consumer', id: SINGLE.toLowerCase() }],
    [
      'roles at a subscription',
      (at: number) => `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments/${at}`,
      { about: 'wideScope', id: SUBSCRIPTION },
    ],
    [
      'roles at a key',
      (at: number) => `${VAULT}/keys/cmk/providers/Microsoft.Authorization/roleAssignments/${at}`,
      { about: 'vault', id: VAULT.toLowerCase(), keyName: 'cmk' },
    ],
    ['versions of a key', (at: number) => `${VAULT}/keys/cmk/versions/${at}`, { about: 'vault', keyName: 'cmk' }],
  ])('%s', (_what, id, signal) => {
    const { ids, signals } = readAlert(many(id));
    expect(ids).toHaveLength(50);
    expect(signals).toMatchObject([{ kind: 'signal', ...signal }]);
  });

  it('and what are several stays several', () =>
    expect(readAlert(many((at) => `${VAULT}/keys/k${at}`)).signals).toHaveLength(50));
});

it.each([
  ['Resolved', { status: 'Active', properties: { currentHealthStatus: 'Unavailable' } }, 'resolved'],
  ['Fired', { status: 'Resolved', properties: { currentHealthStatus: 'Available' } }, 'fired'],
  [undefined, { status: 'Resolved' }, 'none'],
])('monitorCondition %s alone says its state', (monitorCondition, context, state) =>
  expect(readAlert(alert({ monitorCondition }, context))).toMatchObject({ state, reading: 'names' }),
);

describe('An alert is held in quarantine, in words,', () => {
  it.each([
    ['where it names nothing', alert({ alertTargetIDs: [] }), 'names no resource'],
    ['where what it names is no id', alert({ alertTargetIDs: ['kv-orders', null] }), 'names no resource'],
    [
      'where what was authorized is elsewhere',
      alert({}, { authorization: { scope: VAULT.replace('kv-orders', 'fabrikam') } }),
      'different resources',
    ],
    [
      'where its dimension is of another resource',
      alert({}, byDimensions([{ name: 'microsoft.resourceId', value: SERVER }])),
      'different resources',
    ],
    [
      'where it names too much',
      alert({ alertTargetIDs: Array.from({ length: 60 }, (_, at) => `${VAULT}${at}`) }),
      'more than 50 resources',
    ],
    ['where nobody knows its schema', { schemaId: 'of-my-own', data: { resource: 'kv-orders' } }, 'no schema'],
    ['where it names only what is not ours', { resource: WORKSPACE }, 'no schema'],
    ['where it is no object', 'hello', 'no schema'],
    ['where it is nothing', undefined, 'no schema'],
  ])('%s', (_what, payload, words) =>
    expect(readAlert(payload)).toMatchObject({
      reading: 'quarantine',
      ids: [],
      signals: [],
      why: expect.stringContaining(words),
    }),
  );
});

it.each(['test-action-administrative.json', 'test-action-storage-metric.json'])(
  'The portal’s test is known: %s',
  (name) => expect(readAlert(load(name))).toMatchObject({ reading: 'ignore', isTest: true }),
);

describe('Whatever arrives', () => {
  const ids = fc.constantFrom(
    VAULT,
    SERVER,
    WORKSPACE,
    SUBSCRIPTION,
    `${VAULT}/keys/one`,
    'kv-orders',
    '',
    '/subscriptions/',
  );
  const anything = fc.oneof(fc.anything(), fc.string(), ids);
  const close = fc
    .record({ targets: fc.oneof(fc.array(anything), anything), state: anything, scope: anything, dimensions: anything })
    .map(({ targets, state, scope, dimensions }) =>
      alert(
        { alertTargetIDs: targets, monitorCondition: state },
        { authorization: { scope }, ...byDimensions(dimensions) },
      ),
    );

  it('nothing is thrown, and nothing but small ids of ours comes out', () => {
    fc.assert(
      fc.property(fc.oneof(anything, close), (payload) => {
        const { reading, ids: named, signals, why } = readAlert(payload);
        expect(why).toMatch(/\S/);
        expect(signals.length > 0).toBe(reading === 'names');
        expect(signals.length).toBeLessThanOrEqual(50);
        for (const id of [...named, ...signals.map((one) => one.id)])
          expect(id).toMatch(/^\/subscriptions\/[0-9a-f-]{36}/);
        for (const id of named) expect(id).toBe(id.toLowerCase());
      }),
      { numRuns: 2000 },
    );
  });

  it('reads a deep, a wide and a long payload in time', async () => {
    const size = 250_000;
    const deep = JSON.parse(`${'['.repeat(size / 2)}${']'.repeat(size / 2)}`) as unknown;
    const wide = alert({ alertTargetIDs: Array.from({ length: size / 4 }, () => 'a') });
    const long = alert({ alertTargetIDs: ['/subscriptions/'.repeat(size / 15)], alertRule: ' '.repeat(size) });
    const readAll = (): void => {
      for (const payload of [deep, wide, long, { deep }]) expect(readAlert(payload).reading).toBe('quarantine');
    };
    expect(await processorMs(readAll)).toBeLessThan(5_000);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseKeyVaultEvent, type Signal } from '../../src/signals/key-vault-event.ts';

const VAULT =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/Data/providers/Microsoft.KeyVault/vaults/Contoso';
const VERSION = 'ee059b2bb5bc48398a53b168c6cdcb10';
const DATA = {
  Id: `https://contoso.vault.azure.net/keys/mysql-cmk/${VERSION}`,
  VaultName: 'Contoso',
  ObjectType: 'Key',
  ObjectName: 'mysql-cmk',
  Version: VERSION,
  NBF: '1559081980',
  EXP: '1559082102',
};
const eventGrid = (data: object = DATA, changes: object = {}) => ({
  id: '00eccf70-95a7-4e7c-8299-2eb17ee9ad64',
  topic: VAULT,
  subject: 'mysql-cmk',
  eventType: 'Microsoft.KeyVault.KeyExpired',
  eventTime: '2019-07-25T01:08:33.1036736Z',
  data,
  dataVersion: '1',
  metadataVersion: '1',
  ...changes,
});
const cloudEvent = (data: object = DATA, changes: object = {}) => ({
  id: '00eccf70-95a7-4e7c-8299-2eb17ee9ad64',
  source: VAULT,
  subject: 'mysql-cmk',
  type: 'Microsoft.KeyVault.KeyNearExpiry',
  time: '2019-07-25T01:08:33.1036736Z',
  specversion: '1.0',
  data,
  ...changes,
});
const NAMED: Signal = {
  kind: 'signal',
  about: 'validity',
  vaultId: VAULT.toLowerCase(),
  vaultName: 'contoso',
  keyName: 'mysql-cmk',
  version: VERSION,
  host: 'contoso.vault.azure.net',
};

describe('A Key Vault event names its key', () => {
  it('in the Event Grid schema', () => expect(parseKeyVaultEvent(eventGrid())).toEqual(NAMED));
  it('in the CloudEvents schema', () => expect(parseKeyVaultEvent(cloudEvent())).toEqual(NAMED));

  it.each([
    ['members in camel case', { id: DATA.Id, vaultName: 'contoso', objectName: 'mysql-cmk', version: VERSION, exp: 1 }],
    [
      'blanks around names and values',
      { 'Id ': ` ${DATA.Id}`, 'VaultName ': 'contoso', 'ObjectName ': 'mysql-cmk ', Version: ` ${VERSION}` },
    ],
    [
      'another casing of the values',
      { ...DATA, VaultName: 'CONTOSO', ObjectName: 'MySQL-CMK', Version: VERSION.toUpperCase() },
    ],
    ['numbers and nulls for the dates', { ...DATA, NBF: null, EXP: 1559082102 }],
    ['nothing but the identifier', { Id: DATA.Id }],
  ])('with %s', (_what, data) => {
    expect(parseKeyVaultEvent(eventGrid(data))).toEqual(NAMED);
    expect(parseKeyVaultEvent(cloudEvent(data))).toEqual(NAMED);
  });
  it('by its subject alone, without host and version', () => {
    const { version: _version, host: _host, ...named } = NAMED;
    expect(parseKeyVaultEvent(eventGrid({}))).toEqual(named);
  });
});

it('A new version names its key as well', () => {
  const eventType = 'Microsoft.KeyVault.KeyNewVersionCreated';
  expect(parseKeyVaultEvent(eventGrid(DATA, { eventType }))).toEqual({ ...NAMED, about: 'newVersion' });
});

it.each([
  ['as the SDK describes them', { ...DATA, ObjectType: 'Vault', ObjectName: '', Version: '', NBF: null, EXP: null }],
  ['as nothing', null],
])('Changed access policies name their vault, whatever the data are (%s)', (_what, data) => {
  const eventType = 'Microsoft.KeyVault.VaultAccessPolicyChanged';
  const event = eventGrid(DATA, { eventType, data, subject: 'contoso' });
  expect(parseKeyVaultEvent(event)).toEqual({ kind: 'signal', about: 'vault', vaultId: VAULT.toLowerCase() });
});

describe('An event is ignored', () => {
  it.each([
    'Microsoft.KeyVault.SecretExpired',
    'Microsoft.KeyVault.SecretNewVersionCreated',
    'Microsoft.Storage.BlobCreated',
  ])('of the type %s', (eventType) =>
    expect(parseKeyVaultEvent(eventGrid(DATA, { eventType }))).toMatchObject({ kind: 'ignored' }),
  );
});

describe('An event is refused as malformed, in words,', () => {
  it.each([
    ['without a type', eventGrid(DATA, { eventType: undefined }), 'neither eventType nor type'],
    ['from no vault', eventGrid(DATA, { topic: '/subscriptions/x' }), 'resource id of a vault'],
    [
      'from another resource',
      eventGrid(DATA, { topic: VAULT.replace('Microsoft.KeyVault/vaults', 'Microsoft.Storage/storageAccounts') }),
      'resource id of a vault',
    ],
    ['that names another vault', eventGrid({ VaultName: 'fabrikam', ObjectName: 'mysql-cmk' }), 'another vault'],
    ['that names two vaults', eventGrid({ ...DATA, VaultName: 'fabrikam' }), 'another vault'],
    [
      "with another vault's key",
      eventGrid({ ...DATA, Id: 'https://fabrikam.vault.azure.net/keys/mysql-cmk' }),
      'another vault',
    ],
    ['with two keys', eventGrid({ ...DATA, ObjectName: 'other' }), 'two different keys'],
    ['with a name that is none', eventGrid({ ObjectName: '../../secrets' }), 'names no key'],
    ['without any name', eventGrid({}, { subject: '' }), 'names no key'],
    ['that is a list of two', [eventGrid(), eventGrid()], 'neither eventType nor type'],
    ['that is nothing', null, 'neither eventType nor type'],
  ])('%s', (_what, event, words) => {
    expect(parseKeyVaultEvent(event)).toEqual({ kind: 'malformed', why: expect.stringContaining(words) });
  });
});

describe('Whatever arrives', () => {
  const anything = fc.oneof(fc.anything(), fc.string());
  const close = fc
    .record(
      {
        Id: fc.oneof(fc.constant(DATA.Id), anything),
        VaultName: fc.oneof(fc.constant('contoso'), anything),
        ObjectName: fc.oneof(fc.constant('mysql-cmk'), anything),
        Version: anything,
      },
      { requiredKeys: [] },
    )
    .chain((data) => fc.constantFrom(eventGrid(data), cloudEvent(data), eventGrid(data, { subject: 5 })));

  it('nothing is thrown, and nothing but identifiers comes out', () => {
    fc.assert(
      fc.property(fc.oneof(anything, close), (event) => {
        const answer = parseKeyVaultEvent(event);
        if (answer.kind !== 'signal') {
          expect(answer.why).toMatch(/\S/);
          return;
        }
        const { kind: _kind, about: _about, vaultId, ...names } = answer;
        expect(vaultId).toBe(VAULT.toLowerCase());
        for (const name of Object.values(names)) expect(name).toMatch(/^[0-9a-z.-]{1,127}$/);
      }),
      { numRuns: 2000 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  extendedBy,
  formatResourceId,
  groupOf,
  inScope,
  nameOf,
  parentOf,
  parseLooseResourceId,
  parseResourceId,
  placeOf,
  sameResource,
  subscriptionOf,
  typeOf,
  within,
} from '../../../src/remediation/model/resource-id.ts';
import { anyCharacter } from '../../builders/arbitrary-text.ts';

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-00000000000a';
const GROUP = `${SUBSCRIPTION}/resourceGroups/Data`;
const SERVER = `${GROUP}/providers/Microsoft.DBforMySQL/servers/orders`;

/** An id of exactly so many characters. */
const longAs = (length: number): string => {
  const rest = length - `${SERVER}/b/`.length;
  const pairs = Array.from({ length: Math.floor((rest - 1) / 5) }, () => '/k/no').join('');
  return `${SERVER}/b/${'c'.repeat(rest - pairs.length)}${pairs}`;
};

describe('A resource id', () => {
  it('is taken apart, lower-cased', () => {
    expect(parseResourceId(SERVER.toUpperCase())).toEqual({
      id: SERVER.toLowerCase(),
      subscriptionId: '00000000-0000-0000-0000-00000000000a',
      resourceGroup: 'data',
      type: 'microsoft.dbformysql/servers',
      names: ['orders'],
    });
  });
  it.each([
    ['a child', `${SERVER}/keys/contoso_k_1`, 'microsoft.dbformysql/servers/keys', ['orders', 'contoso_k_1']],
    [
      'an extension of it',
      `${SERVER}/providers/Microsoft.Insights/diagnosticSettings/audit`,
      'microsoft.insights/diagnosticsettings',
      ['audit'],
    ],
    [
      'one of the subscription',
      `${SUBSCRIPTION}/providers/Microsoft.KeyVault/locations/westus/deletedVaults/v`,
      'microsoft.keyvault/locations/deletedvaults',
      ['westus', 'v'],
    ],
    ['a group, with a slash at the end', `${GROUP}/`, undefined, []],
    ['a subscription', SUBSCRIPTION, undefined, []],
  ])('may be that of %s', (_what, text, type, names) => {
    const parsed = parseResourceId(text);
    expect([parsed?.type, parsed?.names]).toEqual([type, names]);
  });
  it.each([
    ['', ''],
    ['without a leading slash', SERVER.slice(1)],
    ['with half a type', `${GROUP}/providers/Microsoft.DBforMySQL/servers`],
    ['with a query', `${SERVER}?api-version=1`],
    ['of a group that ends in a dot', `${SUBSCRIPTION}/resourceGroups/data.`],
    ['of a subscription that is no GUID', '/subscriptions/prod/resourceGroups/data'],
    ['with an empty segment', `${GROUP}/providers/Microsoft.DBforMySQL//orders`],
    ['with a type and no name behind an extension', `${SERVER}/providers/Microsoft.Insights/diagnosticSettings`],
    ['with a provider and nothing of it', `${SERVER}/providers/Microsoft.Insights`],
    ['with more than one slash at the end', `${SUBSCRIPTION}//`],
    ['with a group that has no name', `${SUBSCRIPTION}/resourceGroups`],
    ['with something else than a group and a provider', `${SUBSCRIPTION}/tags/a/b`],
    ['with a dot for a name', `${GROUP}/providers/Microsoft.DBforMySQL/servers/.`],
    ['with two', `${GROUP}/providers/Microsoft.DBforMySQL/servers/..`],
    ['that leads out of its group', `${GROUP}/providers/a/b/../../../../other/providers/a/b/c/d`],
    ['with an encoded slash', `${GROUP}/providers/a/b/c%2Fd`],
    ['with an encoded dot', `${GROUP}/providers/a/b/%2e%2E`],
    ['with what is encoded twice', `${GROUP}/providers/a/b/c%252fd`],
    ['with a percent sign', `${GROUP}/providers/a/b/c%20d`],
    ['with a backslash', `${GROUP}/providers/a/b/c\\d`],
    ['with a blank', `${GROUP}/providers/a/b/c d`],
    ['with a line break at its end', `${SERVER}\n`],
    ['with a control character', `${SERVER}\u0000`],
    ['with a sign that turns the direction', `${SERVER}\u202e`],
    ['with half a character', `${SERVER}\ud800`],
    ['with a name of 261 characters', `${GROUP}/providers/a/b/${'c'.repeat(261)}`],
    ['of 2,049 characters', longAs(2_049)],
  ])('%s is none', (_what, text) => {
    expect(parseResourceId(text)).toBeUndefined();
  });
  it('is that of its own type where a resource is called as what comes before a provider', () => {
    const { type, names } = parseResourceId(`${GROUP}/providers/Microsoft.KeyVault/vaults/providers/keys/k`) ?? {};
    expect([type, names]).toEqual(['microsoft.keyvault/vaults/keys', ['providers', 'k']]);
  });
  it('may have 2,048 characters', () => {
    expect(longAs(2_048)).toHaveLength(2_048);
    expect(parseResourceId(longAs(2_048))?.names[0]).toBe('orders');
  });
  it('is not found in arbitrary text, and looking for it never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        expect(parseResourceId(text)).toBeUndefined();
      }),
    );
  });
});

const segment = fc.stringMatching(/^[a-z0-9_-][a-z0-9_.-]{0,19}$/).filter((text) => text !== 'providers');

describe('An id in what Azure sends', () => {
  const GROUP_ID = GROUP.toLowerCase();
  it.each([
    ['as in a door', SERVER, SERVER.toLowerCase(), 'microsoft.dbformysql/servers'],
    [
      'with doubled slashes',
      `/${SERVER.replaceAll('/', '//')}//`,
      SERVER.toLowerCase(),
      'microsoft.dbformysql/servers',
    ],
    [
      'with blanks in a name',
      `${GROUP}/providers/a/b/Smart Detection`,
      `${GROUP_ID}/providers/a/b/smart detection`,
      'a/b',
    ],
    ['with blanks around a name', `${GROUP}/providers/a/b/ c /`, `${GROUP_ID}/providers/a/b/c`, 'a/b'],
    ['of a namespace', `${SUBSCRIPTION}/providers/Microsoft.KeyVault`, SUBSCRIPTION, undefined],
    ['of a list', `${GROUP}/providers/Microsoft.KeyVault/vaults`, GROUP_ID, undefined],
    ['of a list below a resource', `${SERVER}/keys`, SERVER.toLowerCase(), 'microsoft.dbformysql/servers'],
    [
      'of a list of extensions',
      `${SERVER}/providers/Microsoft.Insights/diagnosticSettings`,
      SERVER.toLowerCase(),
      'microsoft.dbformysql/servers',
    ],
    [
      'of what is being deployed',
      `${GROUP}/deployments/d-1`,
      `${GROUP_ID}/deployments/d-1`,
      'microsoft.resources/deployments',
    ],
    ['of groups', `${SUBSCRIPTION}/resourceGroups`, SUBSCRIPTION, undefined],
  ])('%s is read', (_what, text, id, type) => {
    const read = parseLooseResourceId(text);
    expect([read?.id, read?.type]).toEqual([id, type]);
  });
  it.each([
    ['without a leading slash', SERVER.slice(1)],
    ['of a management group', '/providers/Microsoft.Management/managementGroups/root'],
    ['of no subscription', '/subscriptions//resourceGroups/data'],
    ['with a dot for a name', `${GROUP}/providers/a/b/.`],
    ['that leads elsewhere', `${GROUP}/providers/a/b/../../../../other`],
    ['with an encoded slash', `${GROUP}/providers/a/b/c%2Fd`],
    ['with a line break within', `${GROUP}/providers/a/b/c\nd`],
    ['with a query', `${SERVER}?api-version=1`],
    ['of 2,049 characters', longAs(2_049)],
  ])('%s is none', (_what, text) => {
    expect(parseLooseResourceId(text)).toBeUndefined();
  });
  it('is read as in a door wherever a door takes it, and its id is read as the same again', () => {
    const piece = fc.oneof(
      fc.constantFrom('providers', 'a.b', 'vaults', '', '.', '..', ' ', 'a b', '%2f', 'deployments', '\\'),
      fc.string({ unit: anyCharacter, maxLength: 4 }),
    );
    const text = fc.array(piece, { maxLength: 9 }).map((pieces) => [GROUP, ...pieces].join('/'));
    fc.assert(
      fc.property(text, (sent) => {
        const [strict, loose] = [parseResourceId(sent), parseLooseResourceId(sent)];
        if (strict) expect(loose).toEqual(strict);
        if (loose) expect(parseLooseResourceId(loose.id)).toEqual(loose);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('The parts of an id', () => {
  it('make the id that they were read from', () => {
    const parts = fc.record({
      subscriptionId: fc.uuid(),
      resourceGroup: fc.stringMatching(/^[a-z0-9]{1,20}$/),
      type: fc.constantFrom('microsoft.keyvault/vaults', 'microsoft.dbformysql/servers/keys'),
      pair: fc.tuple(segment, segment),
    });
    fc.assert(
      fc.property(parts, ({ pair, ...place }) => {
        const names = place.type.endsWith('keys') ? pair : pair.slice(0, 1);
        const id = formatResourceId({ ...place, names });
        expect(parseResourceId(id)).toEqual({ id: id.toLowerCase(), ...place, names });
      }),
    );
  });
  it('are spelt as they are', () => {
    expect(formatResourceId({ subscriptionId: 's' })).toBe('/subscriptions/s');
    const vaults = { subscriptionId: 's', type: 'Microsoft.KeyVault/vaults' };
    expect(formatResourceId(vaults)).toBe('/subscriptions/s/providers/Microsoft.KeyVault/vaults');
    expect(formatResourceId({ ...vaults, resourceGroup: 'Data', names: ['KV'] })).toBe(
      '/subscriptions/s/resourceGroups/Data/providers/Microsoft.KeyVault/vaults/KV',
    );
    expect([nameOf, groupOf, subscriptionOf].map((part) => part(SERVER))).toEqual([
      'orders',
      'Data',
      SUBSCRIPTION.split('/').at(-1),
    ]);
  });
  it('are empty where the text has none', () => {
    expect([groupOf(SUBSCRIPTION), subscriptionOf('orders'), nameOf('orders')]).toEqual(['', '', 'orders']);
  });
  it('tell where a call goes, or that it cannot', () => {
    expect(placeOf(`${SERVER}/keys/k`)).toEqual({
      subscriptionId: '00000000-0000-0000-0000-00000000000a',
      resourceGroup: 'data',
      type: 'microsoft.dbformysql/servers/keys',
      name: 'orders',
    });
    expect(() => placeOf(GROUP)).toThrow('is no id of an Azure resource');
  });
  it('lead to what it is a part of, and to what it extends', () => {
    expect(parentOf(`${SERVER}/keys/k`)).toBe(SERVER);
    expect(extendedBy(`${SERVER}/Providers/Microsoft.Authorization/locks/by hand`)).toBe(SERVER);
    expect(extendedBy('orders')).toBe('');
  });
});

describe('The type of a path', () => {
  it.each([
    [SERVER, 'Microsoft.DBforMySQL/servers'],
    [`${SUBSCRIPTION}/providers/Microsoft.KeyVault/vaults`, 'Microsoft.KeyVault/vaults'],
    [`${SERVER}/Providers/Microsoft.Authorization/locks`, 'Microsoft.Authorization/locks'],
    ['/providers/Microsoft.ResourceGraph/resources', 'Microsoft.ResourceGraph/resources'],
    [`${SERVER}/start`, 'Microsoft.DBforMySQL/servers/start'],
    [GROUP, ''],
  ])('%s is %s', (path, type) => {
    expect(typeOf(path)).toBe(type);
  });
});

describe('An id lies within', () => {
  it.each([
    ['itself', SERVER.toUpperCase()],
    ['its group, with slashes', `${GROUP}//`],
    ['everything', ' * '],
  ])('%s', (_what, scope) => {
    expect(within(SERVER, scope)).toBe(true);
  });
  it.each([
    ['nothing', ''],
    ['slashes', '//'],
    ['a group whose name its own begins with', GROUP.slice(0, -1)],
  ])('but not %s', (_what, scope) => {
    expect(within(SERVER, scope)).toBe(false);
  });
  it('also where it is that of a key', () => {
    expect(within('https://kv.vault.azure.net/keys/k/1', 'https://kv.vault.azure.net/keys/K')).toBe(true);
  });
});

describe('Two ids', () => {
  it('mean the same resource in whatever casing', () => {
    expect(sameResource(SERVER, SERVER.replace('resourceGroups', 'resourcegroups').toUpperCase())).toBe(true);
  });
  it('of two resources, or of none, do not', () => {
    expect(sameResource(SERVER, `${SERVER}2`)).toBe(false);
    expect(sameResource('nothing', 'nothing')).toBe(false);
  });
});

describe('A resource is in scope', () => {
  it.each([
    ['its subscription', SUBSCRIPTION],
    ['its group', GROUP.toLowerCase()],
    ['itself', `${SERVER}/`],
  ])('of %s', (_what, scope) => {
    expect(inScope(SERVER, ['/subscriptions/00000000-0000-0000-0000-00000000000b', scope])).toBe(true);
  });
  it.each([
    ['a group whose name its own begins with', GROUP.slice(0, -1)],
    ['its child', `${SERVER}/keys/k`],
    ['nothing', ''],
    ['a star', '*'],
  ])('but not of %s', (_what, scope) => {
    expect(inScope(SERVER, [scope])).toBe(false);
  });
  it('never, when it is no resource id', () => {
    expect(inScope('orders', [SUBSCRIPTION])).toBe(false);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inScope, parseResourceId, sameResource } from '../../src/signals/resource-id.ts';

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-00000000000a';
const GROUP = `${SUBSCRIPTION}/resourceGroups/Data`;
const SERVER = `${GROUP}/providers/Microsoft.DBforMySQL/servers/orders`;

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
  ])('%s is none', (_what, text) => {
    expect(parseResourceId(text)).toBeUndefined();
  });
  it('is not found in arbitrary text, and looking for it never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(parseResourceId(text)).toBeUndefined()));
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

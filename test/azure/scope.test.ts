import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inScope, outermost, parseScope } from '../../src/azure/scope.ts';

const of = (...texts: string[]) => texts.map(parseScope);
const server = '/subscriptions/S1/resourceGroups/Data/providers/Microsoft.DBforMySQL/servers/orders';

describe('a scope', () => {
  it('holds what lies below it, whatever the casing', () => {
    expect(inScope(server, of('/subscriptions/s1'))).toBe(true);
    expect(inScope(server, of('/subscriptions/s1/resourcegroups/DATA/'))).toBe(true);
  });

  it('does not hold what merely begins like it', () => {
    expect(inScope(server, of('/subscriptions/s'))).toBe(false);
    expect(inScope(server, of('/subscriptions/s1/resourceGroups/dat'))).toBe(false);
    expect(inScope(server, [])).toBe(false);
  });

  it('is a subscription or a resource group, else it is refused with what is allowed', () => {
    expect(() => parseScope('contoso')).toThrow("'contoso' is no scope; give /subscriptions/{id}");
    expect(() => parseScope(server)).toThrow('is no scope');
  });

  it('is left out where another one holds it, so that nothing is listed twice', () => {
    const ids = (...texts: string[]) => outermost(of(...texts)).map(({ id }) => id);
    expect(ids('/subscriptions/a/resourceGroups/x', '/subscriptions/a', '/subscriptions/b')).toEqual([
      '/subscriptions/a',
      '/subscriptions/b',
    ]);
    expect(ids('/subscriptions/a', '/subscriptions/A')).toHaveLength(1);
  });

  it('covers the same resources without those that another one holds', () => {
    const name = fc.constantFrom('a', 'A', 'b');
    const scope = fc
      .tuple(name, fc.option(name))
      .map(([s, g]) => `/subscriptions/${s}${g ? `/resourceGroups/${g}` : ''}`);
    fc.assert(
      fc.property(fc.array(scope), name, name, (texts, subscription, group) => {
        const id = `/subscriptions/${subscription}/resourceGroups/${group}/providers/n/t/r`;
        const outer = outermost(of(...texts));
        expect(inScope(id, outer)).toBe(inScope(id, of(...texts)));
        expect(outer.filter((one) => inScope(id, [one])).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithin, outermost, parseScope } from '../../../src/azure/connection/scope.ts';

const A = '/subscriptions/aaaaaaaa-0000-0000-0000-000000000001';
const B = '/subscriptions/bbbbbbbb-0000-0000-0000-000000000002';
const of = (...texts: string[]) => texts.map(parseScope);
const server = `${A}/resourceGroups/Data/providers/Microsoft.DBforMySQL/servers/orders`;

describe('a scope', () => {
  it('holds what lies below it, whatever the casing', () => {
    expect(isWithin(server, of(A.toUpperCase()))).toBe(true);
    expect(isWithin(server, of(`${A}/resourcegroups/DATA/`))).toBe(true);
  });

  it('does not hold what merely begins like it', () => {
    expect(isWithin(server, of(`${A}/resourceGroups/dat`))).toBe(false);
    expect(isWithin(server, of(B))).toBe(false);
    expect(isWithin(server, [])).toBe(false);
  });

  it('is a subscription or a resource group, else it is refused with what is allowed', () => {
    expect(() => parseScope('contoso')).toThrow("'contoso' is no scope; give /subscriptions/{id}");
    expect(() => parseScope(server)).toThrow('is no scope');
  });

  it('is left out where another one holds it, so that nothing is listed twice', () => {
    const ids = (...texts: string[]) => outermost(of(...texts)).map(({ id }) => id);
    expect(ids(`${A}/resourceGroups/x`, A, B)).toEqual([A, B]);
    expect(ids(A, A.toUpperCase())).toEqual([A]);
  });

  it('covers the same resources once the ones that another holds are left out, and each once', () => {
    const group = fc.constantFrom('x', 'X', 'y');
    const scope = fc
      .tuple(fc.constantFrom(A, B), fc.option(group))
      .map(([subscription, name]) => `${subscription}${name ? `/resourceGroups/${name}` : ''}`);
    fc.assert(
      fc.property(fc.array(scope), group, (texts, name) => {
        const id = `${A}/resourceGroups/${name}/providers/n/t/r`;
        const outer = outermost(of(...texts));
        expect(isWithin(id, outer)).toBe(isWithin(id, of(...texts)));
        expect(outer.filter((one) => isWithin(id, [one])).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

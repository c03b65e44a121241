import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithin, outermost, parseScope, parseScopes, subscriptionsIn } from '../../../src/azure/connection/scope.ts';
import { fixedReach } from '../../builders/reach.ts';

const A = '/subscriptions/aaaaaaaa-0000-0000-0000-000000000001';
const B = '/subscriptions/bbbbbbbb-0000-0000-0000-000000000002';
const excluding = (excluded: readonly string[], ...named: string[]) => parseScopes(fixedReach({ named, excluded }));
const of = (...named: string[]) => excluding([], ...named);
const server = `${A}/resourceGroups/Data/providers/Microsoft.DBforMySQL/servers/orders`;

describe('a scope', () => {
  it('holds what lies below it, whatever the casing', () => {
    expect(isWithin(server, of(A.toUpperCase()))).toBe(true);
    expect(isWithin(server, of(`${A}/resourcegroups/DATA/`))).toBe(true);
  });

  it('does not hold what merely begins like it', () => {
    expect(isWithin(server, of(`${A}/resourceGroups/dat`))).toBe(false);
    expect(isWithin(server, of(B))).toBe(false);
    expect(isWithin(server, of())).toBe(false);
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

  it('that is excluded is neither listed nor asked for, whatever else holds it', () => {
    const scopes = excluding([B], A, B, `${B}/resourceGroups/x`);
    expect(outermost(scopes).map(({ id }) => id)).toEqual([A]);
    expect(subscriptionsIn(scopes)).toEqual([A.split('/')[2]]);
  });

  const group = fc.constantFrom('x', 'X', 'y');
  const scope = fc
    .tuple(fc.constantFrom(A, B), fc.option(group))
    .map(([subscription, name]) => `${subscription}${name ? `/resourceGroups/${name}` : ''}`);

  it('covers the same resources once the ones that another holds are left out, and each once', () => {
    fc.assert(
      fc.property(fc.array(scope), fc.array(scope), group, (texts, excluded, name) => {
        const id = `${A}/resourceGroups/${name}/providers/n/t/r`;
        const all = excluding(excluded, ...texts);
        const outer = outermost(all);
        expect(isWithin(id, { ...all, included: outer })).toBe(isWithin(id, all));
        expect(outer.filter((one) => isWithin(id, { ...all, included: [one] })).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('never holds more for an exclusion, and nothing of what is excluded', () => {
    fc.assert(
      fc.property(fc.array(scope), fc.array(scope), scope, group, (texts, excluded, one, name) => {
        const id = `${one}/providers/n/t/${name}`;
        expect(isWithin(id, excluding([...excluded, one], ...texts))).toBe(false);
        if (isWithin(id, excluding(excluded, ...texts))) expect(isWithin(id, of(...texts))).toBe(true);
      }),
    );
  });
});

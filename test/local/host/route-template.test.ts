import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRoute, matchRoute } from '../../../local/host/http/route-template.ts';

const match = (template: string, path: string) => matchRoute(compileRoute(template), path);

describe('a route template', () => {
  it.each([
    ['api/keys', '/API/Keys', {}],
    ['api/keys/{id}', '/api/keys/a%20b', { id: 'a b' }],
    ['api/keys/{id?}', '/api/keys', {}],
    ['api/keys/{id:int}', '/api/keys/-5', { id: '-5' }],
    ['api/files/{*rest}', '/api/files/a/b', { rest: 'a/b' }],
    ['api/{name}.json', '/api/report.json', { name: 'report' }],
  ])('%s takes %s', (template, path, parameters) => {
    expect(match(template, path)).toEqual(parameters);
  });

  it.each([
    ['api/keys', '/api/keys/1'],
    ['api/keys/{id}', '/api/keys'],
    ['api/keys/{id:int}', '/api/keys/five'],
    ['api/keys/{id:guid}', '/api/keys/5'],
    ['api/{name}.json', '/api/reportXjson'],
  ])('%s does not take %s', (template, path) => {
    expect(match(template, path)).toBeNull();
  });

  it('with an unknown constraint is refused', () => {
    expect(() => compileRoute('api/{id:range(1,5)}')).toThrow("constraint 'range(1,5)' is not supported");
  });

  it('gives back every value that was put into the path', () => {
    const text = fc.string({ minLength: 1, unit: 'grapheme' }).filter((value) => value.isWellFormed());
    fc.assert(
      fc.property(text, text, (a, b) => {
        const path = `/api/${encodeURIComponent(a)}/x/${encodeURIComponent(b)}`;
        expect(match('api/{a}/x/{b}', path)).toEqual({ a, b });
      }),
    );
  });
});

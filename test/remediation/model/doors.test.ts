import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { byKey, liftBy } from '../../../src/remediation/model/doors.ts';
import { ROUTES, type Route, twinOf } from '../../../src/surface.ts';

const ALL: readonly Route[] = ROUTES;

/** Every route that a text names, as `DELETE /api/pause`. */
const NAMED = /\b(GET|POST|PUT|DELETE) \/api\/((?:[\w-]|[{}$.()]|\/(?=[\w{$]))+)/g;

const asPattern = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);

const doorsIn = (text: string) =>
  [...text.matchAll(NAMED)].map(([, method = '', path = '']) => ({
    method,
    path: path.replaceAll(/\$\{[^}]*\}+|[.)]+$/g, (hole) => (hole.startsWith('$') ? 'any' : '')),
  }));

const isDoor = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  ALL.some(
    (one) =>
      one.method === method &&
      [one.route, ...(one.keyed.level === 'none' ? [] : [twinOf(one)])].some((route) => asPattern(route).test(path)),
  );

describe('A door that a sentence names', () => {
  it('is there, whatever names it', () => {
    const files = globSync(['src/**/*.ts', 'docs/**/*.md', 'README.md', 'infra/**/*.md']).filter(
      (file) => !/contract\/openapi|CHANGELOG/.test(file),
    );
    const unknown = files.flatMap((file) =>
      doorsIn(readFileSync(file, 'utf8'))
        // A text that is built from the names of routes cannot name another route.
        .filter(({ path }) => !/^(keyed\/)?any$/.test(path))
        .flatMap((door) => (isDoor(door) ? [] : [`${file}: ${door.method} ${door.path}`])),
    );
    expect(unknown).toEqual([]);
    expect(isDoor({ method: 'DELETE', path: 'orders' })).toBe(false);
  });

  it('that lifts an override is named for who signs in, and for who cannot', () => {
    for (const override of ['pause', 'do-not-heal'] as const) {
      const route = ALL.find((one) => one.method === 'DELETE' && one.route === override);
      expect(route).toMatchObject({ opens: 'Approver', keyed: { level: 'admin', unlessPeopleApprove: true } });
      expect(doorsIn(liftBy(override, 'why=')).map(({ path }) => path)).toEqual([override, `keyed/${override}`]);
    }
  });

  it('is lifted by no sentence of its own: the words are in one place, and name what the door asks for', () => {
    const others = globSync(['src/{remediation,loop,notifications}/**/*.ts']).filter(
      (file) => !file.endsWith('model/doors.ts') && /DELETE \/api\//.test(readFileSync(file, 'utf8')),
    );
    expect(others).toEqual([]);
    const uses = globSync(['src/**/*.ts']).flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(/liftBy\('[\w-]+', ([^)]*)\)/g),
    ]);
    expect(uses.length).toBeGreaterThan(4);
    expect(uses.every(([, query = '']) => query.includes('why='))).toBe(true);
  });

  it('with a key is one that any function key opens', () => {
    const uses = globSync(['src/**/*.ts']).flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(/byKey\('(\w+)', '([\w/-]+)'\)/g),
    ]);
    expect(uses.length).toBeGreaterThan(2);
    for (const [, method, route] of uses)
      expect(ALL.find((one) => one.method === method && one.route === route)?.keyed.level).toBe('function');
    expect(byKey('GET', 'quarantine')).toContain('GET /api/keyed/quarantine');
  });
});

import { describe, expect, it } from 'vitest';
import { ROUTES, registrationsOf, UNKNOWN_ROUTE } from '../../src/surface.ts';
import { answerUnknown } from '../../src/web/unknown-route.ts';

const REGISTERED = [true, false].flatMap((secureWebhook) =>
  ROUTES.flatMap((one) => registrationsOf(one, { secureWebhook }).map((way) => ({ ...way, method: one.method }))),
);

/** Whether a path can match both. */
const meet = (one: string, other: string): boolean => {
  const [left, right] = [one.split('/'), other.split('/')];
  const isEither = (part: string, at: number) =>
    part === right[at] || part.startsWith('{') || right[at]?.startsWith('{') === true;
  return left.length === right.length && left.every(isEither);
};

describe('The routes', () => {
  it('leave no path to two of them: the host would try that first whose name comes first', () => {
    const twice = REGISTERED.flatMap((one) =>
      REGISTERED.filter(
        (other) => one.name < other.name && one.method === other.method && meet(one.route, other.route),
      ).map((other) => `${one.method} ${one.route} and ${other.route}`),
    );
    expect(twice).toEqual([]);
  });

  it('are tried before the one that takes whatever is left', () => {
    expect(REGISTERED.filter(({ name }) => name.toLowerCase() >= UNKNOWN_ROUTE)).toEqual([]);
  });

  it('are anonymous to the host or ask for a key at a place of its own; only action groups keep theirs', () => {
    const keyed = REGISTERED.filter(({ authLevel }) => authLevel !== 'anonymous');
    expect(keyed.length).toBeGreaterThan(20);
    for (const { name, route, way } of keyed) {
      expect(way).toBe('key');
      if (name !== 'receive-alert') expect(route).toMatch(/^keyed\//);
    }
  });
});

describe('What is no route', () => {
  it.each(['reconciliation', 'keyed', 'keyed/plans/x/approval', '', 'a/b/c/d', 'reconciliations/x/y'])(
    'is 404, with where to look: %p',
    (path) => {
      expect(answerUnknown('GET', path)).toMatchObject({ status: 404, body: { error: { code: 'NoSuchRoute' } } });
    },
  );

  it.each(ROUTES.map(({ method, route }) => [method, route] as const))(
    'is 404 where the route is there, and the path has a slash too many: %s %s',
    (method, route) => {
      expect(answerUnknown(method, `/${route}`)).toMatchObject({
        status: 404,
        body: { error: { code: 'NoSuchRoute' } },
      });
    },
  );

  it('is 405 with the methods that there are, where another is meant', () => {
    expect(answerUnknown('POST', 'keyed/plans/0123abcd/approval')).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('No key opens it: it is /api/plans/0123abcd/approval.') },
    });
    expect(answerUnknown('PATCH', 'Keyed/Pause/')).toMatchObject({ status: 405, headers: { Allow: 'PUT, DELETE' } });
    expect(answerUnknown('DELETE', 'plans/x/approval')).toMatchObject({ status: 405, headers: { Allow: 'POST' } });
  });
});

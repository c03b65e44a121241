import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRouter } from '../../../../local/cloud/router.ts';

const find = createRouter([
  { method: 'GET', path: '/subscriptions/{subscription}/providers/P.Q/things/{thing}' },
  { method: 'GET', path: '/{scope*}/providers/P.Q/notes/{note}' },
]);
const segment = fc.stringMatching(/^[\w.()-]{1,12}$/);

describe('a route', () => {
  it('takes its parameters from the path in the casing they were sent', () => {
    fc.assert(
      fc.property(segment, segment, fc.boolean(), (subscription, thing, slash) => {
        const path = `/SUBSCRIPTIONS/${subscription}/Providers/p.q/THINGS/${thing}${slash ? '/' : ''}`;
        expect(find(path).map(({ params }) => params)).toEqual([{ subscription, thing }]);
      }),
    );
  });

  it('takes any number of segments for a starred parameter, none as well', () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), segment, (scope, note) => {
        const path = [...scope, 'providers', 'P.Q', 'notes', note].map((each) => `/${each}`).join('');
        expect(find(path).map(({ params }) => params)).toEqual([{ scope: scope.join('/'), note }]);
      }),
    );
  });

  it('decodes what was encoded, and leaves alone what cannot be decoded', () => {
    const noteOf = (text: string) => find(`/providers/P.Q/notes/${text}`)[0]?.params['note'];
    expect(noteOf('a%20b')).toBe('a b');
    expect(noteOf('100%')).toBe('100%');
  });

  it('is none for a path that is longer, shorter or only looks alike', () => {
    for (const path of ['/subscriptions/s/providers/P.Q/things', '/subscriptions/s/providers/PxQ/things/t', '/']) {
      expect(find(path)).toEqual([]);
    }
  });
});

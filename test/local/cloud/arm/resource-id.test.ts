import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseResourceId, resourceId, sameId } from '../../../../local/cloud/arm/resource-id.ts';

const word = fc.stringMatching(/^[A-Za-z][\w.()-]{0,12}$/);
const id = fc
  .record({
    subscription: fc.uuid(),
    group: word,
    namespace: word,
    pairs: fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 3 }),
  })
  .map(({ pairs, namespace, ...rest }) => ({
    ...rest,
    type: [namespace, ...pairs.map(([type]) => type)].join('/'),
    name: pairs.map(([, name]) => name).join('/'),
  }));

describe('a resource id', () => {
  it('is put together and taken apart without loss', () => {
    fc.assert(
      fc.property(id, (parts) => {
        expect(parseResourceId(resourceId(parts))).toEqual(parts);
      }),
    );
  });

  it('is the same in any casing', () => {
    fc.assert(
      fc.property(id, (parts) => {
        expect(sameId(resourceId(parts), resourceId(parts).toUpperCase())).toBe(true);
        expect(parseResourceId(resourceId(parts).toUpperCase())?.name).toBe(parts.name.toUpperCase());
      }),
    );
  });

  it.each([
    '',
    '/subscriptions/s',
    '/subscriptions/s/resourceGroups/g',
    '/subscriptions/s/resourceGroups/g/providers/P/t',
    '/providers/P/t/n',
  ])('is not %j', (text) => {
    expect(parseResourceId(text)).toBeUndefined();
  });
});

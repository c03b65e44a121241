import { describe, expect, it } from 'vitest';
import { openOneOfAlike } from '../../../src/azure/key-vault/one-of-alike.ts';

describe('Of values that are alike', () => {
  it('only the first one is kept, and each of the others is replaced by it', () => {
    const oneOfAlike = openOneOfAlike();
    const first = oneOfAlike(['wrapKey', 'unwrapKey']);
    expect(oneOfAlike(['wrapKey', 'unwrapKey'])).toBe(first);
    expect(oneOfAlike(['unwrapKey', 'wrapKey'])).toEqual(['unwrapKey', 'wrapKey']);
  });

  it('none takes the place of another kind of value', () => {
    const oneOfAlike = openOneOfAlike();
    expect([oneOfAlike('{}'), oneOfAlike({}), oneOfAlike('1'), oneOfAlike(1)]).toEqual(['{}', {}, '1', 1]);
  });

  it('those that somebody makes by the thousand, or long ones, are not kept, and stay as they are', () => {
    const oneOfAlike = openOneOfAlike();
    for (let n = 0; n < 1_000; n += 1) oneOfAlike({ owner: `team ${n}` });
    const [one, other] = [{ owner: 'team 999' }, { owner: 'team 999' }];
    expect(oneOfAlike(one)).toBe(one);
    expect(oneOfAlike(other)).toBe(other);
    const long = { note: 'x'.repeat(1_000) };
    oneOfAlike({ note: 'x'.repeat(1_000) });
    expect(oneOfAlike(long)).toBe(long);
  });
});

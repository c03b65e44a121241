import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nearNames } from '../../src/web/near-names.ts';

describe('A name that nothing bears', () => {
  it.each([
    ['ordrs', ['orders']],
    ['ORDERS2', ['orders']],
    ['oders-eu', ['orders-eu']],
    ['billing', ['billing-1', 'billing-2']],
    ['orders-eu-west', ['orders-eu', 'orders']],
    ['something', []],
    ['or', []],
    ['', []],
  ])('may have been meant as one that is near to it: %s', (sent, near) => {
    const names = ['orders', 'orders-eu', 'billing-1', 'billing-2', 'disks'];
    expect(nearNames(names, sent)).toEqual(near);
  });

  it('is near to any that differs in one sign or two', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-'), minLength: 6, maxLength: 30 });
    const slip = fc.tuple(fc.nat(30), fc.constantFrom('', 'x'), fc.nat(1));
    fc.assert(
      fc.property(name, fc.array(slip, { maxLength: 2 }), (one, slips) => {
        const sent = slips.reduce((text, [at, sign, taken]) => text.slice(0, at) + sign + text.slice(at + taken), one);
        expect(nearNames([one], sent)).toEqual(sent.length === 0 ? [] : [one]);
      }),
    );
  });
});

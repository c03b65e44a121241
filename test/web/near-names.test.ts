import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearNames } from '../../src/web/near-names.ts';
import { processorMs } from '../builders/processor-time.ts';

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

  it('is compared with thousands of the longest in little more time than it takes to read them', async () => {
    const begin = 'a'.repeat(255);
    const names = Array.from({ length: 2_000 }, (_, at) => `${begin}b${String(at).padStart(4, '0')}`);
    const sent = `${begin}zzzzz`;
    const read = (): number =>
      names.reduce((same, name) => same + [...name].filter((sign, at) => sign === sent[at]).length, 0);
    expect(nearNames(names, sent)).toEqual([]);
    const [reading, comparing] = [await processorMs(read), await processorMs(() => nearNames(names, sent))];
    expect(comparing <= 5 * reading || `${comparing} ms, where reading takes ${reading}`).toBe(true);
  });
});

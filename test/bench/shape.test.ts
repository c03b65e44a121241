import { describe, expect, it } from 'vitest';
import { bigEstate, subscriptionIn, subscriptionsOf } from '../../bench/scale/big-estate.ts';
import { scaleShape } from '../../bench/scale/measure-scale.ts';
import { shapeIn } from '../../bench/scale/shape.ts';

describe('An estate of the bench', () => {
  it('has a subscription for each fifty vaults, or as many as said', () => {
    const said = ['10000/200', '4500/3', ' 4500/3/1', '100/1'].map((text) => shapeIn(text).subscriptions);
    expect(said).toEqual([1, 30, 1, 2]);
  });

  it.each(['10000', '4500/3/', '0/3', '4500/3/0', '4500-3'])('is not understood as %s', (text) => {
    expect(() => shapeIn(text)).toThrow(/give keys and keys a vault/);
  });

  it('has no subscription without a vault', () => {
    expect(() => shapeIn('4500/3/1501')).toThrow(/1500 vaults cannot be in 1501 subscriptions/);
  });

  it('spreads its vaults evenly, each server in the subscription of its vault', () => {
    const shape = shapeIn('90/3/4');
    const { vaults = [], servers = [] } = bigEstate(shape);
    const counts = [...Map.groupBy(vaults, ({ subscription }) => subscription).values()].map(({ length }) => length);
    expect(counts).toEqual([8, 7, 8, 7]);
    expect(new Set(vaults.map(({ subscription }) => subscription))).toEqual(new Set(subscriptionsOf(shape)));
    expect(servers.every(({ vault, subscription }) => subscription === subscriptionIn(shape)(vault))).toBe(true);
  });

  it('is in one subscription up to 10,000 keys, and 100,000 keys in 200', () => {
    expect([2_000, 10_000, 30_000, 100_000].map((keys) => scaleShape(keys).subscriptions)).toEqual([1, 1, 60, 200]);
  });
});

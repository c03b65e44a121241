import { describe, expect, it } from '@jest/globals';
import { baselineOf, differs } from '../../src/loop/baseline.ts';
import { absent, unknown } from '../../src/remediation/facts.ts';
import { aFlexibleServer, anObservation, aSingleServer, aVersion, V1, V2 } from '../builders/observation.ts';

const healthy = anObservation([aVersion(V1)], [aSingleServer('orders'), aFlexibleServer('billing')]);

describe('the baseline of a key', () => {
  it('is the same however Azure orders and spells its consumers', () => {
    const [orders, billing] = [aSingleServer('orders'), aFlexibleServer('billing')];
    const reordered = anObservation([aVersion(V1)], [{ ...billing, id: billing.id.toUpperCase() }, orders]);
    expect(differs(baselineOf(healthy), baselineOf(reordered))).toBe(false);
  });

  it('is new when a consumer pins another version', () => {
    const moved = anObservation(
      [aVersion(V1), aVersion(V2)],
      [aSingleServer('orders', { version: V2 }), aFlexibleServer('billing')],
    );
    expect(differs(baselineOf(healthy), baselineOf(moved))).toBe(true);
  });

  it('is not taken from half a picture', () => {
    const blind = [
      { ...healthy, vault: unknown('403') },
      { ...healthy, consumers: unknown('403') },
      anObservation([aVersion(V1)], [aSingleServer('orders', { principalId: absent })]),
    ];
    expect(blind.map((one) => baselineOf(one))).toEqual(blind.map(() => undefined));
    expect(differs(undefined, undefined)).toBe(false);
  });

  it('is not taken where nothing uses the key', () => {
    expect(baselineOf(anObservation([], []))).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { inFairOrder } from '../../../src/loop/schedule/in-fair-order.ts';

const AT_ONCE = 500;
const lasting = Array.from({ length: 1_200 }, (_, n) => ({
  key: { host: 'kv-many.vault.azure.net', name: `key-${n}` },
}));
const sweeps = Array.from({ length: 24 }, (_, n) => new Date(Date.UTC(2026, 6, 22, 12, 5 * n)).toISOString());

describe('the order in which a sweep takes what it need not look at', () => {
  it('leaves out none, and is the same for the same sweep', () => {
    const [at = ''] = sweeps;
    const taken = inFairOrder(lasting, at);
    expect(new Set(taken)).toEqual(new Set(lasting));
    expect(inFairOrder(lasting, at)).toEqual(taken);
  });

  it('lets more than fit into one sweep all have their turn within two hours, however long they last', () => {
    const taken = new Set(sweeps.flatMap((at) => inFairOrder(lasting, at).slice(0, AT_ONCE)));
    expect(taken.size).toBe(lasting.length);
  });
});

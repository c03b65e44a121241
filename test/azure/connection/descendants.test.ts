import { describe, expect, it } from 'vitest';
import { addSubscription, LANDING_ZONES, letReadBelow, subscriptionOf } from '../../builders/landing-zones.ts';
import { DAY, type Stage, stage } from '../product.ts';

const below = async ({ call }: Stage, name = LANDING_ZONES) => (await call('readDescendants', [name]))[name];

describe('the subscriptions below a management group', () => {
  it('are those of the groups below it as well, to the last page, and disabled ones', async () => {
    const set = await stage({});
    letReadBelow(set);
    const names = Array.from({ length: 25 }, (_, n) => `shop-${n}`);
    for (const name of names) addSubscription(set, name);
    Object.assign(set.cloud.world.subscriptions.get(subscriptionOf('shop-3')) ?? {}, { disabled: true });
    await set.advance(DAY);
    set.requests();
    const read = await below(set);
    expect(read?.kind === 'present' && read.value.toSorted()).toEqual(names.map(subscriptionOf).toSorted());
    expect(set.requests()).toHaveLength(3);

    set.cloud.world.subscriptions.takeOut(subscriptionOf('shop-7'));
    const again = await below(set);
    expect(again?.kind === 'present' && again.value).not.toContain(subscriptionOf('shop-7'));
  });

  it('are unknown where the product may not ask for them, with the command that lets it', async () => {
    const set = await stage({});
    addSubscription(set, 'shop');
    expect(await below(set)).toEqual({
      kind: 'unknown',
      reason: expect.stringMatching(
        /AuthorizationFailed.+az role assignment create --role 'CMK Guardian Observe' .+ --scope \/providers\/Microsoft.Management\/managementGroups\/landing-zones/,
      ),
    });
  });

  it('are not none where there is no such management group, or Azure does not answer', async () => {
    const set = await stage({});
    letReadBelow(set);
    await set.advance(DAY);
    expect((await below(set, 'no-such-group'))?.kind).not.toBe('present');
    const route = 'GET *descendants*';
    for (const fault of [
      { kind: '503' },
      { kind: 'answer', status: 200, body: {} },
      { kind: 'answer', status: 200, body: { value: [{ id: '/tenants/x', type: '/tenants' }] } },
    ] as const) {
      set.cloud.faults.add({ route, rate: 1, ...fault });
      expect([fault, (await below(set))?.kind]).toEqual([fault, 'unknown']);
      set.cloud.faults.clear();
    }
    expect(await below(set)).toEqual({ kind: 'present', value: [] });
  });
});

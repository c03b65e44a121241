import { describe, expect, it } from 'vitest';
import { apiVersion } from '../../../src/remediation/model/api-versions.ts';
import { addSubscription, LANDING_ZONES, letReadBelow, subscriptionOf } from '../../builders/landing-zones.ts';
import { DAY, type Stage, stage } from '../product.ts';

const GROUPS = 'Microsoft.Management/managementGroups';
const idOf = (name: string): string => `/subscriptions/${subscriptionOf(name)}`;

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
    const byId = (ids: readonly string[]) => ids.toSorted();
    expect(read?.kind === 'present' && byId(read.value.map(({ id }) => id))).toEqual(byId(names.map(subscriptionOf)));
    expect(set.requests()).toHaveLength(3);

    set.cloud.world.subscriptions.takeOut(subscriptionOf('shop-7'));
    const again = await below(set);
    expect(again?.kind === 'present' && again.value.map(({ id }) => id)).not.toContain(subscriptionOf('shop-7'));
  });

  it('are unknown where the product may not ask for them, with the command that lets it', async () => {
    const set = await stage({});
    addSubscription(set, 'shop');
    expect(await below(set)).toEqual({
      kind: 'unknown',
      reason: expect.stringMatching(
        /az role assignment create --role 'CMK Guardian Observe' .+ --scope \/providers\/Microsoft.Management\/managementGroups\/landing-zones .+AuthorizationFailed/,
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
      { kind: 'answer', status: 200, body: { value: [{ id: idOf('shop'), type: GROUPS }] } },
      { kind: 'answer', status: 200, body: { value: [], nextLink: 5 } },
      { kind: 'answer', status: 200, body: { value: [], nextLink: 'https://evil.example/next' } },
    ] as const) {
      set.cloud.faults.add({ route, rate: 1, ...fault });
      expect([fault, (await below(set))?.kind]).toEqual([fault, 'unknown']);
      set.cloud.faults.clear();
    }
    expect(await below(set)).toEqual({ kind: 'present', value: [] });

    // A management group is recognised by its id: its type is spelled in more than one way.
    const entries = [
      { id: `/providers/${GROUPS}/Inner`, type: `/providers/${GROUPS}` },
      { id: idOf('shop'), type: '/subscriptions' },
    ];
    set.cloud.faults.add({ route, rate: 1, kind: 'answer', status: 200, body: { value: entries } });
    expect(await below(set)).toEqual({ kind: 'present', value: [{ id: subscriptionOf('shop') }] });
  });

  it('have the names that their owners gave them, on one line, no longer than Azure takes, and never as a command', async () => {
    const set = await stage({});
    letReadBelow(set);
    await set.advance(DAY);
    const named = async (displayName: unknown) => {
      const value = [{ id: idOf('shop'), type: '/subscriptions', properties: { displayName } }];
      set.cloud.faults.add({ route: 'GET *descendants*', rate: 1, kind: 'answer', status: 200, body: { value } });
      const read = await below(set);
      set.cloud.faults.clear();
      return read?.kind === 'present' ? read.value : read;
    };
    expect(await named('Shop of Busan')).toEqual([{ id: subscriptionOf('shop'), name: 'Shop of Busan' }]);
    expect(await named(' Shop\n\u202Eof \u0007 Busan ')).toEqual([
      { id: subscriptionOf('shop'), name: 'Shop of Busan' },
    ]);
    expect(await named('x'.repeat(500))).toEqual([{ id: subscriptionOf('shop'), name: 'x'.repeat(64) }]);
    expect(await named('😀'.repeat(65))).toEqual([{ id: subscriptionOf('shop'), name: '😀'.repeat(64) }]);
    expect(await named('Shop `rm -r /`')).toEqual([{ id: subscriptionOf('shop'), name: 'Shop rm -r /' }]);
    for (const none of ['', ' \n', 5, null, undefined])
      expect(await named(none)).toEqual([{ id: subscriptionOf('shop') }]);
  });

  it('are unknown where a list leads back to itself, after as many calls as it has pages', async () => {
    const set = await stage({});
    letReadBelow(set);
    await set.advance(DAY);
    const again = `https://management.azure.com/providers/${GROUPS}/${LANDING_ZONES}/descendants?again&api-version=${apiVersion(GROUPS)}`;
    const body = { value: [], nextLink: again };
    set.cloud.faults.add({ route: 'GET *descendants*', rate: 1, kind: 'answer', status: 200, body });
    set.requests();
    expect((await below(set))?.kind).toBe('unknown');
    expect(set.requests()).toHaveLength(2);
  });
});

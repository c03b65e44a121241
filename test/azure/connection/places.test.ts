import { describe, expect, it } from 'vitest';
import { present } from '../../../src/remediation/model/facts.ts';
import { inSight, readOnlyIn } from '../../../src/remediation/observation/places.ts';
import { aFlexibleServer, GROUP, inaccessible } from '../../builders/observation.ts';
import { FLEXIBLE, ORDERS } from '../orders.ts';
import { SUBSCRIPTION, sim, stage } from '../product.ts';

const why = 'Azure answers ResourceGroupNotFound of it. Fix: az group show --name data';
const missing = [{ subscriptionId: 'x', state: present('Enabled'), missingGroups: [{ id: GROUP.toLowerCase(), why }] }];

describe('The subscriptions in scope', () => {
  it('are enabled, with every group that is asked for, by two calls', async () => {
    const { call, requests } = await stage(ORDERS);
    const [place] = await call('readPlaces', [FLEXIBLE]);
    expect(place).toMatchObject({ state: { value: 'Enabled' }, missingGroups: [] });
    expect(requests()).toHaveLength(2);
  });

  it('are told to be read only where they are disabled', async () => {
    const { call, cloud } = await stage(ORDERS);
    await sim(cloud, 'break/disable-subscription', {});
    expect(readOnlyIn(await call('readPlaces', []))).toEqual([
      { subscriptionId: SUBSCRIPTION.split('/')[2], state: 'Disabled' },
    ]);
  });

  it('are of another tenant where Azure says so, though it lets the product read there', async () => {
    const { call, cloud } = await stage(ORDERS);
    const [ours] = await call('readPlaces', []);
    expect(ours?.foreign).toBeUndefined();
    const theirs = '00000000-0000-4000-8000-000000000077';
    cloud.faults.add({ route: 'GET *', kind: 'spoilt', rate: 1, of: SUBSCRIPTION, put: { tenantId: theirs } });
    const [place] = await call('readPlaces', []);
    expect(place?.foreign).toEqual({ theirs, ours: cloud.world.entra.tenantId });
  });

  it('show which group Azure does not find, though it lists what is in it', async () => {
    const { call, cloud } = await stage(ORDERS);
    await sim(cloud, 'break/hide-place', { scope: `${SUBSCRIPTION}/resourceGroups/data` });
    const [place] = await call('readPlaces', [FLEXIBLE]);
    expect(place?.missingGroups).toEqual([
      {
        id: `${SUBSCRIPTION}/resourcegroups/data`.toLowerCase(),
        why: expect.stringMatching(/ResourceGroupNotFound.*az group show --name data/),
      },
    ]);
  });
});

describe('A consumer that is listed in a group that Azure does not find', () => {
  it('is not known to be well, and the reason says what tells', () => {
    expect(inSight(missing)(aFlexibleServer()).state).toMatchObject({
      kind: 'unknown',
      reason: expect.stringMatching(/ResourceGroupNotFound.*az group show --name data/),
    });
  });

  it('is down where it says so itself', () => {
    const down = aFlexibleServer('web', { state: inaccessible });
    expect(inSight(missing)(down)).toBe(down);
  });

  it('is as it was where its group is there', () => {
    const server = aFlexibleServer();
    expect(inSight([{ subscriptionId: 'x', state: present('Enabled'), missingGroups: [] }])(server)).toBe(server);
  });
});

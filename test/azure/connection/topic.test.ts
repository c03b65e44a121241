import { describe, expect, it } from 'vitest';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { orders } from '../../builders/incident.ts';
import { spokenIn } from '../../builders/spoken-versions.ts';
import { sim, stage } from '../product.ts';

const TOPIC = `/subscriptions/${subscriptionId}/resourceGroups/guardian/providers/Microsoft.EventGrid/topics/incidents`;
const ENDPOINT = 'https://incidents.koreacentral-1.eventgrid.azure.net/api/events';
const ROUTE = 'POST https://*.eventgrid.azure.net/*';
const EVENT = { type: 'CmkGuardian.Key.SightBack', source: '/the/app', id: 'a', subject: 'k', data: { key: 'k' } };
const WITHIN = 5_000;

/** A topic to which the product may send, unless said otherwise. */
const withTopic = async ({ maySend = true } = {}) => {
  const set = await stage(orders([]), { topicEndpoint: ENDPOINT });
  const { entra } = set.cloud.world;
  const product = entra.principals().find(({ name }) => name.includes('cmk-guardian'));
  await sim(set.cloud, 'repair/create-topic', { topic: TOPIC, ...(maySend && { sender: product?.objectId }) });
  return set;
};

describe('The product’s topic', () => {
  it('takes its events, in one request, with a token of the managed identity', async () => {
    const { call, requests, cloud } = await withTopic();
    requests();
    expect(await call('sendToTopic', [EVENT, { ...EVENT, id: 'b' }], WITHIN)).toEqual({ kind: 'taken' });
    expect(requests()).toEqual([`POST ${new URL(ENDPOINT).host}/api/events 200`]);
    expect(spokenIn(cloud.requests.list()).map(({ version }) => version)).toContain('2018-01-01');
  });

  it('refuses who has no role on it, and the sentence has the command that helps', async () => {
    const { call } = await withTopic({ maySend: false });
    expect(await call('sendToTopic', [EVENT], WITHIN)).toEqual({
      kind: 'refused',
      status: 401,
      why: expect.stringMatching(
        /^takes nothing, since the product has no role that sends to it\. Fix: az role assignment create --role 'EventGrid Data Sender' .* \(401\)$/,
      ),
    });
  });

  it('that does not answer is waited for as long as it is said, and asked once', async () => {
    const { call, cloud, requests } = await withTopic();
    cloud.faults.add({ route: ROUTE, kind: 'timeout', rate: 1 });
    requests();
    const began = cloud.world.clock.now();
    expect(await call('sendToTopic', [EVENT], WITHIN)).toMatchObject({ kind: 'refused', why: 'failed: AbortError' });
    expect(cloud.world.clock.now() - began).toBeLessThanOrEqual(WITHIN + 1_000);
    expect(requests()).toHaveLength(1);
  });

  it('that answers 503 or 429 is asked once: what waits is sent by the next round', async () => {
    const { call, cloud, requests } = await withTopic();
    for (const kind of ['503', '429'] as const) {
      cloud.faults.clear();
      cloud.faults.add({ route: ROUTE, kind, rate: 1 });
      requests();
      expect(await call('sendToTopic', [EVENT], WITHIN)).toMatchObject({ kind: 'refused', status: Number(kind) });
      expect(requests()).toHaveLength(1);
    }
  });
});

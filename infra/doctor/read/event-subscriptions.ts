import { z } from 'zod';
import { absent, type EventSubscription, type Fact, present, unknown } from '../facts.ts';
import type { Arm } from './arm.ts';

const subscription = z.object({
  id: z.string(),
  properties: z.object({
    provisioningState: z.string().optional(),
    destination: z
      .object({ endpointType: z.string(), properties: z.object({ resourceId: z.string().optional() }).optional() })
      .nullish(),
    deliveryWithResourceIdentity: z.unknown().optional(),
  }),
});

const TOPICS = 'Microsoft.EventGrid/systemTopics';
const SUBSCRIPTIONS = 'Microsoft.EventGrid/eventSubscriptions';

const endingAt = (site: string, listed: readonly unknown[]): readonly EventSubscription[] =>
  listed.flatMap((one) => {
    const read = subscription.safeParse(one);
    const functionId = read.data?.properties.destination?.properties?.resourceId ?? '';
    if (!read.success || !functionId.toLowerCase().startsWith(`${site.toLowerCase()}/functions/`)) return [];
    return [{ id: read.data.id, functionId, state: read.data.properties.provisioningState ?? 'Succeeded' }];
  });

/** Those of the system topics of a subscription, and those on the subscription itself, that end at functions of a site. */
export const readEventSubscriptions = async (
  arm: Arm,
  subscriptionId: string,
  site: string,
): Promise<Fact<readonly EventSubscription[]>> => {
  const here = `/subscriptions/${subscriptionId}`;
  const topics = await arm.list(`${here}/providers/${TOPICS}`, TOPICS);
  if (topics.kind !== 'present') return topics.kind === 'absent' ? absent : topics;
  const places = topics.value.map(({ id }) => `${String(id)}/eventSubscriptions`);
  const lists = await Promise.all([
    ...places.map((place) => arm.list(place, TOPICS)),
    arm.list(`${here}/providers/${SUBSCRIPTIONS}`, SUBSCRIPTIONS),
  ]);
  const failed = lists.find((one) => one.kind === 'unknown');
  if (failed?.kind === 'unknown') return unknown(failed.why);
  const all = lists.flatMap((one) => (one.kind === 'present' ? endingAt(site, one.value) : []));
  return present([...new Map(all.map((one) => [one.id.toLowerCase(), one])).values()]);
};

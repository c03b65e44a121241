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

const topicSource = z.object({ properties: z.object({ source: z.string().optional() }) });

const TOPICS = 'Microsoft.EventGrid/systemTopics';
const SUBSCRIPTIONS = 'Microsoft.EventGrid/eventSubscriptions';

const VAULTS = 'Microsoft.KeyVault/vaults';

/** Azure allows twelve thousand reads an hour and more: estates have hundreds of vaults. */
const AT_ONCE = 8;

const endingAt = (
  site: string,
  listed: readonly unknown[],
  of: EventSubscription['of'],
): readonly EventSubscription[] =>
  listed.flatMap((one) => {
    const read = subscription.safeParse(one);
    const functionId = read.data?.properties.destination?.properties?.resourceId ?? '';
    if (!read.success || !functionId.toLowerCase().startsWith(`${site.toLowerCase()}/functions/`)) return [];
    return [{ id: read.data.id, of, functionId, state: read.data.properties.provisioningState ?? 'Succeeded' }];
  });

/** The event subscriptions on the vaults of a subscription, which the subscription's own list does not show. */
const readOfVaults = async (
  arm: Arm,
  subscriptionId: string,
  site: string,
): Promise<Fact<readonly EventSubscription[]>> => {
  const vaults = await arm.list(`/subscriptions/${subscriptionId}/providers/${VAULTS}`, VAULTS);
  if (vaults.kind !== 'present') return vaults;
  const ids = vaults.value.map(({ id }) => String(id));
  const found: EventSubscription[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    const lists = await Promise.all(some.map((id) => arm.list(`${id}/providers/${SUBSCRIPTIONS}`, SUBSCRIPTIONS)));
    const failed = lists.find((one) => one.kind === 'unknown');
    if (failed?.kind === 'unknown') return unknown(failed.why);
    found.push(...lists.flatMap((one) => (one.kind === 'present' ? endingAt(site, one.value, 'vault') : [])));
  }
  return present(found);
};

/** The source of a topic: a subscription, or a vault. */
const sourceOf = (topic: unknown): EventSubscription['of'] =>
  /\/vaults\//i.test(topicSource.safeParse(topic).data?.properties.source ?? '') ? 'vault' : 'subscription';

/**
 * The event subscriptions whose destination is a function of a site: those of the system topics of a subscription, on the
 * subscription itself, and on its vaults.
 */
export const readEventSubscriptions = async (
  arm: Arm,
  subscriptionId: string,
  site: string,
): Promise<Fact<readonly EventSubscription[]>> => {
  const here = `/subscriptions/${subscriptionId}`;
  const topics = await arm.list(`${here}/providers/${TOPICS}`, TOPICS);
  if (topics.kind !== 'present') return topics.kind === 'absent' ? absent : topics;
  const lists = await Promise.all([
    ...topics.value.map(async (topic) => {
      const listed = await arm.list(`${String(topic['id'])}/eventSubscriptions`, TOPICS);
      return listed.kind === 'present' ? present(endingAt(site, listed.value, sourceOf(topic))) : listed;
    }),
    arm
      .list(`${here}/providers/${SUBSCRIPTIONS}`, SUBSCRIPTIONS)
      .then((listed) => (listed.kind === 'present' ? present(endingAt(site, listed.value, 'subscription')) : listed)),
    readOfVaults(arm, subscriptionId, site),
  ]);
  const failed = lists.find((one) => one.kind === 'unknown');
  if (failed?.kind === 'unknown') return unknown(failed.why);
  const all = lists.flatMap((one) => (one.kind === 'present' ? one.value : []));
  return present([...new Map(all.map((one) => [one.id.toLowerCase(), one])).values()]);
};

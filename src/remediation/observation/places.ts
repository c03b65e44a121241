import { type ConsumerFacts, type Fact, unknown } from '../model/facts.ts';
import { formatResourceId, groupOf, subscriptionOf } from '../model/resource-id.ts';

/**
 * A subscription in scope. `missingGroups`: its groups in scope that Azure does not find, by lower-cased id, with the reason.
 */
export type Place = {
  readonly subscriptionId: string;
  /** `Enabled`, `Warned`, `PastDue`, `Disabled`, `Deleted` (Microsoft.Resources, SubscriptionState). */
  readonly state: Fact<string>;
  /** Both tenants, where the subscription belongs to another one than the product. Azure Lighthouse lets the product read there. */
  readonly foreign?: { readonly theirs: string; readonly ours: string };
  readonly missingGroups: readonly { readonly id: string; readonly why: string }[];
};

/** ARM id, lower-cased, of the resource group of a resource. */
export const groupIdOf = (id: string): string =>
  formatResourceId({ subscriptionId: subscriptionOf(id), resourceGroup: groupOf(id) }).toLowerCase();

/** States in which Azure still answers reads of a subscription and refuses every write. */
const READ_ONLY = new Set(['disabled', 'expired', 'deleted']);

type ReadOnly = { readonly subscriptionId: string; readonly state: string };

/** Subscriptions in which Azure refuses every write, with their state. */
export const readOnlyIn = (places: readonly Place[]): readonly ReadOnly[] =>
  places.flatMap(({ subscriptionId, state }) =>
    state.kind === 'present' && READ_ONLY.has(state.value.toLowerCase())
      ? [{ subscriptionId, state: state.value }]
      : [],
  );

/**
 * Where a list shows a healthy consumer, and Azure does not find its group, the two contradict each other: the state becomes
 * unknown. A state that is not `ready` stays: a consumer that is down is down.
 */
export const inSight = (places: readonly Place[]): ((consumer: ConsumerFacts) => ConsumerFacts) => {
  const whys = new Map(places.flatMap(({ missingGroups }) => missingGroups.map(({ id, why }) => [id, why] as const)));
  return (consumer) => {
    const { id, state } = consumer;
    if (state.kind !== 'present' || state.value.state !== 'ready') return consumer;
    const why = whys.get(groupIdOf(id));
    return why === undefined ? consumer : { ...consumer, state: unknown(why) };
  };
};

import { type ConsumerFacts, type Fact, unknown } from '../model/facts.ts';
import { formatResourceId, groupOf, subscriptionOf } from '../model/resource-id.ts';

/** A subscription in scope. `missingGroups`: those groups, by id in lower case, of which Azure answers that they are not found, and what tells. */
export type Place = {
  readonly subscriptionId: string;
  /** `Enabled`, `Warned`, `PastDue`, `Disabled`, `Deleted` (Microsoft.Resources, SubscriptionState). */
  readonly state: Fact<string>;
  readonly missingGroups: readonly { readonly id: string; readonly why: string }[];
};

/** ARM id, lower-cased, of the group in which a resource is. */
export const groupIdOf = (id: string): string =>
  formatResourceId({ subscriptionId: subscriptionOf(id), resourceGroup: groupOf(id) }).toLowerCase();

/** Reads go on in such a subscription, and every write in it is refused. */
const READ_ONLY = new Set(['disabled', 'expired', 'deleted']);

type ReadOnly = { readonly subscriptionId: string; readonly state: string };

/** Subscriptions in which nothing can be written, with the state that they are in. */
export const readOnlyIn = (places: readonly Place[]): readonly ReadOnly[] =>
  places.flatMap(({ subscriptionId, state }) =>
    state.kind === 'present' && READ_ONLY.has(state.value.toLowerCase())
      ? [{ subscriptionId, state: state.value }]
      : [],
  );

/**
 * A consumer that a list shows to be well in a group that Azure does not find is contradicted: that it is well is unknown. A state
 * that is no health stays: whoever is down is not less so.
 */
export const inSight =
  (places: readonly Place[]) =>
  (consumer: ConsumerFacts): ConsumerFacts => {
    const { id, state } = consumer;
    if (state.kind !== 'present' || state.value.state !== 'ready') return consumer;
    const group = groupIdOf(id);
    const missing = places.flatMap(({ missingGroups }) => missingGroups).find((one) => one.id === group);
    return missing === undefined ? consumer : { ...consumer, state: unknown(missing.why) };
  };

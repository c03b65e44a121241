import { managementGroupScope } from '../../local/cloud/arm/management-groups.ts';
import type { Cloud } from '../../local/cloud/cloud.ts';
import { guid } from '../../local/cloud/draw.ts';
import { buildWorld, type WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { productId, productKeyPermissions } from '../../local/cloud/worlds/product.ts';
import { type ProductPart, productRole } from '../../local/cloud/worlds/product-role.ts';

/** A management group that GUARDIAN_SCOPE names, and one below it. */
export const LANDING_ZONES = 'landing-zones';
export const LANDING_SCOPE = managementGroupScope(LANDING_ZONES);
const INNER = 'online';

type Clouded = { readonly cloud: Cloud };

const product = ({ cloud }: Clouded): string => {
  const found = cloud.world.entra.managedIdentity(productId);
  if (!found) throw new Error('The product has no identity');
  return found.objectId;
};

const assign = (one: Clouded, scope: string, part: ProductPart): void =>
  void one.cloud.world.rbac.assign({ scope, role: productRole(part).roleName, principalId: product(one) });

/** The product gets the right to read all resources below the management group. */
export const letReadBelow = (one: Clouded): void => {
  one.cloud.world.subscriptions.putBelow(LANDING_ZONES, { managementGroup: INNER });
  assign(one, LANDING_SCOPE, 'observe');
};

export const letUseKeys = (one: Clouded, id: string): void => assign(one, `/subscriptions/${id}`, 'keys');

export const letRepair = (one: Clouded, id: string): void => {
  letUseKeys(one, id);
  assign(one, `/subscriptions/${id}`, 'consumers');
};

/** An id of a subscription that is always the same for its name. */
export const subscriptionOf = (name: string): string => guid('subscription', name);

/** A subscription in a management group below the one that is named; empty. */
export const addSubscription = ({ cloud }: Clouded, name: string): string => {
  const { entra, subscriptions } = cloud.world;
  const id = subscriptionOf(name);
  subscriptions.add({ id, name, tenantId: entra.tenantId });
  subscriptions.putBelow(INNER, { subscription: id });
  return id;
};

/** A subscription that was taken out is below the management group again. */
export const putBack = ({ cloud }: Clouded, name: string): void =>
  cloud.world.subscriptions.putBelow(INNER, { subscription: subscriptionOf(name) });

/**
 * The same with a vault, a key that ends in ninety days, and a single server of that name, in a group of its own. `furnished`: what
 * else there is.
 */
export const addShop = (
  one: Clouded,
  name: string,
  furnished: (shop: WorldPlan) => WorldPlan = (shop) => shop,
): string => {
  const subscription = addSubscription(one, name);
  const vault = `kv-${name}`;
  const shop: WorldPlan = {
    vaults: [{ name: vault, permissions: 'accessPolicies', keys: [{ name: 'cmk', expiresInDays: 90 }], subscription }],
    servers: [{ name, generation: 'single', vault, key: 'cmk', subscription }],
  };
  buildWorld(one.cloud.world, furnished(shop));
  return subscription;
};

/** The product has no rights in the subscription, as where its owner does not know the product. */
export const forgetProductIn = (one: Clouded, name: string): void => {
  const { tenantId } = one.cloud.world.entra;
  const policy = { tenantId, objectId: product(one), permissions: { keys: [...productKeyPermissions] } };
  one.cloud.world.keyVault.changePolicies(`kv-${name}`, 'remove', [policy]);
};

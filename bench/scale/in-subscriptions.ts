import { managementGroupScope } from '../../local/cloud/arm/management-groups.ts';
import type { FullWorld } from '../../local/cloud/create-world.ts';
import { productId, subscriptionId } from '../../local/cloud/worlds/product.ts';
import { productRole } from '../../local/cloud/worlds/product-role.ts';
import { subscriptionsOf } from './big-estate.ts';
import type { Shape } from './shape.ts';

const MANAGEMENT_GROUP = 'estate';

/** GUARDIAN_SCOPE for such an estate: its subscription, or the management group that holds several. */
export const scopeOf = ({ subscriptions }: Shape): string =>
  subscriptions === 1 ? `/subscriptions/${subscriptionId}` : managementGroupScope(MANAGEMENT_GROUP);

/**
 * Makes the subscriptions of an estate below one management group, with the roles by which the product sees them: a role at the
 * management group for reads, and a role in each subscription for keys. A world has the product's own subscription already.
 */
export const addSubscriptions = ({ subscriptions, entra, rbac }: FullWorld, shape: Shape): void => {
  if (shape.subscriptions === 1) return;
  const principalId = entra.managedIdentity(productId)?.objectId ?? '';
  for (const [n, id] of subscriptionsOf(shape).entries()) {
    if (id !== subscriptionId) {
      subscriptions.add({ id, name: `Estate ${n}`, tenantId: entra.tenantId });
      rbac.assign({ scope: `/subscriptions/${id}`, role: productRole('keys').roleName, principalId });
    }
    subscriptions.putBelow(MANAGEMENT_GROUP, { subscription: id });
  }
  rbac.assign({ scope: scopeOf(shape), role: productRole('observe').roleName, principalId });
};

import { resourceId } from '../arm/resource-id.ts';
import type { FullWorld } from '../create-world.ts';
import { guid } from '../draw.ts';
import type { Principal } from '../entra/entra.ts';
import { grantsCondition, PRODUCT_PARTS, productRole } from './product-role.ts';

/** The subscription of every named world. */
export const subscriptionId = guid('subscription', 'production');

const wholeSubscription = `/subscriptions/${subscriptionId}`;

export const productName = 'cmk-guardian';

/** The function app of the product. */
export const productId = resourceId({
  subscription: subscriptionId,
  group: 'guardian',
  type: 'Microsoft.Web/sites',
  name: productName,
});

/** Permissions on keys that the product holds in a vault with access policies. */
export const productKeyPermissions = ['get', 'list', 'update', 'recover', 'restore'];

/** The app roles of `infra/app-roles.json`. Each has the rights of the roles before it. */
export const APP_ROLES = ['Reader', 'Requester', 'Operator', 'Approver'] as const;

const addSubscription = ({ subscriptions, entra }: FullWorld): void => {
  subscriptions.add({ id: subscriptionId, name: 'Production', tenantId: entra.tenantId });
};

/** Makes the subscription and the people, for a world without a deployed product: no part of its role is defined. */
export const addHome = (world: FullWorld): void => {
  addSubscription(world);
  addPeople(world, wholeSubscription);
};

/** Makes the subscription, the product's identity and role, and the people: the beginning of every other world. */
export const addProduct = (world: FullWorld): Principal => {
  addSubscription(world);
  const product = world.entra.createSystemIdentity(productId);
  addRole(world, product.objectId);
  world.subscriptions.addGroup({ subscription: subscriptionId, name: 'guardian' });
  addPeople(world, wholeSubscription);
  return product;
};

/** As infra/README.md says: three parts on the subscription, and the consumers' part in every resource group of its own. */
const addRole = ({ rbac, subscriptions }: FullWorld, principalId: string): void => {
  for (const part of PRODUCT_PARTS) {
    const { roleName, permissions } = productRole(part);
    rbac.define({ roleName, permissions, scopes: [wholeSubscription] });
  }
  for (const part of ['observe', 'keys'] as const)
    rbac.assign({ scope: wholeSubscription, role: productRole(part).roleName, principalId });
  const condition = grantsCondition(principalId);
  rbac.assign({ scope: wholeSubscription, role: productRole('grants').roleName, principalId, condition });
  subscriptions.onGroup(({ name, subscription }) => {
    if (subscription !== subscriptionId) return;
    const scope = `${wholeSubscription}/resourceGroups/${name}`;
    rbac.assign({ scope, role: productRole('consumers').roleName, principalId });
  });
};

/** Makes a person for each app role of the product, named after the role, and the owner of the subscription. */
const addPeople = ({ entra, rbac }: FullWorld, scope: string): void => {
  for (const role of APP_ROLES) entra.createUser({ name: role.toLowerCase(), roles: [role] });
  const owner = entra.createUser({ name: 'owner' });
  rbac.assign({ scope, role: 'Owner', principalId: owner.objectId, principalType: 'User' });
  rbac.assign({ scope, role: 'Key Vault Administrator', principalId: owner.objectId, principalType: 'User' });
};

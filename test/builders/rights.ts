import { productId, subscriptionId } from '../../local/cloud/worlds/product.ts';
import type { App } from './app.ts';
import { VAULT } from './incident.ts';

const ROLE = 'CMK Guardian';

const product = ({ cloud }: App) => {
  const found = cloud.world.entra.managedIdentity(productId);
  if (!found) throw new Error('The product has no identity');
  return found;
};

const policyOf = (app: App, keys: string[]) => {
  const { objectId, tenantId } = product(app);
  return [{ tenantId, objectId, permissions: { keys } }];
};

/** Somebody takes permissions on keys from the product's access policy. Returns what gives them back. */
export const takeKeyPermissions =
  (...keys: string[]) =>
  (app: App): (() => void) => {
    const { keyVault } = app.cloud.world;
    keyVault.changePolicies(VAULT, 'remove', policyOf(app, keys));
    return () => void keyVault.changePolicies(VAULT, 'add', policyOf(app, keys));
  };

/** The product loses its role on the subscription. */
export const takeRole = (app: App): (() => void) => {
  const { rbac } = app.cloud.world;
  const { objectId } = product(app);
  const held = rbac.assignments().find(({ principalId }) => principalId === objectId);
  if (!held) throw new Error('The product has no role');
  rbac.unassign(held.scope, held.name);
  return () => void rbac.assign({ scope: `/subscriptions/${subscriptionId}`, role: ROLE, principalId: objectId });
};

/** Somebody takes actions or data actions out of the product's role. */
export const takeActions =
  (...taken: string[]) =>
  (app: App): (() => void) => {
    const [permission] = app.cloud.world.rbac.definition(ROLE)?.permissions ?? [];
    if (!permission) throw new Error(`There is no role ${ROLE}`);
    const before = { ...permission };
    const left = (actions: readonly string[]) => actions.filter((action) => !taken.includes(action));
    Object.assign(permission, { actions: left(before.actions), dataActions: left(before.dataActions) });
    return () => void Object.assign(permission, before);
  };

/** The vault's firewall closes to all but trusted services: servers pass, the product does not. */
export const closeFirewall = (app: App): (() => void) => {
  const { keyVault } = app.cloud.world;
  const acls = (defaultAction: 'Allow' | 'Deny') => ({
    networkAcls: { defaultAction, bypass: 'AzureServices' as const, ipRules: [], virtualNetworkRules: [] },
  });
  keyVault.updateVault(VAULT, acls('Deny'));
  return () => void keyVault.updateVault(VAULT, acls('Allow'));
};

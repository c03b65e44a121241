import { productId } from '../../local/cloud/worlds/product.ts';
import { PRODUCT_PARTS, type ProductPart, productRole } from '../../local/cloud/worlds/product-role.ts';
import { VAULT } from './incident.ts';
import type { App } from './open-app.ts';

type Cloudy = Pick<App, 'cloud'>;

const product = ({ cloud }: Cloudy) => {
  const found = cloud.world.entra.managedIdentity(productId);
  if (!found) throw new Error('The product has no identity');
  return found;
};

const policyOf = (app: App, keys: string[]) => {
  const { objectId, tenantId } = product(app);
  return [{ tenantId, objectId, permissions: { keys } }];
};

/** An owner takes permissions on keys from the product's access policy. Returns the function that gives them back. */
export const takeKeyPermissions =
  (...keys: string[]) =>
  (app: App): (() => void) => {
    const { keyVault } = app.cloud.world;
    keyVault.changePolicies(VAULT, 'remove', policyOf(app, keys));
    return () => void keyVault.changePolicies(VAULT, 'add', policyOf(app, keys));
  };

/** The product loses parts of its role, at every scope. Returns the function that gives them back, with their conditions. */
export const takeParts =
  (...parts: readonly ProductPart[]) =>
  (app: App): (() => void) => {
    const { rbac } = app.cloud.world;
    const { objectId } = product(app);
    const taken = parts.map((part) => rbac.definition(productRole(part).roleName)?.name);
    const held = rbac.assignments().filter((one) => one.principalId === objectId && taken.includes(one.role));
    if (held.length === 0) throw new Error(`The product holds none of ${parts.join(', ')}`);
    for (const { scope, name } of held) rbac.unassign(scope, name);
    return () => {
      for (const { scope, role, principalId, condition } of held)
        rbac.assign({ scope, role, principalId, ...(condition !== undefined && { condition }) });
    };
  };

/** The product loses its whole role. */
export const takeRole = takeParts(...PRODUCT_PARTS);

/**
 * An owner takes an action, or a data action (`data Microsoft.KeyVault/…`), out of the product's role: the two kinds may have
 * actions of the same name. Returns the function that gives it back.
 */
export const takeOne =
  (named: string) =>
  ({ cloud }: Cloudy): (() => void) => {
    const kind = named.startsWith('data ') ? 'dataActions' : 'actions';
    const action = named.replace(/^data /, '');
    const giveBack = PRODUCT_PARTS.map((part) => {
      const [permission] = cloud.world.rbac.definition(productRole(part).roleName)?.permissions ?? [];
      if (!permission) throw new Error(`There is no role for ${part}`);
      const before = permission[kind];
      Object.assign(permission, { [kind]: before.filter((one) => one !== action) });
      return () => void Object.assign(permission, { [kind]: before });
    });
    return () => {
      for (const back of giveBack) back();
    };
  };

/** An owner takes actions or data actions out of the product's role. */
export const takeActions =
  (...taken: string[]) =>
  (app: Cloudy): (() => void) => {
    const { rbac } = app.cloud.world;
    const giveBack = PRODUCT_PARTS.map((part) => {
      const [permission] = rbac.definition(productRole(part).roleName)?.permissions ?? [];
      if (!permission) throw new Error(`There is no role for ${part}`);
      const before = { ...permission };
      const left = (actions: readonly string[]) => actions.filter((action) => !taken.includes(action));
      Object.assign(permission, { actions: left(before.actions), dataActions: left(before.dataActions) });
      return () => void Object.assign(permission, before);
    });
    return () => {
      for (const back of giveBack) back();
    };
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

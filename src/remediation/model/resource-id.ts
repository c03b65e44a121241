import { parseResourceId, type ResourceId } from './resource-segments.ts';

export { parseLooseResourceId, parseResourceId, type ResourceId } from './resource-segments.ts';

/**
 * Ids of Azure resources. Azure compares them without case, and its services differ in casing. `parseResourceId` reads only valid
 * ids, and lower-cases them; `parseLooseResourceId` also reads the ids that Azure sends in events. The other functions take any
 * id that Azure has sent, and keep its spelling.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */

/** The parts of an id that a call to a resource in a resource group needs. Lower-cased. */
export type ResourcePlace = {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** `microsoft.keyvault/vaults`. */
  readonly type: string;
  readonly name: string;
};

type ResourceParts = Pick<ResourceId, 'subscriptionId' | 'resourceGroup' | 'type'> & {
  readonly names?: readonly string[];
};

/** The id of a subscription, a group or a resource from its parts, in their spelling. `type`: `Microsoft.KeyVault/vaults`. */
export const formatResourceId = ({ subscriptionId, resourceGroup, type, names = [] }: ResourceParts): string => {
  const [namespace, ...types] = type?.split('/') ?? [];
  return [
    `/subscriptions/${subscriptionId}`,
    ...(resourceGroup === undefined ? [] : [`resourceGroups/${resourceGroup}`]),
    ...(namespace === undefined ? [] : [`providers/${namespace}`]),
    ...types.map((one, at) => (names[at] === undefined ? one : `${one}/${names[at]}`)),
  ].join('/');
};

/** Whether both texts are ids of the same resource. */
export const sameResource = (a: string, b: string): boolean => {
  const id = parseResourceId(a)?.id;
  return id !== undefined && id === parseResourceId(b)?.id;
};

/** Whether a resource is one of these scopes (subscriptions, resource groups or resources) or lies in one. */
export const inScope = (resourceId: string, scopes: readonly string[]): boolean => {
  const id = parseResourceId(resourceId)?.id;
  if (id === undefined) return false;
  return scopes.some((scope) => {
    const outer = parseResourceId(scope)?.id;
    return outer !== undefined && (id === outer || id.startsWith(`${outer}/`));
  });
};

/**
 * The parts of the id of a resource in a resource group. Throws for any other text: ids come from Azure or from a plan, so
 * another text is a fault of the product.
 */
export const placeOf = (text: string): ResourcePlace => {
  const { subscriptionId, resourceGroup, type, names } = parseResourceId(text) ?? {};
  const name = names?.[0];
  if (!subscriptionId || !resourceGroup || !type || !name) throw new Error(`'${text}' is no id of an Azure resource`);
  return { subscriptionId, resourceGroup, type, name };
};

/** Name of a resource: the last segment of its id. */
export const nameOf = (id: string): string => id.split('/').at(-1) ?? id;

const after = (id: string, wanted: string): string => {
  const segments = id.split('/');
  const at = segments.findIndex((segment) => segment.toLowerCase() === wanted);
  return (at < 0 ? undefined : segments[at + 1]) ?? '';
};

/** Name of the resource group in an id; empty where there is none. `subscriptionOf` does the same for the subscription. */
export const groupOf = (id: string): string => after(id, 'resourcegroups');
export const subscriptionOf = (id: string): string => after(id, 'subscriptions');

/** The id of the parent resource: `…/servers/orders` of `…/servers/orders/keys/one`. */
export const parentOf = (id: string): string => id.split('/').slice(0, -2).join('/');

const PROVIDERS = '/providers/';

/**
 * The id of the resource that an extension resource belongs to: the vault of
 * `…/vaults/kv/providers/Microsoft.Authorization/locks/keep`.
 */
export const extendedBy = (id: string): string => id.slice(0, Math.max(0, id.toLowerCase().lastIndexOf(PROVIDERS)));

const withoutSlashes = (text: string): string => {
  let end = text.length;
  while (text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
};

/**
 * Whether an id is this scope or lies in it; compared without case, segment by segment. `*` contains everything. Key identifiers
 * and other names with slashes can be compared as well.
 */
export const within = (id: string, scope: string): boolean => {
  const outer = withoutSlashes(scope.trim().toLowerCase());
  const inner = id.toLowerCase();
  return outer === '*' || (outer !== '' && (inner === outer || inner.startsWith(`${outer}/`)));
};

/**
 * Type of the resource that a path of Resource Manager names, in the spelling of the path. The path of a list works too; an
 * action counts as one more type. Empty where the path names no provider.
 */
export const typeOf = (path: string): string => {
  const at = path.toLowerCase().lastIndexOf(PROVIDERS);
  const [namespace = '', ...rest] = at < 0 ? [] : path.slice(at + PROVIDERS.length).split('/');
  return [namespace, ...rest.filter((_segment, index) => index % 2 === 0)].join('/');
};

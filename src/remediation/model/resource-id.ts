/**
 * Ids of Azure resources. Azure compares them without case, and its own services differ in casing. `parseResourceId` takes
 * only what is one, and lower-cases it; the functions on text take whatever Azure has named and spell it as there.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */

/** An Azure resource id, taken apart. Everything is lower-cased. */
export type ResourceId = {
  /** The whole id, without a trailing slash. */
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup?: string;
  /** Namespace and types, `microsoft.keyvault/vaults`; none for a subscription or a resource group. */
  readonly type?: string;
  /** Names of the resource and its parents, outermost first. */
  readonly names: readonly string[];
};

/** What a call to a resource of a resource group needs. Lower-cased. */
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

const SUBSCRIPTION = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const RESOURCE_GROUP = /^[\p{L}\p{N}_()\-.]{0,89}[\p{L}\p{N}_()-]$/u;
const NAMESPACE = /^[a-z0-9.]+$/;
const SEGMENT = /^[^?#\s]{1,260}$/;

type Typed = { readonly type?: string; readonly names: readonly string[] };

/** What follows one `/providers/`: a namespace and pairs of a type and a name. */
const typedIn = ([namespace = '', ...pairs]: readonly string[]): Typed | undefined => {
  const isTyped = NAMESPACE.test(namespace) && pairs.length > 0 && pairs.length % 2 === 0;
  if (!isTyped || !pairs.every((segment) => SEGMENT.test(segment))) return undefined;
  const types = pairs.filter((_segment, index) => index % 2 === 0);
  return { type: [namespace, ...types].join('/'), names: pairs.filter((_segment, index) => index % 2 === 1) };
};

/** Segments behind subscription and group; of an extension resource, what follows its own `/providers/` counts. */
const readTyped = (segments: readonly string[]): Typed | undefined => {
  let last: Typed = { names: [] };
  for (let at = 0, end = 0; at < segments.length; at = end) {
    if (segments[at] !== 'providers') return undefined;
    end = at + 2;
    while (end < segments.length && segments[end] !== 'providers') end += 2;
    const typed = typedIn(segments.slice(at + 1, end));
    if (!typed) return undefined;
    last = typed;
  }
  return last;
};

/** Reads the id of a subscription, a resource group or a resource, in linear time. */
export const parseResourceId = (text: string): ResourceId | undefined => {
  const id = text.trim().toLowerCase().replace(/\/$/, '');
  const [root, subscriptions, subscriptionId = '', ...rest] = id.split('/');
  if (root !== '' || subscriptions !== 'subscriptions' || !SUBSCRIPTION.test(subscriptionId)) return undefined;
  const [, resourceGroup] = rest[0] === 'resourcegroups' ? rest : [];
  if (resourceGroup !== undefined && !RESOURCE_GROUP.test(resourceGroup)) return undefined;
  const typed = readTyped(resourceGroup === undefined ? rest : rest.slice(2));
  return typed && { id, subscriptionId, ...(resourceGroup === undefined ? {} : { resourceGroup }), ...typed };
};

/** The id of a subscription, a group or a resource from its parts, spelt as they are. `type`: `Microsoft.KeyVault/vaults`. */
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

/** Whether a resource is, or lies in, any of these scopes (subscriptions, resource groups or resources). */
export const inScope = (resourceId: string, scopes: readonly string[]): boolean => {
  const id = parseResourceId(resourceId)?.id;
  if (id === undefined) return false;
  return scopes.some((scope) => {
    const outer = parseResourceId(scope)?.id;
    return outer !== undefined && (id === outer || id.startsWith(`${outer}/`));
  });
};

/** Where a resource of a resource group is. Throws where the text is no id of such: ids come from Azure or from a plan. */
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

/** Empty where the id names none, as below. */
export const groupOf = (id: string): string => after(id, 'resourcegroups');
export const subscriptionOf = (id: string): string => after(id, 'subscriptions');

/** What a resource is a part of: `…/servers/orders` of `…/servers/orders/keys/one`. */
export const parentOf = (id: string): string => id.split('/').slice(0, -2).join('/');

const PROVIDERS = '/providers/';

/** What an extension resource hangs on: the vault, of `…/vaults/kv/providers/Microsoft.Authorization/locks/keep`. */
export const extendedBy = (id: string): string => id.slice(0, Math.max(0, id.toLowerCase().lastIndexOf(PROVIDERS)));

const withoutSlashes = (text: string): string => {
  let end = text.length;
  while (text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
};

/**
 * Whether an id is this scope or lies in it; compared without case, segment by segment. `*` contains everything. Ids of keys
 * and names that are no resource ids are compared as well.
 */
export const within = (id: string, scope: string): boolean => {
  const outer = withoutSlashes(scope.trim().toLowerCase());
  const inner = id.toLowerCase();
  return outer === '*' || (outer !== '' && (inner === outer || inner.startsWith(`${outer}/`)));
};

/**
 * Type of what a path of Resource Manager names, spelt as there: also of a list, and of an action, which counts as one more
 * type. Empty where it names no provider.
 */
export const typeOf = (path: string): string => {
  const at = path.toLowerCase().lastIndexOf(PROVIDERS);
  const [namespace = '', ...rest] = at < 0 ? [] : path.slice(at + PROVIDERS.length).split('/');
  return [namespace, ...rest.filter((_segment, index) => index % 2 === 0)].join('/');
};

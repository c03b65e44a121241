/** An Azure resource id, taken apart. Everything is lower-cased: Azure's own services differ in casing. */
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

const SUBSCRIPTION = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const RESOURCE_GROUP = '[\\p{L}\\p{N}_()\\-.]{0,89}[\\p{L}\\p{N}_()\\-]';
const SEGMENT = '[^/?#\\s]{1,260}';
const RESOURCE_ID = new RegExp(
  `^/subscriptions/(${SUBSCRIPTION})(?:/resourcegroups/(${RESOURCE_GROUP}))?((?:/providers/[a-z0-9.]+(?:/${SEGMENT}/${SEGMENT})+)*)/?$`,
  'u',
);

/** Reads the id of a subscription, a resource group or a resource; of an extension resource, its own type counts. */
export const parseResourceId = (text: string): ResourceId | undefined => {
  const [whole, subscriptionId, resourceGroup, resource] = RESOURCE_ID.exec(text.trim().toLowerCase()) ?? [];
  if (whole === undefined || subscriptionId === undefined) return undefined;
  const [namespace, ...pairs] = resource?.split('/providers/').at(-1)?.split('/') ?? [];
  const types = pairs.filter((_segment, index) => index % 2 === 0);
  return {
    id: whole.replace(/\/$/, ''),
    subscriptionId,
    ...(resourceGroup === undefined ? {} : { resourceGroup }),
    ...(namespace ? { type: [namespace, ...types].join('/') } : {}),
    names: pairs.filter((_segment, index) => index % 2 === 1),
  };
};

/** Whether both texts are ids of the same resource. */
export const sameResource = (a: string, b: string): boolean => {
  const id = parseResourceId(a)?.id;
  return id !== undefined && id === parseResourceId(b)?.id;
};

/** Whether a resource is, or lies in, one of these scopes (subscriptions, resource groups or resources). */
export const inScope = (resourceId: string, scopes: readonly string[]): boolean => {
  const id = parseResourceId(resourceId)?.id;
  if (id === undefined) return false;
  return scopes.some((scope) => {
    const outer = parseResourceId(scope)?.id;
    return outer !== undefined && (id === outer || id.startsWith(`${outer}/`));
  });
};

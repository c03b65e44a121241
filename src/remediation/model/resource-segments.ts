/**
 * The parser of resource ids. It reads segment by segment, so that its time grows only with the length of the text, and it reads
 * no text that is longer than an id of Azure may be.
 */

/** An Azure resource id, split into its parts. Everything is lower-cased. */
export type ResourceId = {
  /** The whole id, without a trailing slash. */
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup?: string;
  /** Namespace and types, `microsoft.keyvault/vaults`; left out for a subscription or a resource group. */
  readonly type?: string;
  /** Names of the resource and its parents, outermost first. */
  readonly names: readonly string[];
};

/** Longer ids, in UTF-16 units, are not read: the longest ids that were seen in Azure have a quarter of this length. */
export const LONGEST_ID = 2_048;

const SUBSCRIPTION = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const RESOURCE_GROUP = /^[\p{L}\p{N}_()\-.]{0,89}[\p{L}\p{N}_()-]$/u;
const NAMESPACE = /^[a-z0-9.]+$/;

/**
 * Characters that are invisible or that change the direction of the text behind them, and halves of surrogate pairs, which cannot
 * be sent at all.
 */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u;
/**
 * Encoded separators, dots, control characters and percent signs: a path that contains one would end there, or lead elsewhere,
 * once somebody decodes it.
 */
const ENCODED = /%(?:2[5ef]|5c|[01][0-9a-f]|7f)/;
const SIGNS = /[?#\\]/;
const LONGEST_NAME = 260;

/** Refuses `.` and `..`: a client or a proxy may resolve them, and the path then leads elsewhere. */
const isSegment = (text: string): boolean => text !== '.' && text !== '..' && text.length <= LONGEST_NAME;

/** The text of an id in lower case; `undefined` where the text is too long or has characters that no id has. */
const clean = (sent: string): string | undefined => {
  if (sent.length > LONGEST_ID) return undefined;
  const text = sent.toLowerCase();
  return UNSEEN.test(text) || ENCODED.test(text) || SIGNS.test(text) ? undefined : text;
};

type Typed = { readonly type?: string; readonly names: readonly string[] };

/** The part behind one `/providers/`: a namespace, then pairs of a type and a name. */
const typedIn = ([namespace = '', ...pairs]: readonly string[]): Typed | undefined => {
  if (!NAMESPACE.test(namespace) || pairs.length === 0 || pairs.length % 2 === 1) return undefined;
  const types = pairs.filter((_segment, index) => index % 2 === 0);
  return { type: [namespace, ...types].join('/'), names: pairs.filter((_segment, index) => index % 2 === 1) };
};

/** Reads the segments behind subscription and group. For an extension resource the last `/providers/` counts. */
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

type Placed = Pick<ResourceId, 'subscriptionId' | 'resourceGroup'> & { readonly rest: readonly string[] };

/** Reads `subscriptions/{id}`, and `resourcegroups/{name}` where it follows. */
const readPlace = ([root, subscriptionId = '', ...rest]: readonly string[]): Placed | undefined => {
  if (root !== 'subscriptions' || !SUBSCRIPTION.test(subscriptionId)) return undefined;
  if (rest[0] !== 'resourcegroups' || rest.length === 1) return { subscriptionId, rest };
  const [, resourceGroup = '', ...after] = rest;
  return RESOURCE_GROUP.test(resourceGroup) ? { subscriptionId, resourceGroup, rest: after } : undefined;
};

const withoutLastSlash = (text: string): string => (text.endsWith('/') ? text.slice(0, -1) : text);

/**
 * Reads the id of a subscription, a resource group or a resource, of at most 2,048 characters, in linear time. For ids that
 * people send, and ids that go into a request. An id with an empty segment, a blank, a dot as a segment, a percent sign or a
 * control character is refused: no resource that the product touches has such an id.
 */
export const parseResourceId = (text: string): ResourceId | undefined => {
  const id = withoutLastSlash((clean(text) ?? '').trim());
  const [first, ...segments] = id.split('/');
  const isStrict = first === '' && !/[\s%]/.test(id) && segments.every((one) => one !== '' && isSegment(one));
  const place = isStrict ? readPlace(segments) : undefined;
  const typed = place && readTyped(place.rest);
  if (!place || !typed) return undefined;
  const { rest: _rest, ...where } = place;
  return { id, ...where, ...typed };
};

/** ARM has ids without a provider, for example `resourcegroups/{name}/deployments/{name}`: their provider is ARM itself. */
const withProvider = (rest: readonly string[]): readonly string[] =>
  rest.length === 0 || rest[0] === 'providers' ? rest : ['providers', 'microsoft.resources', ...rest];

/** The most segments at the end that may come without a name: `providers`, a namespace and a type. */
const NAMELESS = 3;

/**
 * The longest beginning that is a complete id: a type without a name is dropped, and the id is that of the resource before it.
 */
const wholeIn = (rest: readonly string[]): readonly string[] | undefined =>
  Array.from({ length: Math.min(NAMELESS, rest.length) + 1 }, (_, less) => rest.slice(0, rest.length - less)).find(
    (beginning) => readTyped(beginning) !== undefined,
  );

/**
 * Reads an id as Azure sends it in events and alerts: a slash may be doubled, a name may have blanks, a provider or a type may
 * come without a name, and a resource that is being deployed has a temporary id without a provider
 * (github.com/MicrosoftDocs/azure-docs/issues/12166). The `id` that is returned has single slashes and ends with the last name.
 * `parseResourceId` still refuses ids with blanks: no resource that the product touches has such a name.
 */
export const parseLooseResourceId = (sent: string): ResourceId | undefined => {
  const text = sent.length <= LONGEST_ID ? clean(sent.trim()) : undefined;
  if (!text?.startsWith('/')) return undefined;
  const segments = text.split('/').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
  const place = segments.every(isSegment) ? readPlace(segments) : undefined;
  const whole = place && wholeIn(withProvider(place.rest));
  if (!place || !whole) return undefined;
  const { rest, subscriptionId, resourceGroup } = place;
  const outer = resourceGroup === undefined ? [subscriptionId] : [subscriptionId, 'resourcegroups', resourceGroup];
  const named = rest[0] === 'providers' ? whole : whole.slice(2);
  const id = ['', 'subscriptions', ...outer, ...named].join('/');
  return {
    id,
    subscriptionId,
    ...(resourceGroup === undefined ? {} : { resourceGroup }),
    names: [],
    ...readTyped(whole),
  };
};

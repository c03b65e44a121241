import type { Incoming } from '../incoming.ts';
import type { Matched } from '../router.ts';
import type { Route, Switches } from '../service.ts';
import { AzureError } from './error.ts';

/** The api-version, whose name is taken in any casing; `api%2Dversion` is the same once decoded. */
export const apiVersionOf = (query: URLSearchParams): string | undefined =>
  [...query].find(([name]) => name.toLowerCase() === 'api-version')?.[1];

/** The one route that answers, or the error that Azure Resource Manager gives: 404 type, 400 version, 405 method. */
export const chooseRoute = (incoming: Incoming, candidates: Matched<Route>[], all: Route[]): Matched<Route> => {
  const version = apiVersionOf(incoming.query);
  if (!version) {
    const message = 'The api-version query parameter (?api-version=) is required for all requests.';
    throw new AzureError(400, 'MissingApiVersionParameter', message);
  }
  if (candidates.length === 0) throw unknownType(incoming.path, version, all);
  const supported = candidates.filter(({ route }) => route.apiVersions.includes(version));
  if (supported.length === 0) throw unknownVersion(incoming.path, version, candidates);
  const found = supported.find(({ route }) => route.method === incoming.method);
  if (found) return found;
  const message = `The requested resource does not support http method '${incoming.method}'.`;
  throw new AzureError(405, 'HttpMethodNotSupported', message);
};

type ResourceType = { namespace: string; type: string };

/** A path without a provider belongs to a subscription, or to a group or resource in it. */
const SUBSCRIPTIONS: ResourceType = { namespace: 'Microsoft.Resources', type: 'subscriptions' };

/** The routes without the versions that Azure does not serve now for the type that a path names. */
export const servedNow = (
  path: string,
  candidates: Matched<Route>[],
  { refusedApiVersions = {} }: Switches,
): Matched<Route>[] => {
  const { namespace, type } = typeOf(path) ?? SUBSCRIPTIONS;
  const asked = `${namespace}/${type}/`.toLowerCase();
  const refused = Object.entries(refusedApiVersions)
    .filter(([known]) => asked.startsWith(`${known.toLowerCase()}/`))
    .flatMap(([, versions]) => versions);
  return candidates.map(({ route, params }) => ({
    params,
    route: { ...route, apiVersions: route.apiVersions.filter((version) => !refused.includes(version)) },
  }));
};

const typeOf = (path: string): ResourceType | undefined => {
  const [namespace, ...rest] = /.*\/providers\/(.+?)\/?$/i.exec(path)?.[1]?.split('/') ?? [];
  if (!namespace) return undefined;
  return { namespace, type: rest.filter((_, i) => i % 2 === 0).join('/') };
};

const unknownType = (path: string, version: string, all: Route[]): AzureError => {
  const asked = typeOf(path);
  if (!asked) return new AzureError(404, 'NotFound', `The resource '${path}' was not found.`);
  const same = all.filter(
    ({ path: known }) => typeOf(known)?.namespace.toLowerCase() === asked.namespace.toLowerCase(),
  );
  if (same.length === 0) {
    const message = `The resource namespace '${asked.namespace}' is invalid.`;
    return new AzureError(404, 'InvalidResourceNamespace', message);
  }
  const versions = [...new Set(same.flatMap(({ apiVersions }) => apiVersions))].sort().join(',');
  return noSuchType(asked, version, versions);
};

const noSuchType = ({ namespace, type }: ResourceType, version: string, versions: string): AzureError =>
  new AzureError(
    404,
    'InvalidResourceType',
    `The resource type '${type}' could not be found in the namespace '${namespace}' for api version '${version}'. The supported api-versions are '${versions}'.`,
  );

/** Types without a location: seen for roleAssignments, eventtypes and the resources of Resource Graph. */
const PLACELESS = [
  'microsoft.authorization',
  'microsoft.insights',
  'microsoft.resourcegraph',
  'microsoft.resourcehealth',
];

/** Azure's answer to a version that a type does not have: 400 where the type has locations, else 404. */
const unknownVersion = (path: string, version: string, candidates: Matched<Route>[]): AzureError => {
  const versions = [...new Set(candidates.flatMap(({ route }) => route.apiVersions))].sort().join(', ');
  const asked = typeOf(path);
  if (!asked) {
    const message = `The api-version '${version}' is invalid. The supported versions are '${versions}'.`;
    return new AzureError(400, 'InvalidApiVersionParameter', message);
  }
  if (PLACELESS.includes(asked.namespace.toLowerCase()))
    return noSuchType(asked, version, versions.replaceAll(', ', ','));
  return new AzureError(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for location 'global' and API version '${version}' for type '${asked.type}'. The supported api-versions are '${versions}'. The supported locations are 'koreacentral, koreasouth'.`,
  );
};

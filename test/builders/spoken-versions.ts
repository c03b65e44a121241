import type { LoggedRequest } from '../../local/cloud/request-log.ts';
import { API_VERSIONS, type ApiService, serviceOf } from '../../src/remediation/model/api-versions.ts';
import { typeOf } from '../../src/remediation/model/resource-id.ts';

/** A request of the product to a service of Azure. */
export type Spoken = { readonly service: ApiService | undefined; readonly type: string; readonly version: string };

const KEYS = 'Key Vault keys (data plane)';
const TOPICS = 'Event Grid topics (data plane)';

const versionsOf = (service: ApiService | undefined): readonly string[] => (service ? API_VERSIONS[service] : []);

/** The URL at which Azure shows the state of a long operation: Azure itself names it, with its version. */
const isNamedByAzure = (type: string): boolean => /^[^/]+\/locations\//i.test(type);

/** The services and api-versions of the product's requests; sign-in and storage, which are no resources, are left out. */
export const spokenIn = (requests: readonly LoggedRequest[]): readonly Spoken[] =>
  requests.flatMap(({ url }): Spoken[] => {
    const { host, pathname, searchParams } = new URL(url);
    const version = searchParams.get('api-version') ?? '';
    if (host.endsWith('.vault.azure.net')) return [{ service: KEYS, type: KEYS, version }];
    if (host.endsWith('.eventgrid.azure.net')) return [{ service: TOPICS, type: TOPICS, version }];
    if (host !== 'management.azure.com') return [];
    const type = typeOf(pathname) || 'Microsoft.Resources/subscriptions';
    return isNamedByAzure(type) ? [] : [{ service: serviceOf(type), type, version }];
  });

/** `type version` of each request with another version than the table has for its type. */
export const notInTable = (requests: readonly LoggedRequest[]): readonly string[] => [
  ...new Set(
    spokenIn(requests)
      .filter(({ service, version }) => !versionsOf(service).includes(version))
      .map(({ type, version }) => `${type} ${version}`),
  ),
];

import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { page } from '../arm/page.ts';
import { readBody } from '../arm/read-body.ts';
import { sameId } from '../arm/resource-id.ts';
import type { Call, Route } from '../service.ts';
import type { ResourceStore } from '../stored-resources/resource-store.ts';
import type { StoredResource } from '../stored-resources/stored-resource.ts';
import { NETWORK_TYPES } from './network-types.ts';
import { type ConnectionStatus, connectionsOf, type StoredConnection } from './private-link.ts';

type Linked = { endpoint: StoredResource; connection: StoredConnection };

const PUT = z.object({
  properties: z.looseObject({
    privateLinkServiceConnectionState: z.looseObject({
      status: z.enum(['Approved', 'Rejected', 'Disconnected']),
      description: z.string().default(''),
    }),
  }),
});

const linkedTo = (store: ResourceStore, target: string): Linked[] =>
  store.ofType(NETWORK_TYPES.endpoint).flatMap((endpoint) =>
    connectionsOf(endpoint)
      .filter(({ properties }) => sameId(properties.privateLinkServiceId, target))
      .map((connection) => ({ endpoint, connection })),
  );

const withState = (
  endpoint: StoredResource,
  name: string,
  state: { status: ConnectionStatus; description: string },
) => {
  const change = (one: StoredConnection): StoredConnection =>
    sameId(one.name, name)
      ? { ...one, properties: { ...one.properties, privateLinkServiceConnectionState: state } }
      : one;
  const { properties } = endpoint;
  const lists = ['privateLinkServiceConnections', 'manualPrivateLinkServiceConnections'] as const;
  const changed = lists.map((list) => [list, (properties[list] as StoredConnection[]).map(change)]);
  return { ...endpoint, properties: { ...properties, ...Object.fromEntries(changed) } };
};

const nameOf = ({ endpoint, connection }: Linked): string => `${endpoint.name}.${connection.name}`;

const shown = (target: string, linked: Linked) => ({
  id: `${target}/privateEndpointConnections/${nameOf(linked)}`,
  name: nameOf(linked),
  properties: {
    privateEndpoint: { id: linked.endpoint.id },
    privateLinkServiceConnectionState: linked.connection.properties.privateLinkServiceConnectionState,
    provisioningState: 'Succeeded',
  },
});

/** The private endpoint connections that a resource shows among its own properties. */
export const connectionsShownBy = (store: ResourceStore, target: string) =>
  linkedTo(store, target).map((linked) => {
    const { name: _name, ...connection } = shown(target, linked);
    return connection;
  });

/** The private endpoint connections of a type as its own resources see them: read, approve, reject, take away. */
export const endpointConnectionRoutes = (store: ResourceStore, type: string, apiVersions: string[]): Route[] => {
  const child = `${type}/privateEndpointConnections`;
  const base = `/subscriptions/{subscription}/resourceGroups/{group}/providers/${type}/{target}/privateEndpointConnections`;
  const targetOf = ({ path }: Call) => path.replace(/\/privateEndpointConnections.*$/i, '');
  const json = (target: string, linked: Linked) => ({ ...shown(target, linked), type: child });
  const found = (call: Call): Linked | undefined =>
    linkedTo(store, targetOf(call)).find((one) => sameId(nameOf(one), call.params['connection'] ?? ''));
  const known = (call: Call): Linked => {
    const linked = found(call);
    if (linked) return linked;
    throw new AzureError(
      404,
      'PrivateEndpointConnectionNotFound',
      `Private endpoint connection '${call.params['connection']}' was not found.`,
    );
  };
  const route = (method: string, path: string, verb: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path,
    apiVersions,
    action: `${child}/${verb}`,
    handle,
  });
  return [
    route('GET', base, 'read', (call) =>
      page(
        call,
        linkedTo(store, targetOf(call)).map((one) => json(targetOf(call), one)),
      ),
    ),
    route('GET', `${base}/{connection}`, 'read', (call) => ({ status: 200, body: json(targetOf(call), known(call)) })),
    route('PUT', `${base}/{connection}`, 'write', (call) => {
      const state = readBody(PUT, call.body).properties.privateLinkServiceConnectionState;
      const { endpoint, connection } = known(call);
      store.put(withState(endpoint, connection.name, state));
      return { status: 200, body: json(targetOf(call), known(call)) };
    }),
    route('DELETE', `${base}/{connection}`, 'delete', (call) => {
      const linked = found(call);
      if (!linked) return { status: 204 };
      store.put(withState(linked.endpoint, linked.connection.name, { status: 'Disconnected', description: '' }));
      return { status: 200 };
    }),
  ];
};

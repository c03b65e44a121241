import { AzureError } from '../arm/error.ts';
import { readBody } from '../arm/read-body.ts';
import { sameId } from '../arm/resource-id.ts';
import type { ResourceStore } from '../stored-resources/resource-store.ts';
import type { WrittenResource } from '../stored-resources/stored-resource.ts';
import type { StoredType } from '../stored-resources/stored-type.ts';
import { LINK_PROPERTIES, type LinkProperties, tracked, ZONE_PROPERTIES } from './network-bodies.ts';
import { NETWORK_TYPES, parentOf } from './network-types.ts';

const DNS_VERSIONS = ['2018-09-01', '2020-01-01', '2020-06-01', '2024-06-01'];

export const zoneType = (store: ResourceStore): StoredType => ({
  type: NETWORK_TYPES.zone,
  apiVersions: DNS_VERSIONS,
  place: 'global',
  patch: 'tags',
  read: (body) => {
    const { properties = {}, ...rest } = readBody(tracked(ZONE_PROPERTIES.optional()), body);
    return { ...rest, properties } as WrittenResource;
  },
  complete: (resource) => ({ ...resource, properties: { provisioningState: 'Succeeded' } }),
  refuseDeletion: ({ id }) => {
    const links = store.below(id, NETWORK_TYPES.link).map((link) => `'${link.id}'`);
    if (links.length === 0) return;
    const message = `Cannot delete resource while nested resources exist. Some existing nested resource IDs include: ${links.join(', ')}. Please delete all nested resources before deleting this resource.`;
    throw new AzureError(409, 'CannotDeleteResource', message);
  },
  show: (resource) => ({
    ...resource,
    properties: {
      ...resource.properties,
      numberOfVirtualNetworkLinks: store.below(resource.id, NETWORK_TYPES.link).length,
    },
  }),
});

/** Versions before 2024-06-01 know no `resolutionPolicy`. */
export const zoneLinkType = (store: ResourceStore): StoredType => ({
  type: NETWORK_TYPES.link,
  apiVersions: DNS_VERSIONS,
  place: 'global',
  patch: 'all',
  read: (body) => readBody(tracked(LINK_PROPERTIES), body) as WrittenResource,
  refuse: ({ id, properties }, { apiVersion }) => {
    const { virtualNetwork, resolutionPolicy } = properties as LinkProperties;
    if (resolutionPolicy !== undefined && apiVersion < '2024-06-01')
      throw new AzureError(
        400,
        'InvalidRequestContent',
        `The request content was invalid: properties.resolutionPolicy is not known to the api-version '${apiVersion}'.`,
      );
    if (!store.get(virtualNetwork.id))
      throw new AzureError(
        404,
        'ResourceNotFound',
        `The Resource '${virtualNetwork.id.replace(/.*\/providers\//i, '')}' was not found.`,
      );
    const name = parentOf(id).split('/').at(-1) ?? '';
    const isSame = (other: { id: string; properties: Record<string, unknown> }) =>
      !sameId(other.id, id) &&
      sameId(parentOf(other.id).split('/').at(-1) ?? '', name) &&
      sameId((other.properties as LinkProperties).virtualNetwork.id, virtualNetwork.id);
    if (store.ofType(NETWORK_TYPES.link).some(isSame))
      throw new AzureError(
        400,
        'BadRequest',
        `A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with '${name}' and '${name}' zones.`,
      );
  },
  complete: (resource) => ({
    ...resource,
    properties: { ...resource.properties, provisioningState: 'Succeeded', virtualNetworkLinkState: 'Completed' },
  }),
});

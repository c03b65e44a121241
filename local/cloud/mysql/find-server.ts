import { AzureError } from '../arm/error.ts';
import { resourceId, sameId } from '../arm/resource-id.ts';
import type { Call } from '../service.ts';
import { type FlexibleServer, SERVER_TYPES, type Server, type SingleServer } from './server.ts';
import type { Servers } from './servers.ts';

/** Subscription, group and name as the path names them. */
export const placeOf = ({ params }: Call) => ({
  subscription: params['subscription'] ?? '',
  group: params['group'] ?? '',
  name: params['server'] ?? '',
});

export const serverId = (call: Call, generation: Server['generation']): string =>
  resourceId({ ...placeOf(call), type: SERVER_TYPES[generation] });

export const singleServerOf = (servers: Servers, call: Call): SingleServer =>
  servers.single(serverId(call, 'single')) ?? notFound(call, 'single');

export const flexibleServerOf = (servers: Servers, call: Call): FlexibleServer =>
  servers.flexible(serverId(call, 'flexible')) ?? notFound(call, 'flexible');

/** Whether a server is in the subscription, or resource group, of a list's path. */
export const listedBy =
  ({ params: { subscription = '', group } }: Call) =>
  (server: Server): boolean =>
    sameId(server.subscription, subscription) && (group === undefined || sameId(server.group, group));

const notFound = (call: Call, generation: Server['generation']): never => {
  const { group, name } = placeOf(call);
  throw new AzureError(
    404,
    'ResourceNotFound',
    `The Resource '${SERVER_TYPES[generation]}/${name}' under resource group '${group}' was not found. ` +
      'For more details please go to https://aka.ms/ARMResourceNotFoundFix',
  );
};

import { AzureError } from '../arm/error.ts';
import { normalScope } from '../arm/scope.ts';
import type { MySql } from '../mysql/mysql.ts';
import type { SingleServer } from '../mysql/server.ts';
import type { Answer, Call, Service, World } from '../service.ts';

/**
 * Microsoft.ResourceHealth/availabilityStatuses/current, 2022-10-01, of MySQL single servers. A flexible server is not
 * among the resource types that have health checks. The titles are not documented.
 */
export const resourceHealthService = (world: World, { servers }: MySql): Service => ({
  name: 'resource-health',
  breaks: [],
  routes: [
    {
      plane: 'arm',
      method: 'GET',
      path: '/{scope*}/providers/Microsoft.ResourceHealth/availabilityStatuses/current',
      apiVersions: ['2018-07-01', '2020-05-01', '2022-10-01'],
      action: 'Microsoft.ResourceHealth/availabilityStatuses/current/read',
      handle: (call) => current(world, servers.single(scopeOf(call)), call),
    },
  ],
  snapshot: () => servers.all().flatMap((server) => (server.generation === 'single' ? [statusOf(server)] : [])),
});

const scopeOf = ({ params }: Call): string => normalScope(params['scope'] ?? '');

const current = ({ clock }: World, server: SingleServer | undefined, call: Call): Answer => {
  if (!server)
    throw new AzureError(
      404,
      'ResourceTypeNotSupported',
      `Resource Health does not support the resource '/${call.params['scope']}', or it was not found.`,
    );
  const status = statusOf(server);
  return {
    status: 200,
    body: {
      id: `${server.id}/providers/Microsoft.ResourceHealth/availabilityStatuses/current`,
      name: 'current',
      type: 'Microsoft.ResourceHealth/AvailabilityStatuses',
      location: server.location,
      properties: { ...status, reportedTime: new Date(clock.now()).toISOString() },
    },
  };
};

/** A server "shows as Inaccessible after the first connection has been denied": a server without clients never does. */
const statusOf = ({ availability: { deniedAt, since } }: SingleServer) =>
  deniedAt === undefined
    ? {
        availabilityState: 'Available',
        title: 'Available',
        summary: "There aren't any known Azure platform problems affecting this resource.",
        reasonType: '',
        reasonChronicity: 'Transient',
        occuredTime: new Date(since).toISOString(),
      }
    : {
        availabilityState: 'Unavailable',
        title: 'Inaccessible',
        summary: 'The server is inaccessible: it has lost access to its customer-managed key.',
        reasonType: 'UserInitiated',
        context: 'Customer Initiated',
        reasonChronicity: 'Persistent',
        occuredTime: new Date(deniedAt).toISOString(),
      };

import { AzureError } from '../arm/error.ts';
import { page } from '../arm/page.ts';
import type { Answer, Call, Route } from '../room.ts';
import type { EventGrid } from './event-grid.ts';
import type { EventSubscription } from './event-subscription.ts';
import { subscriptionBody } from './subscription-body.ts';
import { subscriptionSpec } from './subscription-request.ts';

const VAULT = '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.KeyVault/vaults/{vault}';
const LIST = `${VAULT}/providers/Microsoft.EventGrid/eventSubscriptions`;
const ONE = `${LIST}/{name}`;

const VERSIONS = ['2025-02-15', '2022-06-15'];

const scopeOf = ({ path }: Call) => path.replace(/\/providers\/Microsoft\.EventGrid\/.*$/i, '');
const nameOf = ({ params }: Call) => params['name'] ?? '';

const notFound = (call: Call) =>
  new AzureError(
    404,
    'ResourceNotFound',
    `The Resource 'Microsoft.EventGrid/eventSubscriptions/${nameOf(call)}' at '${scopeOf(call)}' was not found.`,
  );

/** Event subscriptions as extensions of a vault, which has no other topic of its own. */
export const eventSubscriptionRoutes = (eventGrid: EventGrid, hasVault: (scope: string) => boolean): Route[] => {
  const route = (method: string, path: string, action: string, handle: (call: Call) => Answer): Route => ({
    plane: 'arm',
    method,
    path,
    apiVersions: VERSIONS,
    action: `Microsoft.EventGrid/eventSubscriptions/${action}`,
    handle,
  });
  const find = (call: Call): EventSubscription => {
    const found = eventGrid.subscription(scopeOf(call), nameOf(call));
    if (!found) throw notFound(call);
    return found;
  };
  /** The endpoint is validated after the answer: clients poll `provisioningState`. */
  const put = (call: Call): Answer => {
    if (!hasVault(scopeOf(call)))
      throw new AzureError(404, 'ResourceNotFound', `The Resource '${scopeOf(call)}' was not found.`);
    const spec = subscriptionSpec(scopeOf(call), nameOf(call), call.body);
    return { status: 201, body: subscriptionBody(eventGrid.beginSubscribe(spec)) };
  };
  return [
    route('GET', LIST, 'read', (call) => {
      const own = eventGrid.subscriptions().filter(({ scope }) => scope.toLowerCase() === scopeOf(call).toLowerCase());
      return page(call, own.map(subscriptionBody));
    }),
    route('GET', ONE, 'read', (call) => ({ status: 200, body: subscriptionBody(find(call)) })),
    route('PUT', ONE, 'write', put),
    route('DELETE', ONE, 'delete', (call) => ({
      status: eventGrid.unsubscribe(scopeOf(call), nameOf(call)) ? 200 : 204,
    })),
    {
      ...route('POST', `${ONE}/getFullUrl`, 'getFullUrl/action', (call) => ({
        status: 200,
        body: { endpointUrl: find(call).endpointUrl },
      })),
      readsOnly: true,
    },
  ];
};

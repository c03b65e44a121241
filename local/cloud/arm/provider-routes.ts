import type { Answer, Call, Route, World } from '../service.ts';
import { authorizationFailed } from './authorize.ts';
import { AzureError } from './error.ts';
import { page } from './page.ts';
import { register, registrationOf } from './registrations.ts';
import { PROVIDERS, providerNamed } from './resource-providers.ts';
import { resourceTypesOf } from './resource-types.ts';
import type { Subscription } from './subscriptions.ts';

const COLLECTION = '/subscriptions/{subscription}/providers';

/** Resource providers of a subscription: Providers - Get, List, Register, Unregister. */
export const providerRoutes = (world: World, apiVersions: string[], served: () => Route[]): Route[] => {
  const route = (method: string, path: string, handle: Route['handle'], action?: string): Route => ({
    plane: 'arm',
    method,
    path: `${COLLECTION}${path}`,
    apiVersions,
    ...(action && { action }),
    handle,
  });
  const read = 'Microsoft.Resources/subscriptions/providers/read';
  const json = (call: Call) => providerJson(subscriptionIn(world, call), served());
  return [
    route('GET', '', (call) => page(call, [...PROVIDERS].map(json(call))), read),
    route('GET', '/{namespace}', (call) => ({ status: 200, body: json(call)(namespaceIn(call)) }), read),
    route('POST', '/{namespace}/register', (call) => change(world, served, call, 'Registered')),
    route('POST', '/{namespace}/unregister', (call) => change(world, served, call, 'NotRegistered')),
  ];
};

const subscriptionIn = ({ subscriptions }: World, { params }: Call): Subscription => {
  const found = subscriptions.get(params['subscription'] ?? '');
  if (found) return found;
  throw new AzureError(404, 'SubscriptionNotFound', `The subscription '${params['subscription']}' could not be found.`);
};

const namespaceIn = ({ params }: Call): string => {
  const asked = params['namespace'] ?? '';
  const known = providerNamed(asked);
  if (known !== undefined) return known;
  throw new AzureError(404, 'InvalidResourceNamespace', `The resource namespace '${asked}' is invalid.`);
};

/** The permission is the provider's own: `Microsoft.KeyVault/register/action`. */
const change = (world: World, served: () => Route[], call: Call, wanted: 'Registered' | 'NotRegistered'): Answer => {
  const subscription = subscriptionIn(world, call);
  const namespace = namespaceIn(call);
  const verb = wanted === 'Registered' ? 'register' : 'unregister';
  const asked = { action: `${namespace}/${verb}/action`, scope: `/subscriptions/${subscription.id}` };
  if (!world.rbac.allows({ principalId: call.caller.objectId, ...asked }))
    throw authorizationFailed(call.caller, asked.action, asked.scope);
  register(world, subscription, namespace, wanted);
  return { status: 200, body: providerJson(subscription, served())(namespace) };
};

const providerJson = (subscription: Subscription, served: Route[]) => (namespace: string) => ({
  id: `/subscriptions/${subscription.id}/providers/${namespace}`,
  namespace,
  registrationPolicy: 'RegistrationRequired',
  registrationState: registrationOf(subscription, namespace),
  resourceTypes: resourceTypesOf(namespace, served),
});

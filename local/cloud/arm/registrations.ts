import type { World } from '../service.ts';
import { AzureError } from './error.ts';
import { ALWAYS_REGISTERED, PROVIDERS } from './resource-providers.ts';
import type { RegistrationState, Subscription } from './subscriptions.ts';

/** Virtual seconds until a provider is registered; Azure promises nothing. */
const REGISTRATION_SECONDS = 30;

/** The registrations of a new subscription: only the providers that Azure registers by itself. */
export const firstRegistrations = (): Map<string, RegistrationState> =>
  new Map(ALWAYS_REGISTERED.map((namespace) => [namespace.toLowerCase(), 'Registered']));

/** Where a world has no registrations for a subscription, as the built worlds, every provider counts as registered. */
export const registrationOf = ({ registrations }: Subscription, namespace: string): RegistrationState => {
  if (registrations) return registrations.get(namespace.toLowerCase()) ?? 'NotRegistered';
  return PROVIDERS.some((each) => each.toLowerCase() === namespace.toLowerCase()) ? 'Registered' : 'NotRegistered';
};

/** Starts a change of registration: it ends in the other state after a delay, or at once where the world says so. */
export const register = (
  { clock, switches: { registrationSeconds = REGISTRATION_SECONDS } }: World,
  { registrations }: Subscription,
  namespace: string,
  wanted: 'Registered' | 'NotRegistered',
): void => {
  const key = namespace.toLowerCase();
  if (!registrations || (registrations.get(key) ?? 'NotRegistered') === wanted) return;
  if (registrationSeconds === 0) return void registrations.set(key, wanted);
  const meanwhile = wanted === 'Registered' ? 'Registering' : 'Unregistering';
  registrations.set(key, meanwhile);
  clock.setTimeout(() => {
    if (registrations.get(key) === meanwhile) registrations.set(key, wanted);
  }, registrationSeconds * 1000);
};

/** Refuses to make a resource of a provider that the subscription is not registered for (409 MissingSubscriptionRegistration). */
export const refuseUnregistered = ({ subscriptions }: World, id: string, path: string): void => {
  const subscription = subscriptions.get(id);
  const [, namespace, verb] = /.*\/providers\/([^/]+)\/([^/]+)/i.exec(path) ?? [];
  if (/^(un)?register$/i.test(verb ?? '')) return;
  if (!subscription?.registrations || namespace === undefined) return;
  if (registrationOf(subscription, namespace) === 'Registered') return;
  const code = 'MissingSubscriptionRegistration';
  const message = `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
  throw new AzureError(409, code, message, { details: [{ code, target: namespace, message }] });
};

import type { Deployable } from './deployable.ts';
import { APP, URL_OF_APP } from './values.ts';

const ARM = 'https://management.azure.com';
const VERSION = 'api-version=2023-12-01';

export type Answer = { readonly status: number; readonly body: unknown };

/** Sends a request to Azure Resource Manager as the engineer, for a path below the deployed app; rejects where it is refused. */
export const askArm = async (
  place: Deployable,
  method: 'GET' | 'POST' | 'PUT',
  below: string,
  body?: unknown,
): Promise<unknown> => {
  const site = `/subscriptions/${place.subscription}/resourceGroups/guardian/providers/Microsoft.Web/sites/${APP}`;
  const authorization = `Bearer ${await place.token(ARM)}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const answer = await place.send({ method, url: `${ARM}${site}/${below}?${VERSION}`, headers, body });
  if (answer.status >= 300) throw new Error(`${method} ${below}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};

type Keys = {
  readonly functionKeys: { readonly default: string };
  readonly systemKeys: { readonly durabletask_extension: string };
};

const keysOf = async (place: Deployable): Promise<Keys> =>
  (await askArm(place, 'POST', 'host/default/listkeys', {})) as Keys;

/** The function key, which opens the routes of the deployed app without a token. */
export const keyOfHost = async (place: Deployable): Promise<string> => (await keysOf(place)).functionKeys.default;

const ask = async (
  place: Deployable,
  method: 'GET' | 'POST',
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<unknown> => {
  const url = `${URL_OF_APP}${path}`;
  const { status, body } = await place.whilePassing(() => place.send({ method, url, headers: { ...headers } }));
  if (status >= 300) throw new Error(`${method} ${path} of the deployed app: ${status} ${JSON.stringify(body)}`);
  return body;
};

const keyed = async (place: Deployable, method: 'GET' | 'POST', path: string): Promise<unknown> =>
  ask(place, method, `/api/keyed/${path}`, { 'x-functions-key': await keyOfHost(place) });

/** The answer of a route of the deployed app to a caller with its function key. */
export const askApp = (place: Deployable, path: string): Promise<unknown> => keyed(place, 'GET', path);

export const orderOfApp = (place: Deployable, path: string): Promise<unknown> => keyed(place, 'POST', path);

/** A durable instance, as the management API of Durable Functions shows it. */
export type DurableInstance = {
  readonly name: string;
  readonly instanceId: string;
  readonly runtimeStatus: string;
  readonly createdTime: string;
};

export const durableInstances = async (place: Deployable): Promise<readonly DurableInstance[]> => {
  const code = (await keysOf(place)).systemKeys.durabletask_extension;
  return (await ask(place, 'GET', `/runtime/webhooks/durabletask/instances?code=${code}`, {})) as DurableInstance[];
};

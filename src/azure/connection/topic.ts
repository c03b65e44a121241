import type { AccessToken, TokenCredential } from '@azure/core-auth';
import type { CloudEvent, EventGridPublisherClient } from '@azure/eventgrid';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

/** The result of sending events. `status`: the status of the topic's answer, left out where it did not answer. */
export type Published =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly status?: number; readonly why: string };

/** Sends events once. Never throws, and ends within the given milliseconds. */
export type SendToTopic = (events: readonly CloudEvent<unknown>[], withinMs: number) => Promise<Published>;

/** The client asks for tokens of the public cloud, even for a topic in another cloud. */
const tokensFor = (resource: string, credential: TokenCredential): TokenCredential => ({
  getToken: (_scopes, options): Promise<AccessToken | null> => credential.getToken(`${resource}/.default`, options),
});

const open = async (connection: Connection, endpoint: string): Promise<EventGridPublisherClient<'CloudEvent'>> => {
  const { EventGridPublisherClient } = await import('@azure/eventgrid');
  const credential = tokensFor(connection.cloud.eventGridResource, await connection.credential());
  const httpClient = await connection.httpClient();
  return new EventGridPublisherClient(endpoint, 'CloudEvent', credential, {
    httpClient,
    retryOptions: { maxRetries: 0 },
  });
};

const NO_RIGHT = new Set([401, 403]);

const FIX =
  "Fix: az role assignment create --role 'EventGrid Data Sender' --assignee-object-id '<object id of the function app>' --assignee-principal-type ServicePrincipal --scope '<resource id of the topic>'";

const refusalOf = (error: unknown): Published => {
  const { statusCode, code, name } = error as { statusCode?: number; code?: string; name?: string };
  if (statusCode === undefined) return { kind: 'refused', why: `failed: ${code ?? name}` };
  const why = NO_RIGHT.has(statusCode)
    ? `takes nothing, since the product has no role that sends to it. ${FIX} (${statusCode})`
    : `takes nothing now (${statusCode})`;
  return { kind: 'refused', status: statusCode, why };
};

/**
 * Azure Event Grid, "Publish Cloud Event Events" of a custom topic. The client is loaded with the first events. A
 * missing token counts as no answer.
 */
export const openTopic = (connection: Connection, endpoint: string): SendToTopic => {
  const client = once(() => open(connection, endpoint));
  return async (events, withinMs) => {
    try {
      const abortSignal = AbortSignal.timeout(withinMs);
      await (await client()).send([...events], { abortSignal });
      return { kind: 'taken' };
    } catch (error) {
      return refusalOf(error);
    }
  };
};

import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';

export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly header: (name: string) => string | undefined;
};

/** One service of Azure. `resource`: the audience of its tokens. `service`: its name in errors. */
export type ServiceEndpoint = {
  readonly service: string;
  readonly resource: string;
  readonly credential: TokenCredential;
  readonly httpClient: HttpClient;
};

/** Sends exactly once. An error status throws a `RestError` with the parsed body as `details`. */
export type Send = (
  request: Pick<PipelineRequest, 'url' | 'method'> & { body?: string; abortSignal?: AbortSignal },
) => Promise<Answer>;

const parsed = (text: string | null | undefined): unknown => {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

export const openServiceSender = async ({
  service,
  resource,
  credential,
  httpClient,
}: ServiceEndpoint): Promise<Send> => {
  const {
    bearerTokenAuthenticationPolicy,
    createHttpHeaders,
    createPipelineFromOptions,
    createPipelineRequest,
    RestError,
  } = await import('@azure/core-rest-pipeline');
  const pipeline = createPipelineFromOptions({ retryOptions: { maxRetries: 0 } });
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: `${resource}/.default` }));
  const answerOf = (response: PipelineResponse): Answer => {
    const body = parsed(response.bodyAsText);
    if (response.status < 300) return { status: response.status, body, header: (name) => response.headers.get(name) };
    const { request, status: statusCode } = response;
    const error = new RestError(`${service} answered ${statusCode}`, { request, response, statusCode });
    throw Object.assign(error, { details: body });
  };
  return async (asked) => {
    const headers = createHttpHeaders(asked.body === undefined ? {} : { 'content-type': 'application/json' });
    return answerOf(await pipeline.sendRequest(httpClient, createPipelineRequest({ ...asked, headers })));
  };
};

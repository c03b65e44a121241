import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';

export type ArmAnswer = {
  readonly status: number;
  readonly body: unknown;
  readonly header: (name: string) => string | undefined;
};

export type ArmWrite = {
  readonly method: 'PUT' | 'PATCH';
  readonly path: string;
  readonly apiVersion: string;
  readonly body: unknown;
};

/** Azure Resource Manager. A status that is no success throws a `RestError` with the parsed body as `details`. */
export type ArmClient = {
  get(path: string, apiVersion: string): Promise<unknown>;
  /** Every page of a list. */
  list(path: string, apiVersion: string): Promise<readonly unknown[]>;
  /** Sends exactly once; throws without status when there was no answer before `signal`. */
  write(write: ArmWrite, signal: AbortSignal): Promise<ArmAnswer>;
  /** Reads an absolute URL that ARM itself has named. Throws where it leads elsewhere: a token goes with it. */
  follow(url: string): Promise<ArmAnswer>;
};

type Page = { readonly value?: readonly unknown[]; readonly nextLink?: string | null };
type Transport = { readonly endpoint: string; readonly credential: TokenCredential; readonly httpClient: HttpClient };
type Send = (
  request: Pick<PipelineRequest, 'url' | 'method'> & { body?: string; abortSignal?: AbortSignal },
) => Promise<ArmAnswer>;

const parsed = (text: string | null | undefined): unknown => {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const openPipeline = async ({ endpoint, credential, httpClient }: Transport): Promise<Send> => {
  const {
    bearerTokenAuthenticationPolicy,
    createHttpHeaders,
    createPipelineFromOptions,
    createPipelineRequest,
    RestError,
  } = await import('@azure/core-rest-pipeline');
  const pipeline = createPipelineFromOptions({ retryOptions: { maxRetries: 0 } });
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: `${endpoint}/.default` }));
  const answerOf = (response: PipelineResponse): ArmAnswer => {
    const body = parsed(response.bodyAsText);
    if (response.status < 300) return { status: response.status, body, header: (name) => response.headers.get(name) };
    const { request, status: statusCode } = response;
    const error = new RestError(`Azure Resource Manager answered ${statusCode}`, { request, response, statusCode });
    throw Object.assign(error, { details: body });
  };
  return async (asked) => {
    const headers = createHttpHeaders(asked.body === undefined ? {} : { 'content-type': 'application/json' });
    return answerOf(await pipeline.sendRequest(httpClient, createPipelineRequest({ ...asked, headers })));
  };
};

export const createArmClient = async (transport: Transport): Promise<ArmClient> => {
  const send = await openPipeline(transport);
  const { origin } = new URL(transport.endpoint);
  const urlOf = (path: string, apiVersion: string): string => `${origin}${path}?api-version=${apiVersion}`;
  const follow = async (url: string): Promise<ArmAnswer> => {
    if (new URL(url).origin !== origin) throw new Error(`'${url}' is not on ${origin}: no token is sent there`);
    return send({ url, method: 'GET' });
  };
  const list = async (url: string): Promise<readonly unknown[]> => {
    const { value = [], nextLink } = ((await follow(url)).body ?? {}) as Page;
    return nextLink ? [...value, ...(await list(nextLink))] : value;
  };
  return {
    follow,
    get: async (path, apiVersion) => (await follow(urlOf(path, apiVersion))).body,
    list: (path, apiVersion) => list(urlOf(path, apiVersion)),
    write: ({ method, path, apiVersion, body }, abortSignal) =>
      send({ url: urlOf(path, apiVersion), method, body: JSON.stringify(body), abortSignal }),
  };
};

import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient } from '@azure/core-rest-pipeline';
import { answerOf } from './another-answer.ts';
import { pagesFrom } from './pages.ts';
import { type Answer, openServiceSender } from './sender.ts';

export type ArmAnswer = Answer;

export type ArmWrite = {
  readonly method: 'PUT' | 'PATCH' | 'POST';
  readonly path: string;
  readonly apiVersion: string;
  /** Left out for an action without a body. */
  readonly body?: unknown;
};

/** Azure Resource Manager. An error status throws a `RestError` with the parsed body as `details`. */
export type ArmClient = {
  /** Reads one resource. Throws where the answer is about another one. */
  get(path: string, apiVersion: string): Promise<unknown>;
  /** A list page by page: one call for each. `query`: parameters beside the api-version, such as `$filter`. */
  pages(path: string, apiVersion: string, query?: Readonly<Record<string, string>>): AsyncIterable<readonly unknown[]>;
  /** Every page of a list. */
  list(path: string, apiVersion: string, query?: Readonly<Record<string, string>>): Promise<readonly unknown[]>;
  /** Reads by POST where a GET cannot express the request. */
  query(path: string, apiVersion: string, body: unknown): Promise<unknown>;
  /** Sends exactly once; throws without status when there was no answer before `signal`. */
  write(write: ArmWrite, signal: AbortSignal): Promise<ArmAnswer>;
  /**
   * Reads an absolute URL that ARM itself has given. Throws where the URL is not ARM's, because the request carries a
   * token.
   */
  follow(url: string): Promise<ArmAnswer>;
};

type Transport = { readonly endpoint: string; readonly credential: TokenCredential; readonly httpClient: HttpClient };

const queried = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .map(([name, value]) => `&${name}=${encodeURIComponent(value)}`)
    .join('');

export const createArmClient = async (transport: Transport): Promise<ArmClient> => {
  const { endpoint, ...means } = transport;
  const send = await openServiceSender({ service: 'Azure Resource Manager', resource: endpoint, ...means });
  const { origin } = new URL(transport.endpoint);
  const urlOf = (path: string, apiVersion: string): string => `${origin}${path}?api-version=${apiVersion}`;
  const follow = async (url: string): Promise<ArmAnswer> => {
    if (new URL(url).origin !== origin) throw new Error(`'${url}' is not on ${origin}: no token is sent there`);
    return send({ url, method: 'GET' });
  };
  const pages: ArmClient['pages'] = (path, apiVersion, query = {}) =>
    pagesFrom(`${urlOf(path, apiVersion)}${queried(query)}`, async (url) => (await follow(url)).body);
  return {
    follow,
    get: async (path, apiVersion) => answerOf(path, (await follow(urlOf(path, apiVersion))).body),
    pages,
    list: async (path, apiVersion, query) => (await Array.fromAsync(pages(path, apiVersion, query))).flat(),
    query: async (path, apiVersion, body) =>
      (await send({ url: urlOf(path, apiVersion), method: 'POST', body: JSON.stringify(body) })).body,
    write: ({ method, path, apiVersion, body }, abortSignal) =>
      send({
        url: urlOf(path, apiVersion),
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        abortSignal,
      }),
  };
};

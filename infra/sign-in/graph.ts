/** One exchange with Microsoft Graph, or another API of Azure. `body` is JSON, undefined where there is none. */
export type GraphRequest = {
  readonly method: 'GET' | 'PATCH' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

export type GraphAnswer = { readonly status: number; readonly body: unknown };

/** Sends a request, and rejects only where there is no answer. */
export type Send = (request: GraphRequest) => Promise<GraphAnswer>;

export type Graph = {
  /** All pages of a collection. */
  list(path: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  write(
    method: 'POST' | 'PATCH',
    path: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<void>;
};

/** A refusal of Graph. `status` and `code` are Graph's: https://learn.microsoft.com/graph/errors */
export class GraphRefusal extends Error {
  override readonly name = 'GraphRefusal';
  readonly status: number;
  readonly code: string;

  constructor(request: Pick<GraphRequest, 'method' | 'url'>, { status, body }: GraphAnswer) {
    const { code = 'no code', message = 'no message' } = errorIn(body);
    super(
      `${status === 403 ? 'Microsoft Graph refuses it, since who runs this has no directory role or permission for it' : 'Microsoft Graph refuses it'}: ${message.replace(/\.$/, '')} (${status} ${code}, ${request.method} ${request.url.split('?')[0]})`,
    );
    this.status = status;
    this.code = code;
  }
}

type GraphError = { readonly code?: string; readonly message?: string };

const errorIn = (body: unknown): GraphError => {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  return typeof error === 'object' && error !== null ? (error as GraphError) : {};
};

/**
 * Rejects where the answer is not complete within this number of milliseconds: a host that hangs must not make this command hang.
 */
export const sendWithin =
  (milliseconds: number): Send =>
  async ({ method, url, headers, body }) => {
    const signal = AbortSignal.timeout(milliseconds);
    const sent = body !== undefined && { body: JSON.stringify(body) };
    const response = await fetch(url, { method, headers, signal, ...sent });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : parseBody(text) };
  };

/** An app without a running instance takes half a minute to answer. */
export const sendByFetch: Send = sendWithin(60_000);

/** A proxy on the way may answer with a body that is not JSON. */
export const parseBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return { error: { code: 'NotJson', message: text.slice(0, 200) } };
  }
};

export type GraphAccess = { readonly endpoint: string; readonly token: string; readonly send?: Send };

/** Version 1.0 of Microsoft Graph at `endpoint`, with one token. */
export const createGraph = ({ endpoint, token, send = sendByFetch }: GraphAccess): Graph => {
  const exchange = async (
    method: GraphRequest['method'],
    url: string,
    more: Pick<GraphRequest, 'body'> & { headers?: Readonly<Record<string, string>> } = {},
  ): Promise<unknown> => {
    const own = { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': 'application/json' };
    const request = { ...more, method, url, headers: { ...own, ...more.headers } };
    const answer = await send(request);
    if (answer.status >= 300) throw new GraphRefusal(request, answer);
    return answer.body;
  };
  const pages = async (url: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    const { value, '@odata.nextLink': next } = (await exchange('GET', url)) as {
      value: Readonly<Record<string, unknown>>[];
      '@odata.nextLink'?: string;
    };
    // The token is sent only to the endpoint for which it was issued.
    if (next === undefined || !next.startsWith(`${endpoint}/`)) return value;
    return [...value, ...(await pages(next))];
  };
  return {
    list: (path) => pages(`${endpoint}/v1.0${path}`),
    write: async (method, path, body, headers = {}) => {
      await exchange(method, `${endpoint}/v1.0${path}`, { body, headers });
    },
  };
};

/** A text in the quotes of an OData filter. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

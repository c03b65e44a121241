import type { Durable, Guardian } from '../loop/guardian.ts';
import type { Caller } from './callers.ts';
import { PROBLEMS, type ProblemCode } from './problems.ts';

/**
 * A request as the handler of a route gets it, without the Functions runtime. `Query`: the query as the row of the contract reads
 * it.
 */
export type DoorRequest<Query = unknown> = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  /** The caller, as `admitCaller` in access.ts admitted it. */
  readonly caller: Caller;
  /** The encodings that the sender can read, and the version that it has already. */
  readonly accepts?: Accepts;
  /** Reads the body, once. The value is `undefined` where there was no body. */
  readonly readBody: () => Promise<JsonBody>;
  /** Reads the body as text, for a route that takes any body. */
  readonly readText: () => Promise<SentText>;
};

/** From the headers of the request, as they were sent. */
export type Accepts = { readonly encoding?: string; readonly etag?: string };

/** A body as JSON, or the refusal of a body that cannot be read. */
export type JsonBody =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly answer: DoorAnswer };

/** A body as it was sent. `over`: why it must not be parsed, in words; where the body is too large, `text` is its beginning. */
export type SentText = { readonly text: string; readonly over?: string };

/**
 * The handler of a route. What it throws becomes 500, or 503 where only Azure was the reason; a fault of the request is an
 * answer.
 */
export type Door<Query = unknown> = (
  request: DoorRequest<Query>,
  guardian: Guardian,
  durable: Durable,
) => Promise<DoorAnswer>;

export type DoorAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Instead of `body`: a text that is not JSON. */
  readonly text?: string;
  /** Instead of `body` and `text`: a file. */
  readonly bytes?: Uint8Array;
};

/** Media type of RFC 9457: https://www.rfc-editor.org/rfc/rfc9457 */
export const PROBLEM_TYPE = 'application/problem+json';

/**
 * Every refusal is a problem of RFC 9457: a code for programs, as the last part of `type`, and a sentence with the fix for
 * people, in `detail`. For one release `error` says the same in the shape that refusals had before.
 */
export const refusal = (
  status: number,
  code: ProblemCode,
  detail: string,
  more: Record<string, unknown> = {},
): DoorAnswer => ({
  status,
  headers: { 'content-type': PROBLEM_TYPE },
  body: {
    type: `/api/problems/${code}`,
    title: PROBLEMS[code].title,
    status,
    detail,
    error: { code, message: detail },
    ...more,
  },
});

const sendAgain = (code: ProblemCode, error: unknown, seconds: number): DoorAnswer => {
  const why = error instanceof Error ? error.message : String(error);
  const { headers, ...rest } = refusal(503, code, `${why}. Send the request again.`);
  return { ...rest, headers: { ...headers, 'Retry-After': String(seconds) } };
};

/** The answer 503 where a look could not be promised: the caller must send the request again. */
export const notWoken = (error: unknown): DoorAnswer => sendAgain('NotWoken', error, 5);

/** The answer 503 where the route could not look, because Azure throttles the product, is down or cannot be reached. */
export const azureUnavailable = (error: unknown): DoorAnswer => sendAgain('AzureUnavailable', error, 30);

/** The answer 500. The reason is only in the log: the caller cannot mend it. */
export const internalError = (): DoorAnswer =>
  refusal(500, 'InternalError', 'The product has failed, and says why in its log. Send the request again.');

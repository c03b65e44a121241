import type { Durable, Guardian } from '../loop/guardian.ts';
import type { Caller } from './callers.ts';
import { PROBLEMS, type ProblemCode } from './problems.ts';

/** A request as a door sees it, without the Functions runtime. `Query`: as the route's row of the contract reads it. */
export type DoorRequest<Query = unknown> = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  /** Who was let in (`admitCaller` in access.ts). */
  readonly caller: Caller;
  /** What the sender can read, and has already. */
  readonly accepts?: Accepts;
  /** Reads the body, once. The value is `undefined` when there was none. */
  readonly readBody: () => Promise<JsonBody>;
  /** The same instead, for a door that takes whatever is sent. */
  readonly readText: () => Promise<SentText>;
};

/** Of the headers, as they were sent. */
export type Accepts = { readonly encoding?: string; readonly etag?: string };

/** A body as JSON, or why it is none that is read. */
export type JsonBody =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly answer: DoorAnswer };

/** A body as it was sent. `over`: why it is not to be parsed, in words; of one that is too large `text` is the beginning. */
export type SentText = { readonly text: string; readonly over?: string };

/** Handles one route. What it throws becomes 500, or 503 where only Azure stood in the way; what the sender did wrong is an answer. */
export type Door<Query = unknown> = (
  request: DoorRequest<Query>,
  guardian: Guardian,
  durable: Durable,
) => Promise<DoorAnswer>;

export type DoorAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Instead of a body: what is no JSON. */
  readonly text?: string;
  /** Instead of both: a file. */
  readonly bytes?: Uint8Array;
};

/** https://www.rfc-editor.org/rfc/rfc9457 */
export const PROBLEM_TYPE = 'application/problem+json';

/**
 * Every refusal is a problem of RFC 9457: one code for programs, as the last part of `type`, and one sentence with the fix for
 * people, `detail`. `error` says the same as before there were problems, for one version.
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

/** A wake-up that could not be promised: the sender is told to send again. */
export const notWoken = (error: unknown): DoorAnswer => sendAgain('NotWoken', error, 5);

/** The same where a door could not look, because Azure is throttled, down or out of reach. */
export const azureUnavailable = (error: unknown): DoorAnswer => sendAgain('AzureUnavailable', error, 30);

/** What went wrong is for the log alone: who asks cannot mend it. */
export const internalError = (): DoorAnswer =>
  refusal(500, 'InternalError', 'The product has failed, and says why in its log. Send the request again.');

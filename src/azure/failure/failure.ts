import { isCurable, retryAfterMs } from '../http/retry-delay.ts';
import { policyAssignmentsIn } from './policy-violation.ts';

/** A refused or failed call in one shape, whichever SDK threw the error. Without `status`: Azure never answered. */
export type Failure = {
  readonly status?: number;
  /**
   * `AuthorizationFailed`, `KeyNotFound`, `ENOTFOUND`, …; the inner code where Key Vault hides the reason there.
   * `NoToken`: the managed identity gave no token; `TokenUnavailable`: it gave none this time. In both cases nothing
   * was sent.
   */
  readonly code: string;
  readonly message: string;
  /** The URL of the request, where it is known. */
  readonly url?: string;
  readonly retryAfterMs?: number;
  readonly correlationIds: readonly string[];
  /** ARM ids of the policy assignments by which Azure forbids the call. */
  readonly policyAssignments?: readonly string[];
};

type ErrorBody = {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly innererror?: ErrorBody;
  readonly innerError?: ErrorBody;
};
type Headers = { readonly get: (name: string) => string | undefined };
type Thrown = {
  readonly name?: string;
  readonly cause?: unknown;
  readonly statusCode?: number;
  readonly code?: unknown;
  readonly message?: string;
  readonly details?: unknown;
  readonly request?: { readonly url?: string };
  readonly response?: { readonly status?: number; readonly bodyAsText?: string | null; readonly headers?: Headers };
};

const asObject = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;

const parsed = (text: string | null | undefined): unknown => {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
};

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** `{error: {…}}` in answers of ARM and Key Vault, or the bare `{code, message}` of a few providers. */
const errorBody = (body: unknown): ErrorBody => asObject(asObject(body)?.['error']) ?? asObject(body) ?? {};

/**
 * The code with the reason. Key Vault answers every 403 with `Forbidden`; the reason is in `innererror.code`, which
 * `@azure/keyvault-keys` 4.10 renames to `innerError`.
 */
const codeOf = (body: ErrorBody): string | undefined =>
  text(asObject(body.innererror)?.['code']) ?? text(asObject(body.innerError)?.['code']) ?? text(body.code);

/** MSAL's `network_error`, or the status with which the identity endpoint answered. */
const tokenCode = (cause: Record<string, unknown> = {}): string => {
  const { errorCode, status } = cause;
  return errorCode === 'network_error' || isCurable(Number(status)) ? 'TokenUnavailable' : 'NoToken';
};

/** `@azure/identity` throws one error class for all cases: no identity, an unknown client id, a busy endpoint. */
const codeOfThrown = ({ cause, code, name }: Thrown): string | undefined =>
  name === 'CredentialUnavailableError' ? tokenCode(asObject(cause)) : text(code);

/** Whether the request was never sent because there was no token. */
export const isUnsent = ({ code }: Failure): boolean => code === 'NoToken' || code === 'TokenUnavailable';

/** Ids by which Azure support and the Activity Log find the request. */
export const correlationIds = (header: (name: string) => string | undefined): string[] => [
  ...new Set(['x-ms-correlation-request-id', 'x-ms-request-id'].flatMap((name) => header(name) ?? [])),
];

/** Converts the error of an SDK client or of the ARM client. */
export const toFailure = (error: unknown): Failure => {
  const thrown: Thrown = asObject(error) ?? {};
  const body = errorBody(thrown.details ?? parsed(thrown.response?.bodyAsText));
  const headers = thrown.response?.headers;
  const header = (name: string): string | undefined => headers?.get(name);
  const status = thrown.statusCode ?? thrown.response?.status;
  const url = text(thrown.request?.url);
  // The models of some SDK clients drop unknown members: only the text of the answer still has them.
  const inText = errorBody(parsed(thrown.response?.bodyAsText));
  const policyAssignments = [...new Set([body, inText].flatMap(policyAssignmentsIn))];
  const wait = retryAfterMs(header, Date.now());
  return {
    ...(status === undefined ? {} : { status }),
    code: codeOf(body) ?? codeOfThrown(thrown) ?? (status === undefined ? 'NoAnswer' : String(status)),
    message: text(body.message) ?? text(thrown.message) ?? text(error) ?? Object.prototype.toString.call(error),
    ...(url === undefined ? {} : { url }),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    correlationIds: correlationIds(header),
    ...(policyAssignments.length > 0 && { policyAssignments }),
  };
};

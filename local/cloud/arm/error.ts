/**
 * An error as Azure answers it. The core writes it in the plane's own shape:
 * ARM `{error: {code, message}}`, Key Vault the same with `innererror: {code}` when `inner` is given.
 */
export class AzureError extends Error {
  readonly status: number;
  readonly code: string;
  readonly inner: string | undefined;
  readonly headers: Record<string, string>;
  readonly additionalInfo: unknown[] | undefined;
  readonly details: unknown[] | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { inner?: string; headers?: Record<string, string>; additionalInfo?: unknown[]; details?: unknown[] } = {},
  ) {
    super(message);
    this.name = 'AzureError';
    this.status = status;
    this.code = code;
    this.inner = more.inner;
    this.headers = more.headers ?? {};
    this.additionalInfo = more.additionalInfo;
    this.details = more.details;
  }
}

/** The body that goes over the wire. */
export const errorBody = ({ code, message, inner, additionalInfo, details }: AzureError) => ({
  error: {
    code,
    message,
    ...(inner ? { innererror: { code: inner } } : {}),
    ...(details ? { details } : {}),
    ...(additionalInfo ? { additionalInfo } : {}),
  },
});

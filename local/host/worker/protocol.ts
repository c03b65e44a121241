/**
 * The messages between host and worker, and the part of the Functions RPC types that both need. Shapes are those of the
 * RpcXxx types that @azure/functions 4 expects from its host.
 */

/** A value on the wire: exactly one property is set. */
export type TypedData = {
  string?: string;
  json?: string;
  bytes?: Uint8Array;
  int?: number;
  double?: number;
  http?: HttpRequestData | HttpResponseData;
  collectionString?: { string: string[] };
};

type Nullable = Record<string, { value: string }>;

export type HttpRequestData = {
  method: string;
  url: string;
  nullableHeaders: Nullable;
  nullableQuery: Nullable;
  nullableParams: Nullable;
  body?: { bytes: Uint8Array };
};

export type HttpResponseData = {
  statusCode?: string;
  headers?: Record<string, string>;
  cookies?: HttpCookie[];
  body?: TypedData;
};

export type HttpCookie = {
  name: string;
  value: string;
  domain?: { value: string };
  path?: { value: string };
  expires?: { value: { seconds: number } };
  secure?: { value: boolean };
  httpOnly?: { value: boolean };
  sameSite?: string;
  maxAge?: { value: number };
};

export type RetryContext = { retryCount: number; maxRetryCount: number };

export type InvocationRequest = {
  invocationId: string;
  functionId: string;
  inputData: { name: string; data: TypedData }[];
  triggerMetadata: Record<string, TypedData>;
  traceContext: { traceParent: string; traceState: string; attributes: Record<string, string> };
  retryContext?: RetryContext;
};

export type InvocationResponse = { returnValue?: TypedData | null };

export type Binding = {
  type: string;
  direction: 'in' | 'out';
  route?: string;
  methods?: string[];
  authLevel?: string;
  schedule?: string;
  runOnStartup?: boolean;
  useMonitor?: boolean;
  cardinality?: string;
};

/** A protobuf Duration. */
export type Duration = { seconds?: number; nanos?: number };

export type FunctionRetry = {
  maxRetryCount?: number;
  retryStrategy?: string;
  delayInterval?: Duration;
  minimumInterval?: Duration;
  maximumInterval?: Duration;
};

/** A function as the app registered it. */
export type FunctionInfo = {
  id: string;
  name: string;
  bindings: Record<string, Binding>;
  retryOptions?: FunctionRetry;
};

export type ToWorker = { kind: 'invoke'; request: InvocationRequest };

export type FromWorker =
  | { kind: 'ready'; functions: FunctionInfo[] }
  | { kind: 'failed'; message: string }
  | { kind: 'log'; level: string; message: string }
  | { kind: 'returned'; invocationId: string; response: InvocationResponse }
  | { kind: 'threw'; invocationId: string; message: string; stack: string };

import type { AzureError } from './error.ts';

export type OperationRequest = {
  /** The namespace of the resource provider, such as `Microsoft.DBforMySQL`. */
  provider: string;
  location: string;
  /** Virtual seconds until `run` is called. */
  seconds: number;
  /** The effect, at the end of the operation. `Location` then answers its result. */
  run(): Promise<unknown>;
  /** The resource that is worked on. */
  target: string;
  apiVersion: string;
  /**
   * For providers that have status and result at one path: the segment of that path, as `operations` of Microsoft.Compute. The
   * result is at `monitor=true`.
   */
  monitor?: string;
  /** Seconds that the answer tells the client to wait between polls; 10 when left out. */
  retryAfter?: number;
};

/** `headers` are what the 202 must carry: Azure-AsyncOperation, Location, Retry-After. */
export type Started = { id: string; headers: Record<string, string> };

export type OperationState = {
  id: string;
  target: string;
  provider: string;
  location: string;
  startedAt: number;
  endsAt: number;
  /** Seconds between polls. */
  retryAfter: number;
  status: 'InProgress' | 'Succeeded' | 'Failed';
  result?: unknown;
  error?: AzureError;
};

/** Long-running operations. An AzureError thrown by `run` makes the operation `Failed`, its resource still answers 200. */
export type Operations = {
  start(request: OperationRequest): Started;
  get(id: string): OperationState | undefined;
  /** Called when the operation has ended, with success or not. */
  onEnd(id: string, listener: (state: OperationState) => void): void;
  /** The operation in progress on a resource, if there is one. */
  running(target: string): OperationState | undefined;
  all(): OperationState[];
};

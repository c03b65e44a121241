import { randomBytes, randomUUID } from 'node:crypto';
import type { AppFunction } from './app-functions.ts';
import type { Worker } from './worker/open-worker.ts';
import type { InvocationRequest, InvocationResponse, RetryContext, TypedData } from './worker/protocol.ts';
import { FunctionThrew } from './worker/worker-errors.ts';

/** Invokes a function of the app. @throws FunctionThrew, WorkerDied */
export type Invoke = (
  fn: AppFunction,
  data: TypedData,
  metadata?: Record<string, TypedData>,
  retryContext?: RetryContext,
) => Promise<InvocationResponse>;

/**
 * @param clientBinding the value of durableClient bindings
 * @param timeoutMs null for no limit. A function that takes longer fails, and its worker is replaced, as on Azure
 */
export function createInvoker(worker: Worker, clientBinding: object, timeoutMs: number | null): Invoke {
  const client: TypedData = { string: JSON.stringify(clientBinding) };
  return async (fn, data, metadata = {}, retryContext) => {
    const request = toRequest(fn, data, client, metadata, retryContext);
    if (timeoutMs === null) return worker.invoke(request);
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const text = new Date(timeoutMs).toISOString().slice(11, 19);
        reject(new FunctionThrew(`Timeout value of ${text} was exceeded by function: Functions.${fn.name}`, ''));
        worker.kill();
      }, timeoutMs);
    });
    try {
      return await Promise.race([worker.invoke(request), timeout]);
    } finally {
      clearTimeout(timer);
    }
  };
}

function toRequest(
  fn: AppFunction,
  data: TypedData,
  client: TypedData,
  triggerMetadata: Record<string, TypedData>,
  retryContext: RetryContext | undefined,
): InvocationRequest {
  const clients = Object.entries(fn.bindings).filter(([, { type }]) => type === 'durableClient');
  return {
    invocationId: randomUUID(),
    functionId: fn.id,
    inputData: [{ name: fn.triggerName, data }, ...clients.map(([name]) => ({ name, data: client }))],
    triggerMetadata,
    ...(retryContext && { retryContext }),
    traceContext: {
      traceParent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`,
      traceState: '',
      attributes: {},
    },
  };
}

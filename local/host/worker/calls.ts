import type { FromWorker, InvocationResponse } from './protocol.ts';
import { FunctionThrew, WorkerDied } from './worker-errors.ts';

/** Running invocations of one worker, by invocation id. */
export type Calls = Map<string, { resolve(response: InvocationResponse): void; reject(reason: Error): void }>;

export function settleCall(calls: Calls, message: FromWorker): void {
  if (message.kind !== 'returned' && message.kind !== 'threw') return;
  const call = calls.get(message.invocationId);
  calls.delete(message.invocationId);
  if (message.kind === 'returned') call?.resolve(message.response);
  else call?.reject(new FunctionThrew(message.message, message.stack));
}

/** Rejects all running calls: no answer will come. */
export function abandonCalls(calls: Calls, reason: string): void {
  const abandoned = [...calls.values()];
  calls.clear();
  for (const call of abandoned) call.reject(new WorkerDied(reason));
}

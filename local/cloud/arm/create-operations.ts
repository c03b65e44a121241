import type { Clock } from '../../clock/clock.ts';
import { guid } from '../draw.ts';
import { AzureError } from './error.ts';
import type { OperationRequest, OperationState, Operations } from './operations.ts';
import { parseResourceId, sameId } from './resource-id.ts';

const arm = 'https://management.azure.com';

/** Long-running operations on the world's clock. */
export const createOperations = (clock: Clock, log: (line: string) => void): Operations => {
  const states: OperationState[] = [];
  const listeners = new Map<string, (state: OperationState) => void>();
  const finished = async (state: OperationState, run: OperationRequest['run']) => {
    await finish(state, run, log);
    listeners.get(state.id)?.(state);
    listeners.delete(state.id);
  };
  return {
    start: (request) => {
      const state = begin(request, clock.now(), guid('operation', request.target.toLowerCase(), states.length));
      states.push(state);
      clock.setTimeout(() => void clock.hold(() => finished(state, request.run)), request.seconds * 1000);
      return { id: state.id, headers: headersOf(state, request) };
    },
    get: (id) => states.find((each) => sameId(each.id, id)),
    onEnd: (id, listener) => {
      listeners.set(id, listener);
    },
    running: (target) => states.find((each) => each.status === 'InProgress' && sameId(each.target, target)),
    all: () => [...states],
  };
};

const begin = (request: OperationRequest, now: number, id: string): OperationState => {
  const { target, provider, location, seconds, retryAfter = 10 } = request;
  const endsAt = now + seconds * 1000;
  return { id, target, provider, location, startedAt: now, endsAt, retryAfter, status: 'InProgress' };
};

const headersOf = (
  { id, target, provider, location, retryAfter }: OperationState,
  { apiVersion, monitor }: OperationRequest,
) => {
  const base = `${arm}/subscriptions/${parseResourceId(target)?.subscription}/providers/${provider}/locations/${location}`;
  if (monitor !== undefined)
    return {
      'azure-asyncoperation': `${base}/${monitor}/${id}?api-version=${apiVersion}`,
      location: `${base}/${monitor}/${id}?monitor=true&api-version=${apiVersion}`,
      'retry-after': String(retryAfter),
    };
  return {
    'azure-asyncoperation': `${base}/azureAsyncOperation/${id}?api-version=${apiVersion}`,
    location: `${base}/operationResults/${id}?api-version=${apiVersion}`,
    'retry-after': String(retryAfter),
  };
};

const finish = async (state: OperationState, run: OperationRequest['run'], log: (line: string) => void) => {
  try {
    state.result = await run();
    state.status = 'Succeeded';
  } catch (error) {
    if (!(error instanceof AzureError)) log(`operation ${state.id} on ${state.target} failed: ${String(error)}`);
    const unexpected = () => new AzureError(500, 'InternalServerError', 'An unexpected error occurred.');
    state.error = error instanceof AzureError ? error : unexpected();
    state.status = 'Failed';
  }
};

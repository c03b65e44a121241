import type { Clock } from '../../clock/clock.ts';
import { guid } from '../draw.ts';
import { AzureError } from './error.ts';
import type { OperationRequest, OperationState, Operations } from './operations.ts';
import { parseResourceId, sameId } from './resource-id.ts';

const arm = 'https://management.azure.com';

/** Long-running operations on the world's clock. */
export const createOperations = (clock: Clock, log: (line: string) => void): Operations => {
  const states: OperationState[] = [];

  const finish = async (state: OperationState, run: OperationRequest['run']): Promise<void> => {
    try {
      state.result = await run();
      state.status = 'Succeeded';
    } catch (error) {
      if (!(error instanceof AzureError)) log(`operation ${state.id} on ${state.target} failed: ${String(error)}`);
      state.error =
        error instanceof AzureError
          ? error
          : new AzureError(500, 'InternalServerError', 'An unexpected error occured.');
      state.status = 'Failed';
    }
  };

  return {
    start: ({ provider, location, seconds, run, target, apiVersion, retryAfter = 10 }) => {
      const now = clock.now();
      const id = guid('operation', target.toLowerCase(), states.length);
      const state: OperationState = {
        id,
        target,
        provider,
        location,
        startedAt: now,
        endsAt: now + seconds * 1000,
        retryAfter,
        status: 'InProgress',
      };
      states.push(state);
      clock.setTimeout(() => void clock.hold(() => finish(state, run)), seconds * 1000);
      const base = `${arm}/subscriptions/${parseResourceId(target)?.subscription}/providers/${provider}/locations/${location}`;
      return {
        id,
        headers: {
          'azure-asyncoperation': `${base}/azureAsyncOperation/${id}?api-version=${apiVersion}`,
          location: `${base}/operationResults/${id}?api-version=${apiVersion}`,
          'retry-after': String(retryAfter),
        },
      };
    },
    get: (id) => states.find((each) => sameId(each.id, id)),
    running: (target) => states.find((each) => each.status === 'InProgress' && sameId(each.target, target)),
    all: () => [...states],
  };
};

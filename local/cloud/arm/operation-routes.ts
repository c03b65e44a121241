import type { Answer, Call, Route } from '../service.ts';
import { AzureError, errorBody } from './error.ts';
import type { OperationState, Operations } from './operations.ts';

/**
 * The two URLs of a provider's long-running operations. The operation resource is always 200, also for a failed operation;
 * `Location` is 202 while the operation runs, then the result (azure-resource-manager-rpc, async-api-reference).
 */
export const operationRoutes = (operations: Operations, provider: string, apiVersions: string[]): Route[] => {
  const base = `/subscriptions/{subscription}/providers/${provider}/locations/{location}`;
  const known = knownIn(operations);
  return [
    {
      plane: 'arm',
      method: 'GET',
      path: `${base}/azureAsyncOperation/{operation}`,
      apiVersions,
      action: `${provider}/locations/azureAsyncOperation/read`,
      handle: (call) => operationResource(known(call)),
    },
    {
      plane: 'arm',
      method: 'GET',
      path: `${base}/operationResults/{operation}`,
      apiVersions,
      action: `${provider}/locations/operationResults/read`,
      handle: (call) => operationResult(known(call), `https://${call.host}${call.path}?${call.query}`),
    },
  ];
};

/** The result of an operation that Azure Resource Manager itself runs: 202 at this URL while it runs, then 200 or the error. */
export const resultRoute = (operations: Operations, apiVersions: string[]): Route => ({
  plane: 'arm',
  method: 'GET',
  path: '/subscriptions/{subscription}/operationresults/{operation}',
  apiVersions,
  action: 'Microsoft.Resources/subscriptions/operationresults/read',
  handle: (call) => {
    const answer = operationResult(knownIn(operations)(call), `https://${call.host}${call.path}?${call.query}`);
    return answer.status === 204 ? { status: 200 } : answer;
  },
});

/**
 * The operations of a provider that has status and result at one path: the status, and with `monitor=true` the result. The client
 * must poll with the api-version of the request that began the operation.
 */
export const monitorRoutes = (
  operations: Operations,
  provider: string,
  apiVersions: string[],
  segments: string[],
): Route[] =>
  segments.map((segment) => ({
    plane: 'arm',
    method: 'GET',
    path: `/subscriptions/{subscription}/providers/${provider}/locations/{location}/${segment}/{operation}`,
    apiVersions,
    action: `${provider}/locations/${segment}/read`,
    handle: (call) => {
      const state = knownIn(operations)(call);
      if (call.query.get('monitor') !== 'true') return operationResource(state);
      const answer = operationResult(state, `https://${call.host}${call.path}?${call.query}`);
      // Compute answers 200 without a body where there is no result; its SDK takes nothing else for a start.
      return answer.status === 204 ? { status: 200 } : answer;
    },
  }));

const knownIn =
  (operations: Operations) =>
  ({ params }: Call): OperationState => {
    const state = operations.get(params['operation'] ?? '');
    if (state) return state;
    throw new AzureError(404, 'NotFound', `The operation '${params['operation']}' was not found.`);
  };

const operationResource = (state: OperationState): Answer => ({
  status: 200,
  headers: state.status === 'InProgress' ? { 'retry-after': String(state.retryAfter) } : {},
  body: {
    name: state.id,
    status: state.status,
    startTime: new Date(state.startedAt).toISOString(),
    ...(state.error ? errorBody(state.error) : {}),
  },
});

const operationResult = (state: OperationState, url: string): Answer => {
  if (state.status === 'InProgress')
    return { status: 202, headers: { location: url, 'retry-after': String(state.retryAfter) } };
  if (state.error) return { status: state.error.status, body: errorBody(state.error) };
  return state.result === undefined ? { status: 204 } : { status: 200, body: state.result };
};

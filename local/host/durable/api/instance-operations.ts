import { historyEvent } from '../history.ts';
import { type Instance, isTerminal } from '../instance.ts';
import type { TaskHub } from '../task-hub.ts';
import { type ApiRequest, type ApiResponse, isJson } from './api-request.ts';
import { statusPayload } from './status-payload.ts';

/** `GET instances/{id}`: 202 while it runs. */
export function showInstance({ query, href }: ApiRequest, instance: Instance): ApiResponse {
  const flag = (name: string, otherwise: boolean): boolean => {
    const value = query.get(name)?.toLowerCase();
    return value === 'true' || (otherwise && value !== 'false');
  };
  const shown = {
    input: flag('showInput', true),
    history: flag('showHistory', false),
    historyOutput: flag('showHistoryOutput', false),
  };
  const json = statusPayload(instance, shown);
  if (!isTerminal(instance.status)) return { status: 202, json, headers: { location: href, 'retry-after': '5' } };
  const isError = instance.status === 'Failed' && flag('returnInternalServerErrorOnFailure', false);
  return { status: isError ? 500 : 200, json };
}

/** `POST instances/{id}/{operation}`: 202, or 410 when the instance has ended. */
export function operate(hub: TaskHub, request: ApiRequest, instance: Instance): ApiResponse {
  const [, instanceId = '', operation = '', eventName] = request.path;
  const reason = request.query.get('reason');
  const send = (event: Parameters<TaskHub['send']>[1]): ApiResponse => {
    if (isTerminal(instance.status)) return { status: 410 };
    hub.send(instanceId, event);
    return { status: 202 };
  };
  switch (operation.toLowerCase()) {
    case 'raiseevent':
      return (
        raisingFault(request, instance) ??
        send(historyEvent('EventRaised', { Name: eventName ?? '', Input: request.body }))
      );
    case 'terminate':
      return send(historyEvent('ExecutionTerminated', { Input: reason }));
    case 'suspend':
      return send(historyEvent('ExecutionSuspended', { Reason: reason }));
    case 'resume':
      return send(historyEvent('ExecutionResumed', { Reason: reason }));
    case 'rewind':
    case 'restart':
      return notSupported(`${operation} of an instance`, 'Start a new instance instead.');
    default:
      return { status: 404 };
  }
}

/** The SDK shows a text as the error, and anything else as "[object Object]". */
export const notSupported = (what: string, advice: string): ApiResponse => ({
  status: 501,
  json: `${what} is not supported by the local host. ${advice}`,
});

function raisingFault({ path, contentType, body }: ApiRequest, { status }: Instance): ApiResponse | null {
  if (!path[3]) return { status: 404 };
  if (isTerminal(status)) return { status: 410 };
  if (!contentType.startsWith('application/json')) {
    return { status: 400, json: { Message: 'Only application/json request content is supported' } };
  }
  // An empty body is refused as well: the SDK sends it for an event without data.
  return isJson(body) ? null : { status: 400, json: { Message: 'Invalid JSON content' } };
}

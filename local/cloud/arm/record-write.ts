import { evidenceOf } from '../activity-log/evidence-of.ts';
import type { Caller } from '../caller.ts';
import type { Incoming } from '../incoming.ts';
import type { ExchangeIds } from '../plane.ts';
import type { Answer, World } from '../service.ts';
import { subscriptionOf } from './authorize.ts';
import type { OperationState } from './operations.ts';

export type Writing = {
  incoming: Incoming;
  ids: ExchangeIds;
  caller: Caller;
  /** The action of the route. */
  action: string | undefined;
  existed: boolean;
};

const KINDS: Record<string, 'Write' | 'Delete' | 'Action'> = {
  PUT: 'Write',
  PATCH: 'Write',
  DELETE: 'Delete',
  POST: 'Action',
};

/**
 * Enters a request that writes below a subscription once it is over: at its answer, or at the end of the operation that
 * it began.
 */
export const recordWrite = (world: World, writing: Writing, answer: Answer): void => {
  const { incoming, ids, caller, action, existed } = writing;
  const subscription = subscriptionOf(incoming.path);
  const kind = KINDS[incoming.method];
  if (subscription === undefined || kind === undefined || action === undefined) return;
  const target = kind === 'Action' ? incoming.path.replace(/\/[^/]+\/?$/, '') : incoming.path.replace(/\/$/, '');
  const evidence = evidenceOf(world, caller, action, target);
  const enter = (outcome: Outcome) =>
    world.activity.record({
      kind,
      ...outcome,
      method: incoming.method,
      url: `https://${incoming.host}${incoming.path}?${incoming.query}`,
      target,
      operationName: action,
      subscription,
      ...ids,
      caller,
      ...(evidence ? { evidence } : {}),
      existed,
    });
  const operation = operationOf(world, answer);
  if (operation) world.operations.onEnd(operation.id, (state) => enter(outcomeOfOperation(state)));
  else enter(outcomeOfAnswer(answer));
};

type Outcome = { status: 'Succeeded' | 'Failed'; httpStatus: number; error?: { code: string; message: string } };

/** The operation that a 202 began. */
const operationOf = ({ operations }: World, { status, headers = {} }: Answer): OperationState | undefined => {
  const url = headers['azure-asyncoperation'] ?? headers['location'];
  return status === 202 && url ? operations.get(new URL(url).pathname.split('/').at(-1) ?? '') : undefined;
};

const outcomeOfOperation = ({ error }: OperationState): Outcome =>
  error
    ? { status: 'Failed', httpStatus: error.status, error: { code: error.code, message: error.message } }
    : { status: 'Succeeded', httpStatus: 200 };

const outcomeOfAnswer = ({ status, body }: Answer): Outcome => {
  if (status < 400) return { status: 'Succeeded', httpStatus: status };
  const { code = 'Failed', message = '' } =
    (body as { error?: { code?: string; message?: string } } | undefined)?.error ?? {};
  return { status: 'Failed', httpStatus: status, error: { code, message } };
};

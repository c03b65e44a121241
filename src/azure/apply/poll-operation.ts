import type { Cure } from '../../remediation/model/records.ts';
import type { Connection } from '../connection/connection.ts';
import { explain } from '../failure/advice.ts';
import { toFailure } from '../failure/failure.ts';
import { policyAssignmentsIn } from '../failure/policy-violation.ts';
import { refusalOf } from '../failure/refusals.ts';
import type { ArmAnswer } from '../http/arm-client.ts';
import { retryAfterMs } from '../http/retry-delay.ts';
import { type ArmOperation, lookAgainAt, type Sent } from './target.ts';

export type Polled = Exclude<Sent, { readonly kind: 'started' }>;

type Status = {
  readonly status?: unknown;
  readonly error?: { readonly code?: string; readonly message?: string };
  readonly properties?: { readonly provisioningState?: unknown };
};

const statusOf = ({ body }: ArmAnswer): Status => (typeof body === 'object' && body !== null ? body : {});

/**
 * An operation may fail for the same reasons for which Azure refuses a write at once: the failure gets the same
 * explanation.
 */
const failedWith = (error: Status['error'], state: string, { scope }: ArmOperation): { why: string; cure?: Cure } => {
  const { code = 'no code', message = 'no message' } = error ?? {};
  const why = `the operation ${state}: ${code}, ${message}`;
  const failure = { code, message, correlationIds: [], policyAssignments: policyAssignmentsIn(error) };
  const subject = { what: 'the operation', ...(scope !== undefined && { scope }) };
  const refusal = refusalOf(failure, subject);
  if (!refusal) return { why };
  return { why: `${why.replace(/\.$/, '')}. ${refusal.says(failure, subject)}`, cure: refusal.cure };
};

/**
 * Reads the answer of a status URL. `Azure-AsyncOperation` answers 200 with a status, of which only Succeeded, Failed
 * and Canceled are final. `Location` answers 202 while the operation runs, and then its result. Where the result is the
 * resource itself, for example a disk encryption set, its `provisioningState` decides.
 */
export const polledOf = (answer: ArmAnswer, operation: ArmOperation, now: number): Polled => {
  const { error, properties, ...own } = statusOf(answer);
  const { correlationIds } = operation;
  const status = own.status ?? properties?.provisioningState;
  const state = typeof status === 'string' ? status.toLowerCase() : undefined;
  if (state === 'failed' || state === 'canceled') {
    return { kind: 'blocked', correlationIds, ...failedWith(error, state, operation) };
  }
  const runs = answer.status === 202 || (state !== undefined && state !== 'succeeded');
  if (!runs) return { kind: 'done', why: 'the operation succeeded', correlationIds };
  return {
    kind: 'waiting',
    until: lookAgainAt(retryAfterMs(answer.header, now), now),
    why: `the operation is ${state ?? 'running'}`,
  };
};

/**
 * Reads the status of an operation once. A status that cannot be read says nothing about the operation (ARM RPC): the
 * result is then `waiting`, as for a running operation.
 */
export const pollOperation = async ({ arm }: Connection, operation: ArmOperation): Promise<Polled> => {
  try {
    return polledOf(await (await arm()).follow(operation.statusUrl), operation, Date.now());
  } catch (error) {
    const failure = toFailure(error);
    const until = lookAgainAt(failure.retryAfterMs, Date.now());
    return { kind: 'waiting', until, why: explain(failure, { what: 'the status of the operation could not be read' }) };
  }
};

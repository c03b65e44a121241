import type { StepSpec } from '../../remediation/steps.ts';
import type { Connection } from '../connection.ts';
import type { ConsumerReading } from '../consumers/consumer-type.ts';
import type { Estate } from '../consumers/estate.ts';
import { sendOnce, sentOf } from './send-once.ts';
import { lookAgainAt, type Target } from './target.ts';

type RevalidateConsumer = Extract<StepSpec, { kind: 'revalidateConsumer' }>;
type Consumer = Extract<ConsumerReading, { readonly kind: 'consumer' }>;

/** Why nothing may be sent to this consumer now; `undefined` when the step still fits it. */
const obstacle = ({ facts }: Consumer, { parameters }: RevalidateConsumer): Target | undefined => {
  const { name, pinned, state } = facts;
  if (pinned.kid.toLowerCase() !== parameters.kid.toLowerCase())
    return { kind: 'blocked', why: `${name} uses ${pinned.kid} now, not ${parameters.kid}` };
  if (state.kind !== 'present')
    return { kind: 'blocked', why: state.kind === 'unknown' ? state.reason : `${name} has no state` };
  const why = `${name} is ${state.value.raw}`;
  if (state.value.state === 'ready') return { kind: 'noDrift', why };
  if (state.value.state === 'busy')
    return { kind: 'operationInProgress', until: lookAgainAt(undefined, Date.now()), why };
  return state.value.state === 'inaccessible' ? undefined : { kind: 'blocked', why };
};

/**
 * Reads the consumer: 2 ARM calls for a single server, 1 for a flexible one. Sending is one PUT of the key it already
 * has, or one PATCH of the encryption it already has; both are long-running.
 */
export const readRevalidation = async (
  { arm }: Connection,
  estate: Estate,
  step: RevalidateConsumer,
): Promise<Target> => {
  const consumer = await estate.read(step.target);
  if (consumer.kind === 'unknown') return { kind: 'blocked', why: consumer.reason };
  if (consumer.kind !== 'consumer')
    return { kind: 'blocked', why: `${step.target} is gone, or has no customer-managed key any more` };
  const { facts, revalidation } = consumer;
  const held = obstacle(consumer, step);
  if (held) return held;
  return {
    kind: 'drift',
    why: `${facts.name} is inaccessible`,
    tags: facts.tags,
    send: (signal) =>
      sendOnce({ what: `the revalidation of ${facts.name}`, scope: facts.id }, async () =>
        sentOf(await (await arm()).write(revalidation, signal), `the revalidation of ${facts.name}`),
      ),
  };
};

import { type ConsumerFacts, type Fact, present } from '../../remediation/facts.ts';
import type { Tagged } from '../../remediation/step-scope.ts';
import type { StepSpec } from '../../remediation/steps.ts';
import type { Connection } from '../connection.ts';
import type { ConsumerReading } from '../consumers/consumer-type.ts';
import type { Sources } from '../observe-shared.ts';
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

/** The version that a consumer pins, and its vault. */
const readKey = async (
  { keyVersions, vaults }: Sources,
  { pinned }: ConsumerFacts,
): Promise<Fact<readonly Tagged[]>> => {
  const vault = await vaults.readOne(pinned.key.host);
  if (vault.kind !== 'present') return vault;
  const version = await keyVersions.observe({ ...pinned, vault: vault.value });
  return version.kind === 'present' ? present([{ name: pinned.kid, tags: version.value.tags }, vault.value]) : version;
};

/**
 * Reads the consumer, 2 ARM calls for a single server, 1 for a flexible one; and where it is inaccessible its vault and
 * key version, whose tags may forbid it: one ARM call, one of the data plane. Sending is one PUT of the key it already
 * has, or one PATCH of the encryption it already has; both are long-running.
 */
export const readRevalidation = async (
  { connection, ...sources }: Sources & { readonly connection: Connection },
  step: RevalidateConsumer,
): Promise<Target> => {
  const consumer = await sources.estate.read(step.target);
  if (consumer.kind === 'unknown') return { kind: 'blocked', why: consumer.reason };
  if (consumer.kind !== 'consumer')
    return { kind: 'blocked', why: `${step.target} is gone, or has no customer-managed key any more` };
  const { facts, revalidation } = consumer;
  const held = obstacle(consumer, step);
  if (held) return held;
  const key = await readKey(sources, facts);
  if (key.kind !== 'present')
    return { kind: 'blocked', why: key.kind === 'unknown' ? key.reason : `${facts.pinned.kid} is gone` };
  return {
    kind: 'drift',
    why: `${facts.name} is inaccessible`,
    tagged: [facts, ...key.value],
    send: (signal) =>
      sendOnce({ what: `the revalidation of ${facts.name}`, scope: facts.id }, async () =>
        sentOf(await (await connection.arm()).write(revalidation, signal), `the revalidation of ${facts.name}`),
      ),
  };
};

import type { ConsumerFacts, ConsumerState } from '../../remediation/model/facts.ts';
import { type Consumer, usesOf } from '../consumers/consumer-type.ts';
import type { Estate } from '../consumers/estate.ts';
import type { ArmWrite } from '../http/arm-client.ts';
import { lookAgainAt, type Target } from './target.ts';

export type NotWritable = Exclude<Target, { readonly kind: 'drift' }>;

/** A consumer that may be written to now, in the use that the step is about. */
export type WritableConsumer = {
  readonly kind: 'writable';
  readonly consumer: Consumer;
  readonly use: ConsumerFacts;
  readonly state: ConsumerState;
  /** The end of a sentence about its state: `… is Inaccessible`. */
  readonly why: string;
};

export const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const blocked = (why: string): NotWritable => ({ kind: 'blocked', why });

/** Reads a consumer: 2 ARM calls for a single server, 1 for any other. */
export const readConsumer = async ({ read }: Estate, id: string): Promise<Consumer | NotWritable> => {
  const reading = await read(id);
  if (reading.kind === 'consumer') return reading;
  return blocked(
    reading.kind === 'unknown' ? reading.reason : `${id} is gone, or has no customer-managed key any more`,
  );
};

/** Nothing is sent to a consumer that Azure is changing, that is stopped, or that is in an unfamiliar state. */
export const writable = (consumer: Consumer, use: ConsumerFacts): WritableConsumer | NotWritable => {
  const { name, state } = use;
  if (state.kind !== 'present') return blocked(state.kind === 'unknown' ? state.reason : `${name} has no state`);
  const why = `${name} is ${state.value.raw}`;
  const is = state.value.state;
  if (is === 'busy') return { kind: 'operationInProgress', until: lookAgainAt(undefined, Date.now()), why };
  if (is !== 'ready' && is !== 'inaccessible') return blocked(why);
  return { kind: 'writable', consumer, use, state: is, why };
};

/** The revalidation write. It names the vault as just read, if the consumer's active key is in that vault. */
export const revalidationIn = (
  { consumer, use }: Pick<WritableConsumer, 'consumer' | 'use'>,
  vaultId: string,
): ArmWrite => consumer.revalidation(consumer.facts.pinned.key.host === use.pinned.key.host ? vaultId : undefined);

/** Reads a consumer that must still pin this version, with its active key or another one. */
export const readPinning = async (
  estate: Estate,
  { target, kid }: { readonly target: string; readonly kid: string },
): Promise<WritableConsumer | NotWritable> => {
  const consumer = await readConsumer(estate, target);
  if (consumer.kind !== 'consumer') return consumer;
  const { name, pinned } = consumer.facts;
  const use = usesOf(consumer).find((one) => sameText(one.pinned.kid, kid));
  return use ? writable(consumer, use) : blocked(`${name} uses ${pinned.kid} now, not ${kid}`);
};

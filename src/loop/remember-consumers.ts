import { canonicalJson, type Json } from '../remediation/canonical.ts';
import type { ConsumerFacts } from '../remediation/facts.ts';
import type { KeyState } from '../store/key-state.ts';
import type { Guardian } from './guardian.ts';

const inOrder = (consumers: readonly ConsumerFacts[]): string =>
  canonicalJson(consumers.toSorted((a, b) => (a.id < b.id ? -1 : 1)) as unknown as Json);

/** Keeps who uses a key, as it was just seen: where the next look begins, and what the probe reads. */
export const rememberConsumers = async (
  { store }: Guardian,
  state: KeyState,
  consumers: readonly ConsumerFacts[],
): Promise<void> => {
  if (inOrder(state.consumers?.consumers ?? []) === inOrder(consumers)) return;
  await store.consumerIndex.write(state.keyId, { at: new Date().toISOString(), consumers });
};

import type { ConsumerFacts, KeyObservation } from '../model/facts.ts';
import { profileOf } from '../model/profiles.ts';
import { provesKey, stateSpeaksOf } from './key-use.ts';
import { passesFirewall } from './trusted-services-pass.ts';

const isSeenToReach = (consumer: ConsumerFacts): boolean => {
  const { state } = consumer;
  return provesKey(consumer) && stateSpeaksOf(consumer) && state.kind === 'present' && state.value.state === 'ready';
};

/**
 * Why nobody can tell whether a consumer reaches its key, though all facts were read: the needs of its kind are not known, or
 * nobody knows whether it passes the firewall of the vault. `undefined` where the product can tell, or where the vault was not
 * read.
 */
export const whyReachUnknown = (consumer: ConsumerFacts, { vault }: KeyObservation): string | undefined => {
  if (vault.kind !== 'present' || isSeenToReach(consumer)) return undefined;
  const { needs, trusted } = profileOf(consumer.kind);
  const passes = passesFirewall(consumer.kind, vault.value);
  const doubts = [
    ...(needs === 'unsaid' ? ['what it needs of its key is not known'] : []),
    ...(trusted !== 'yes' && passes.kind === 'unknown' ? [passes.reason] : []),
  ];
  return doubts.length === 0 ? undefined : doubts.join(', and ');
};

import type { ConsumerFacts } from '../model/facts.ts';
import type { Finding } from '../model/findings.ts';
import { takesKeyFrom } from './effects.ts';

type Consumer = Pick<ConsumerFacts, 'id' | 'kind' | 'use' | 'otherKeyWorks' | 'state'>;

/** Whether a finding is enough to take its key from this consumer, whatever the state of that one says yet. */
export const takesKey = ({ kind, harm }: Finding, consumer: Consumer): boolean =>
  takesKeyFrom(kind, consumer) && harm.some(({ consumerId, level }) => consumerId === consumer.id && level !== 'none');

/** The first of these findings that takes its key from this consumer. */
export const causeFor = (consumer: Consumer, found: readonly Finding[]): Finding | undefined =>
  found.find((finding) => takesKey(finding, consumer));

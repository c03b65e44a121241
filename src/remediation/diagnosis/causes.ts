import type { ConsumerFacts } from '../model/facts.ts';
import type { Finding } from '../model/findings.ts';
import { takesKeyFrom } from './effects.ts';

type Consumer = Pick<ConsumerFacts, 'id' | 'kind' | 'use' | 'otherKeyWorks' | 'state'>;

const harmful = ({ harm }: Finding): readonly string[] =>
  harm.flatMap(({ consumerId, level }) => (level === 'none' ? [] : [consumerId]));

/**
 * Those of the findings that are enough to take its key from a consumer, whatever its state says yet, in their order. Hundreds of
 * consumers are asked for of as many findings: each looks only at those that harm it.
 */
export const causesAmong = (findings: readonly Finding[]): ((consumer: Consumer) => readonly Finding[]) => {
  const harms = findings.flatMap((finding) => [...new Set(harmful(finding))].map((id) => ({ id, finding })));
  const byConsumer = Map.groupBy(harms, ({ id }) => id);
  return (consumer) =>
    (byConsumer.get(consumer.id) ?? []).flatMap(({ finding }) =>
      takesKeyFrom(finding.kind, consumer) ? [finding] : [],
    );
};

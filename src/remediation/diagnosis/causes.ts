import type { ConsumerFacts } from '../model/facts.ts';
import type { Finding } from '../model/findings.ts';
import { takesKeyFrom } from './effects.ts';

type Consumer = Pick<ConsumerFacts, 'id' | 'kind' | 'use' | 'otherKeyWorks' | 'state'>;

const harmful = ({ harm }: Finding): readonly string[] =>
  harm.flatMap(({ consumerId, level }) => (level === 'none' ? [] : [consumerId]));

/**
 * The findings that are enough to take the key from a consumer, now or soon, in the order of the rules. The state of the consumer
 * does not count here. The findings are grouped by consumer first: a key may have hundreds of consumers and as many findings.
 */
export const causesAmong = (findings: readonly Finding[]): ((consumer: Consumer) => readonly Finding[]) => {
  const impacts = findings.flatMap((finding) => [...new Set(harmful(finding))].map((id) => ({ id, finding })));
  const byConsumer = Map.groupBy(impacts, ({ id }) => id);
  return (consumer) =>
    (byConsumer.get(consumer.id) ?? []).flatMap(({ finding }) =>
      takesKeyFrom(finding.kind, consumer) ? [finding] : [],
    );
};

import { ofConsumer } from '../model/baseline.ts';
import type { ConsumerFacts, Machine } from '../model/facts.ts';
import { profileOf } from '../model/profiles.ts';
import type { Situation } from './rule.ts';

/** Ids of the machines on the disks of a consumer that ran at the last healthy look. Empty while no incident is open. */
export const ranBefore = (
  { id, kind }: Pick<ConsumerFacts, 'id' | 'kind'>,
  { known }: Pick<Situation, 'known'>,
): readonly string[] =>
  known.incidentOpenedAt === undefined || !profileOf(kind).hasMachines
    ? []
    : (ofConsumer(known.baseline, id)?.machines ?? []);

/**
 * The machines that ran before the incident and are shut down now. A machine that is deleted, or in another power state, is left
 * out.
 */
export const shutDown = (consumer: ConsumerFacts, situation: Pick<Situation, 'known'>): readonly Machine[] => {
  const { machines } = consumer;
  const before = ranBefore(consumer, situation);
  return machines?.kind === 'present'
    ? machines.value.filter(
        ({ id, power }) => before.includes(id.toLowerCase()) && (power === 'stopped' || power === 'deallocated'),
      )
    : [];
};

import { findingId } from '../../model/findings.ts';
import { usersOf } from '../../observation/pins.ts';
import { causesAmong } from '../causes.ts';
import { shutDown } from '../ran-before.ts';
import { findingFor, type Rule } from '../rule.ts';

/** Azure shuts down machines whose disks lose their key, and starts none of them when the key is back. */
export const machinesShutDown: Rule = (situation, found) => {
  const causes = causesAmong(found);
  const unprovenOnes = found.filter(({ kind }) => kind === 'accessUnproven');
  const unprovenAt = new Map(unprovenOnes.map((one) => [one.target, one]));
  return usersOf(situation.observation).flatMap((consumer) => {
    const down = shutDown(consumer, situation).map(({ id }) => id.toLowerCase());
    if (down.length === 0 || causes(consumer).length > 0) return [];
    const { id, name } = consumer;
    const unproven = unprovenAt.get(id.toLowerCase());
    return [
      findingFor([consumer], {
        kind: 'machinesShutDown',
        target: id.toLowerCase(),
        evidence: { kid: consumer.pinned.kid, machines: down.toSorted().join(' ') },
        rows: ['S1.32'],
        sentence: `${down.length} of the machines with disks of ${name} ran before this incident and are shut down now.`,
        ...(unproven && { explainedBy: findingId(unproven) }),
      }),
    ];
  });
};

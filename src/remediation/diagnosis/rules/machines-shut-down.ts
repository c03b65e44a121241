import { findingId } from '../../model/findings.ts';
import { usersOf } from '../../observation/pins.ts';
import { causeFor } from '../causes.ts';
import { shutDown } from '../ran-before.ts';
import { findingFor, type Rule } from '../rule.ts';

/** Azure shuts machines down whose disks lose their key, and starts none of them when the key is back. */
export const machinesShutDown: Rule = (situation, found) =>
  usersOf(situation.observation).flatMap((consumer) => {
    const down = shutDown(consumer, situation).map(({ id }) => id.toLowerCase());
    if (down.length === 0 || causeFor(consumer, found) !== undefined) return [];
    const { id, name } = consumer;
    const unproven = found.find(({ kind, target }) => kind === 'accessUnproven' && target === id.toLowerCase());
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

import { findingId } from '../../model/findings.ts';
import { stateSpeaksOf } from '../../observation/key-use.ts';
import { usersOf } from '../../observation/pins.ts';
import { lineageOf } from '../../trust/lineage.ts';
import { causeFor } from '../causes.ts';
import { findingFor, type Rule } from '../rule.ts';

/**
 * The consumer itself says that it cannot reach its key. Explained by the first fault that stops it, else a root cause. Where
 * this key is for its backups, its state speaks of another key; and one that waits to be let in is another matter.
 */
export const consumerInaccessible: Rule = (situation, found) =>
  usersOf(situation.observation).flatMap((consumer) => {
    const { id, name, pinned, state } = consumer;
    if (!stateSpeaksOf(consumer) || state.kind !== 'present' || state.value.state !== 'inaccessible') return [];
    if (lineageOf(consumer, situation) !== undefined) return [];
    const cause = causeFor(consumer, found);
    const { vault } = situation.observation;
    return [
      findingFor([consumer], {
        kind: 'consumerInaccessible',
        target: id.toLowerCase(),
        evidence: {
          state: state.value.raw,
          kid: pinned.kid,
          ...(consumer.use === 'anyOf' && { use: consumer.use }),
          ...(vault.kind === 'present' && { vault: vault.value.id.toLowerCase() }),
        },
        rows: ['S2.44', 'S2.45'],
        sentence: `${name} is ${state.value.raw} and refuses connections until it is revalidated with ${pinned.kid}.`,
        ...(cause === undefined ? {} : { explainedBy: findingId(cause) }),
      }),
    ];
  });

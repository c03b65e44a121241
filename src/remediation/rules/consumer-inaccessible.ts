import { findingId, stopsNow } from '../findings.ts';
import { consumersOf } from '../pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/** The consumer itself says that it cannot reach its key. Explained by the first fault that stops it, else a root cause. */
export const consumerInaccessible: Rule = ({ observation }, found) =>
  consumersOf(observation).flatMap((consumer) => {
    const { id, name, pinned, state } = consumer;
    if (state.kind !== 'present' || state.value.state !== 'inaccessible') return [];
    const cause = found.find((finding) => stopsNow(finding, id));
    return [
      findingFor([consumer], {
        kind: 'consumerInaccessible',
        target: id.toLowerCase(),
        evidence: { state: state.value.raw, kid: pinned.kid },
        rows: ['S2.44', 'S2.45'],
        sentence: `${name} is ${state.value.raw} and refuses connections until it is revalidated with ${pinned.kid}.`,
        ...(cause === undefined ? {} : { explainedBy: findingId(cause) }),
      }),
    ];
  });

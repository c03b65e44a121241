import { ofConsumer } from '../../model/baseline.ts';
import { profileOf } from '../../model/profiles.ts';
import { accessOf } from '../../observation/access.ts';
import { usersOf } from '../../observation/pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/** A consumer that reads its vault as a resource could do so at the last healthy look, and cannot now. */
export const readerMissing: Rule = ({ observation, known }) =>
  usersOf(observation).flatMap((consumer) => {
    const { id, kind, name, pinned, principalId } = consumer;
    const access = accessOf(consumer, observation);
    const { vault } = observation;
    const could = profileOf(kind).readsVault && ofConsumer(known.baseline, id)?.reader === true;
    if (!could || access.kind !== 'present' || access.value.reader !== false) return [];
    if (principalId.kind !== 'present' || vault.kind !== 'present') return [];
    return [
      findingFor([consumer], {
        kind: 'readerMissing',
        target: id.toLowerCase(),
        evidence: { kid: pinned.kid, principalId: principalId.value, vault: vault.value.id.toLowerCase() },
        rows: ['S1.20'],
        sentence: `The identity of ${name} could read the vault of ${pinned.kid} as a resource, and cannot now.`,
      }),
    ];
  });

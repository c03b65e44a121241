import { ofConsumer } from '../../model/baseline.ts';
import type { ConsumerFacts, VaultFacts } from '../../model/facts.ts';
import { type Finding, findingId } from '../../model/findings.ts';
import type { KeyPermission } from '../../model/key-permission.ts';
import { profileOf } from '../../model/profiles.ts';
import { lackedBy } from '../../observation/access.ts';
import { provesKey } from '../../observation/key-use.ts';
import { usersOf } from '../../observation/pins.ts';
import { lineageOf } from '../../trust/lineage.ts';
import { findingFor, type Rule, type Situation } from '../rule.ts';

/**
 * The identity of a consumer lacks a permission on the key that the consumer needs, by the permission model that the vault really
 * uses.
 */
export const accessMissing: Rule = (situation, found) => {
  const { observation } = situation;
  const { vault } = observation;
  if (vault.kind !== 'present') return [];
  const foreign = new Map(
    found.flatMap((one): [string, Finding][] => (one.kind === 'tenantMismatch' ? [[one.target, one]] : [])),
  );
  return usersOf(observation)
    .filter((consumer) => consumer.federatedClientId === undefined && lineageOf(consumer, situation) === undefined)
    .flatMap((consumer) => finding(consumer, vault.value, situation, foreign.get(consumer.id.toLowerCase())));
};

const finding = (
  consumer: ConsumerFacts,
  vault: VaultFacts,
  situation: Situation,
  foreign: Finding | undefined,
): readonly Finding[] => {
  const lacked = lackedBy(consumer, situation.observation);
  if (lacked.length === 0 || worksWithout(consumer, lacked, situation)) return [];
  const { id, kind, name, pinned, principalId } = consumer;
  const target = id.toLowerCase();
  const missing = lacked.join(' ');
  return [
    findingFor([consumer], {
      kind: 'accessMissing',
      target,
      evidence: {
        kid: pinned.kid,
        missing,
        model: vault.permissionModel,
        principalId: principalId.kind === 'present' ? principalId.value : '',
        vault: vault.id.toLowerCase(),
      },
      rows: profileOf(kind).acceptanceRows.accessMissing ?? rowsOf(lacked),
      sentence: `The identity of ${name} may not ${lacked.join(', ')} with ${pinned.kid}.`,
      ...(foreign && { explainedBy: findingId(foreign) }),
    }),
  ];
};

/**
 * Whether the consumer works without an access that the vault shows. Its state proves that it can use its key, and the baseline
 * never saw it with a permission of its own: so it has the access in a way that the vault does not show.
 */
const worksWithout = (consumer: ConsumerFacts, lacked: readonly KeyPermission[], { known }: Situation): boolean => {
  const { id, state } = consumer;
  const before = ofConsumer(known.baseline, id)?.permissions ?? [];
  const isReady = state.kind === 'present' && state.value.state === 'ready';
  return provesKey(consumer) && isReady && !lacked.some((permission) => before.includes(permission));
};

const ROWS: Readonly<Record<KeyPermission, string>> = {
  get: 'S2.15',
  wrapKey: 'S2.16',
  unwrapKey: 'S2.17',
  list: 'S2.17',
};

const rowsOf = (lacked: readonly KeyPermission[]): readonly string[] => [
  ...new Set([...lacked.map((permission) => ROWS[permission]), 'S2.29', 'S2.51']),
];

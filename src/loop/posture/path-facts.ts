import type { Surroundings } from '../../azure/posture/posture-reads.ts';
import type { ResourceRow } from '../../azure/posture/resources.ts';
import type { BackupRecord, Lock, LogSetting, PathFacts } from '../../posture/facts.ts';
import { pinnedVersions } from '../../posture/path.ts';
import { unreadAt } from '../../posture/unread-at.ts';
import {
  absent,
  type ConsumerFacts,
  type Fact,
  type KeyObservation,
  present,
  unknown,
} from '../../remediation/model/facts.ts';
import { keyId, vaultName } from '../../remediation/model/key-ref.ts';
import type { Known } from '../../remediation/model/known.ts';
import { PROFILES } from '../../remediation/model/profiles.ts';
import type { PolicyRecords } from '../../remediation/model/records.ts';
import { within } from '../../remediation/model/resource-id.ts';
import { consumersOf } from '../../remediation/observation/pins.ts';
import { recordMark, tagMark } from '../../remediation/policy/do-not-heal-mark.ts';
import type { Decision } from '../../remediation/policy/policy-types.ts';
import type { LoopSettings } from '../guardian.ts';
import type { PostureKey } from './posture-keys.ts';

/** One key as the posture report has observed it. */
export type LookedAt = {
  readonly listed: PostureKey;
  readonly observation: KeyObservation;
  readonly decision: Decision;
  readonly known: Known;
  readonly records: Fact<PolicyRecords>;
  readonly logs: Fact<readonly LogSetting[]>;
  readonly history: PathFacts['history'];
};

export type Around = {
  readonly now: string;
  readonly surroundings: Surroundings;
  readonly backups: Fact<readonly BackupRecord[]>;
  readonly health: ReadonlyMap<string, Fact<string>>;
  readonly settings: LoopSettings;
};

/** The kinds of consumers that Resource Health checks, by their names in its messages. */
const CHECKED = Object.values(PROFILES).flatMap(({ hasHealth, noun }) => (hasHealth ? [`${noun}s`] : []));

const NOT_LOGGED = unknown('the audit log of the vault is not read: it would need access to where the vault sends it');

const rowOf = ({ resources }: Surroundings, id: string): Fact<ResourceRow> => {
  if (resources.kind !== 'present') return resources;
  const row = resources.value.find((one) => one.id === id.toLowerCase());
  return row ? present(row) : unknown('Resource Graph does not show it yet');
};

const postureOf = (row: Fact<ResourceRow>): PathFacts['resource'] =>
  row.kind === 'present' ? present(row.value.posture) : row;

const copiesOf = ({ resources }: Surroundings, id: string): readonly string[] =>
  resources.kind === 'present'
    ? resources.value.filter(({ copyOf, encrypted }) => copyOf === id.toLowerCase() && !encrypted).map((one) => one.id)
    : [];

const backupOf = (backups: Fact<readonly BackupRecord[]>, { key }: KeyObservation): PathFacts['backup'] => {
  if (backups.kind !== 'present') return backups;
  const found = backups.value.find(({ name }) => name === `${vaultName(key)}/${key.name}`);
  return found ? present(found) : absent;
};

/** Locks at the vault or above it. */
const locksOf = (
  { locks, unreadLocks }: Pick<Surroundings, 'locks' | 'unreadLocks'>,
  { vault }: KeyObservation,
): Fact<readonly Lock[]> => {
  if (locks.kind !== 'present' || vault.kind !== 'present') return vault.kind === 'present' ? locks : vault;
  const { id } = vault.value;
  const hidden = unreadAt(unreadLocks, id);
  if (hidden !== undefined) return unknown(hidden);
  return present(locks.value.filter(({ scope }) => within(id, scope)));
};

const markOf = (
  { observation, records }: LookedAt,
  consumer: ConsumerFacts,
  { now, settings }: Around,
): string | undefined => {
  const { vault, key } = observation;
  const versions = pinnedVersions({ consumer, observation });
  const ids = [
    consumer.id.toLowerCase(),
    keyId(key),
    ...(vault.kind === 'present' ? [vault.value.id.toLowerCase()] : []),
  ];
  const tag = settings.policy.doNotHealTag;
  return (
    (records.kind === 'present' ? recordMark(ids, records.value, new Date(now)) : undefined) ??
    tagMark(consumer.name, consumer.tags, tag) ??
    (vault.kind === 'present' ? tagMark(vault.value.name, vault.value.tags, tag) : undefined) ??
    (versions.kind === 'present' ? versions.value : [])
      .map(({ kid, tags }) => tagMark(kid, tags, tag))
      .find((mark) => mark !== undefined)
  );
};

/** Every use of the key by a consumer, with all known facts of that use. */
export const pathsOf = (looked: LookedAt, around: Around): readonly PathFacts[] => {
  const { listed, observation, decision, known, logs, history } = looked;
  const { now, surroundings, backups, health, settings } = around;
  const { nearExpiry, maximumKeyAge } = settings.remediation;
  const consumers = consumersOf(observation);
  return consumers.map((consumer) => {
    const id = consumer.id.toLowerCase();
    const mark = markOf(looked, consumer, around);
    return {
      now,
      consumer,
      observation,
      ...(known.baseline && { baseline: known.baseline }),
      findings: decision.findings,
      verdicts: decision.verdicts,
      ...(mark !== undefined && { doNotHeal: mark }),
      resource: postureOf(rowOf(surroundings, id)),
      ...(consumer.copyOf !== undefined && { source: postureOf(rowOf(surroundings, consumer.copyOf)) }),
      locks: locksOf(surroundings, observation),
      logs,
      backup: backupOf(backups, observation),
      history,
      lastUse: NOT_LOGGED,
      health: health.get(id) ?? unknown(`not asked: Resource Health has checks of ${CHECKED.join(', ')} alone`),
      alerts: surroundings.alerts,
      uses: listed.uses[id] ?? [],
      sharedBy: [...new Set(consumers.map((one) => one.id.toLowerCase()))],
      copiesWithoutKey: copiesOf(surroundings, id),
      settings: { nearExpiry, maximumKeyAge },
    };
  });
};

import { absent, type Fact, type KeyObservation, unknown } from '../../remediation/model/facts.ts';
import type { Known } from '../../remediation/model/known.ts';
import type { VaultDependents } from '../../remediation/model/vault-dependents.ts';
import { notRebuilt } from '../../remediation/observation/not-rebuilt.ts';
import { deletedAt, type LoggedWrite, partsTaken, takenAway } from '../../remediation/observation/taken-away.ts';
import type { LedgerRow } from '../../remediation/protocol/ledger.ts';
import { wasDone } from '../../remediation/steps/done-steps.ts';
import type { Guardian } from '../guardian.ts';
import { lastSnapshot, type VaultSnapshot } from '../memory/vault-snapshot.ts';

type After = Pick<KeyObservation, 'notRebuilt' | 'takenAway' | 'partsTaken' | 'vaultDeletedAt'>;
type Taken = Pick<Required<After>, 'takenAway' | 'partsTaken'> & Pick<After, 'vaultDeletedAt'>;

/**
 * The activity log is read from this long before the snapshot: when the snapshot was taken, the loss of a right shortly
 * before may not have been noticed yet.
 */
const MARGIN_MS = 3_600_000;
/** The activity log goes back 90 days. */
const LONGEST_MS = 89 * 86_400_000;

/**
 * The activity log must cover every removal of a right since this time (ISO 8601): the time of the snapshot, or else of
 * the key's own baseline.
 */
const since = (snapshot: Fact<VaultSnapshot>, chain: readonly LedgerRow[]): string | undefined =>
  snapshot.kind === 'present'
    ? new Date(Date.parse(snapshot.value.at) - MARGIN_MS).toISOString()
    : chain.findLast(({ kind }) => kind === 'baseline')?.at;

const readLog = async (
  { azure }: Pick<Guardian, 'azure'>,
  vaultId: string,
  from: string | undefined,
): Promise<Fact<readonly LoggedWrite[]>> => {
  if (from === undefined || Date.now() - Date.parse(from) > LONGEST_MS)
    return unknown('the activity log does not reach back to when all was well');
  const log = await azure.activitySince(vaultId, from).catch(() => unknown('Azure did not answer'));
  return log.kind === 'absent' ? unknown(`${vaultId} has no activity log`) : log;
};

const takenIn = (log: Fact<readonly LoggedWrite[]>, snapshot: Fact<VaultSnapshot>): Taken => {
  if (log.kind !== 'present') return { takenAway: log, partsTaken: log };
  const noted = snapshot.kind === 'present' ? snapshot.value.dependents.roleAssignments : [];
  const at = deletedAt(log.value);
  return {
    takenAway: takenAway(noted, log.value),
    partsTaken: partsTaken(log.value),
    ...(at !== undefined && { vaultDeletedAt: at }),
  };
};

/** The dependents that are missing, without those that a person removed on purpose. */
const lackingOf = (snapshot: VaultSnapshot, now: VaultDependents, taken: Taken): VaultDependents => {
  const lacking = notRebuilt(snapshot.dependents, now);
  const idsIn = (fact: Taken['partsTaken']): readonly string[] => (fact.kind === 'present' ? fact.value : []);
  const roles = taken.takenAway.kind === 'present' ? taken.takenAway.value.map(({ id }) => id.toLowerCase()) : [];
  const gone = new Set([...roles, ...idsIn(taken.partsTaken)]);
  const isLost = ({ id }: { readonly id: string }): boolean => !gone.has(id.toLowerCase());
  return {
    ...lacking,
    roleAssignments: lacking.roleAssignments.filter(isLost),
    eventSubscriptions: lacking.eventSubscriptions.filter(isLost),
    diagnosticSettings: lacking.diagnosticSettings.filter(isLost),
  };
};

const readNotRebuilt = async (
  { azure }: Pick<Guardian, 'azure'>,
  vaultId: string,
  snapshot: Fact<VaultSnapshot>,
  taken: Taken,
): Promise<NonNullable<After['notRebuilt']>> => {
  if (snapshot.kind !== 'present') return snapshot;
  const now = await azure.readVaultDependents(vaultId).catch(() => unknown('Azure did not answer'));
  if (now.kind === 'present') return { kind: 'present', value: lackingOf(snapshot.value, now.value, taken) };
  return now.kind === 'unknown' ? now : absent;
};

/**
 * What a vault recovered in this incident did not get back, and which rights had been removed before. Reads the
 * product's ledger once and makes five ARM calls, only after such a recovery. `chain`: the key's ledger.
 */
export const afterRecovery = async (
  guardian: Pick<Guardian, 'azure' | 'store'>,
  { vault }: Pick<KeyObservation, 'vault'>,
  known: Known,
  chain: readonly LedgerRow[],
): Promise<After> => {
  if (vault.kind !== 'present' || !wasDone(known, 'recoverVault', vault.value.id)) return {};
  const { id } = vault.value;
  // Before the incident the key was healthy: a snapshot from that time holds every right of its consumers.
  const snapshot = await lastSnapshot(guardian, id, known.incidentOpenedAt ?? new Date().toISOString());
  const taken = takenIn(await readLog(guardian, id, since(snapshot, chain)), snapshot);
  return { ...taken, notRebuilt: await readNotRebuilt(guardian, id, snapshot, taken) };
};

import { absent, type Fact, type KeyObservation, unknown, type VaultExtras } from '../../remediation/model/facts.ts';
import type { Known } from '../../remediation/model/known.ts';
import { notRebuilt } from '../../remediation/observation/not-rebuilt.ts';
import { takenAway } from '../../remediation/observation/taken-away.ts';
import type { LedgerRow } from '../../remediation/protocol/ledger.ts';
import { wasDone } from '../../remediation/steps/done-steps.ts';
import type { Guardian } from '../guardian.ts';
import { lastSnapshot, type VaultSnapshot } from '../memory/vault-snapshot.ts';

type After = Pick<KeyObservation, 'notRebuilt' | 'takenAway'>;

/** A right that was taken away so shortly before the snapshot may not have been missed yet when it was taken. */
const MARGIN_MS = 3_600_000;
/** The activity log goes back 90 days. */
const LONGEST_MS = 89 * 86_400_000;

/** Since when the log must tell of every right that was taken away (ISO 8601): the snapshot, else the key's own baseline. */
const since = (snapshot: Fact<VaultSnapshot>, chain: readonly LedgerRow[]): string | undefined =>
  snapshot.kind === 'present'
    ? new Date(Date.parse(snapshot.value.at) - MARGIN_MS).toISOString()
    : chain.findLast(({ kind }) => kind === 'baseline')?.at;

const readTakenAway = async (
  { azure }: Pick<Guardian, 'azure'>,
  vaultId: string,
  snapshot: Fact<VaultSnapshot>,
  from: string | undefined,
): Promise<NonNullable<After['takenAway']>> => {
  if (from === undefined || Date.now() - Date.parse(from) > LONGEST_MS)
    return unknown('the activity log does not reach back to when all was well');
  const log = await azure.activitySince(vaultId, from).catch(() => unknown('Azure did not answer'));
  if (log.kind !== 'present') return log.kind === 'unknown' ? log : unknown(`${vaultId} has no activity log`);
  return takenAway(snapshot.kind === 'present' ? snapshot.value.extras.roleAssignments : [], log.value);
};

/** What is lacking, without what was taken away on purpose. */
const lackingOf = (snapshot: VaultSnapshot, now: VaultExtras, taken: NonNullable<After['takenAway']>): VaultExtras => {
  const lacking = notRebuilt(snapshot.extras, now);
  const gone = new Set(taken.kind === 'present' ? taken.value.map(({ id }) => id) : []);
  return { ...lacking, roleAssignments: lacking.roleAssignments.filter(({ id }) => !gone.has(id)) };
};

const readNotRebuilt = async (
  { azure }: Pick<Guardian, 'azure'>,
  vaultId: string,
  snapshot: Fact<VaultSnapshot>,
  taken: NonNullable<After['takenAway']>,
): Promise<NonNullable<After['notRebuilt']>> => {
  if (snapshot.kind !== 'present') return snapshot;
  const now = await azure.readVaultExtras(vaultId).catch(() => unknown('Azure did not answer'));
  if (now.kind === 'present') return { kind: 'present', value: lackingOf(snapshot.value, now.value, taken) };
  return now.kind === 'unknown' ? now : absent;
};

/**
 * What a vault that this incident has recovered did not get back, and which rights had been taken away before: one read of
 * the product's ledger and five ARM calls, and only then. `chain`: the key's ledger.
 */
export const afterRecovery = async (
  guardian: Pick<Guardian, 'azure' | 'store'>,
  { vault }: Pick<KeyObservation, 'vault'>,
  known: Known,
  chain: readonly LedgerRow[],
): Promise<After> => {
  if (vault.kind !== 'present' || !wasDone(known, 'recoverVault', vault.value.id)) return {};
  const { id } = vault.value;
  // Before the incident nothing of this key was amiss: a snapshot from then holds whatever its consumers had.
  const snapshot = await lastSnapshot(guardian, id, known.incidentOpenedAt ?? new Date().toISOString());
  const taken = await readTakenAway(guardian, id, snapshot, since(snapshot, chain));
  return { takenAway: taken, notRebuilt: await readNotRebuilt(guardian, id, snapshot, taken) };
};

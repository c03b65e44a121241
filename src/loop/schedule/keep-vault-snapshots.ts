import type { SnapshotClaim } from '../../store/vault-snapshots.ts';
import type { Guardian } from '../guardian.ts';
import { snapshotEntry, snapshotJson } from '../memory/vault-snapshot.ts';
import { PRODUCT_CHAIN } from '../record.ts';
import { reportUnreadable } from './report-unreadable.ts';

/** The activity log goes back 90 days: an older snapshot cannot be compared with it. */
const ENTER_AGAIN_MS = 30 * 86_400_000;

const isOld = (enteredAt: string, now: string): boolean => Date.parse(now) - Date.parse(enteredAt) > ENTER_AGAIN_MS;

/** A vault for which Azure does not answer now is left to the next sweep. */
const orLeft = (error: unknown): undefined => {
  if (error instanceof Error && error.name === 'AzureUnavailable') return undefined;
  throw error;
};

/** Reads the dependents of the vault, stores them as a blob, and enters their hash in the ledger where it is new. */
const take = async (guardian: Guardian, vaultId: string, { last }: SnapshotClaim): Promise<void> => {
  const { azure, store } = guardian;
  const takenAt = new Date().toISOString();
  const dependents = await azure.readVaultDependents(vaultId).catch(orLeft);
  if (dependents?.kind === 'unknown') await reportUnreadable(guardian, [{ ...dependents, id: vaultId }]);
  if (dependents?.kind !== 'present') return;
  const head = await store.ledger.head(PRODUCT_CHAIN);
  const sha256 = await store.evidence.put(snapshotJson(dependents.value));
  const isNew = last?.sha256 !== sha256 || isOld(last.enteredAt, takenAt);
  if (isNew) await store.ledger.append(PRODUCT_CHAIN, head, [snapshotEntry(vaultId, takenAt, sha256)]);
  await store.vaultSnapshots.taken(vaultId, { sha256, takenAt, enteredAt: isNew ? takenAt : last.enteredAt });
};

/**
 * Stores the dependents of these vaults, at most once an hour for each: all keys of these vaults are healthy, and a
 * recovered vault comes back without its dependents. `most`: the most vaults in one sweep; the others are left to the
 * next.
 */
export const keepVaultSnapshots = async (
  guardian: Guardian,
  vaultIds: readonly string[],
  most: number,
): Promise<void> => {
  let left = most;
  for (const vaultId of new Set(vaultIds.map((id) => id.toLowerCase()))) {
    const claim = await guardian.store.vaultSnapshots.claim(vaultId);
    if (!claim) continue;
    await take(guardian, vaultId, claim);
    left -= 1;
    if (left === 0) return;
  }
};

import { rowKeyOf } from './row-key.ts';
import type { StoredRow, Table } from './table.ts';

/** The last snapshot of a vault's dependents. Times are ISO 8601. */
export type LastSnapshot = {
  /** SHA-256, the name of the blob with the snapshot. */
  readonly sha256: string;
  readonly takenAt: string;
  /** When the ledger last got the snapshot. */
  readonly enteredAt: string;
};

/** `last`: the snapshot before; left out where this is the first. */
export type SnapshotClaim = { readonly last?: LastSnapshot };

/**
 * When snapshots of vaults are due. No repair uses these rows: a snapshot is a blob named by its hash, and counts only
 * if the hash is in the ledger.
 */
export type VaultSnapshots = {
  /**
   * Claims the vault's next snapshot. `undefined` where the last one is younger than an hour, or another worker takes
   * it. No call where this process knows a young snapshot, else one or two.
   */
  claim(vaultId: string): Promise<SnapshotClaim | undefined>;
  /** One call to storage. */
  taken(vaultId: string, snapshot: LastSnapshot): Promise<void>;
};

const YOUNG_MS = 3_600_000;
/** After this time a worker with a claim but without a snapshot counts as dead. */
const CLAIMED_MS = 600_000;

const ROW = 'snapshot';

const isAfter = (time: unknown, instant: number): boolean => typeof time === 'string' && Date.parse(time) > instant;

const lastIn = (row: StoredRow | undefined): LastSnapshot | undefined => {
  const { enteredAt, sha256, takenAt }: Readonly<Record<string, unknown>> = row ?? {};
  const isWhole = typeof sha256 === 'string' && typeof takenAt === 'string' && typeof enteredAt === 'string';
  return isWhole ? { sha256, takenAt, enteredAt } : undefined;
};

export const openVaultSnapshots = (table: Table, now: () => number): VaultSnapshots => {
  const young = new Map<string, string>();
  const rowOf = (vaultId: string, columns: Readonly<Record<string, string>>) => ({
    partitionKey: rowKeyOf(vaultId.toLowerCase()),
    rowKey: ROW,
    vaultId: vaultId.toLowerCase(),
    ...columns,
  });
  return {
    claim: async (vaultId) => {
      const id = vaultId.toLowerCase();
      const old = now() - YOUNG_MS;
      if (isAfter(young.get(id), old)) return undefined;
      const stored = await table.get(rowKeyOf(id), ROW);
      const last = lastIn(stored);
      if (last && isAfter(last.takenAt, old)) {
        young.set(id, last.takenAt);
        return undefined;
      }
      if (isAfter(stored?.['claimedAt'], now() - CLAIMED_MS)) return undefined;
      const row = rowOf(id, { ...last, claimedAt: new Date(now()).toISOString() });
      const written = await table.write(stored ? { kind: 'replace', row, etag: stored.etag } : { kind: 'create', row });
      return written === undefined ? undefined : { ...(last && { last }) };
    },
    taken: async (vaultId, snapshot) => {
      await table.write({ kind: 'put', row: rowOf(vaultId, { ...snapshot }) });
      young.set(vaultId.toLowerCase(), snapshot.takenAt);
    },
  };
};

import type { Json } from '../../remediation/model/canonical.ts';
import { absent, type Fact, present, unknown } from '../../remediation/model/facts.ts';
import type { VaultDependents } from '../../remediation/model/vault-dependents.ts';
import type { LedgerEntry, LedgerRow } from '../../remediation/protocol/ledger.ts';
import type { Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN } from '../record.ts';

/**
 * The dependents of a vault while all was well. `at` (ISO 8601): when the ledger got the snapshot; later looks found
 * the same dependents.
 */
export type VaultSnapshot = { readonly at: string; readonly dependents: VaultDependents };

/** The ledger entry that makes a snapshot count. `sha256` names the blob that holds the snapshot. */
export const snapshotEntry = (vaultId: string, at: string, sha256: string): LedgerEntry => ({
  id: `snapshot.${vaultId.toLowerCase()}.${at}`,
  at,
  kind: 'baseline',
  target: vaultId.toLowerCase(),
  detail: { sha256 },
  correlationIds: [],
  evidence: sha256,
});

const isOf =
  (vaultId: string, before: string) =>
  ({ at, kind, target }: LedgerRow): boolean =>
    kind === 'baseline' && target === vaultId.toLowerCase() && Date.parse(at) < Date.parse(before);

/**
 * The last snapshot of a vault from before an instant (ISO 8601). It counts only if the chain is whole, the entry has
 * its anchor, and the blob has the hash of the entry.
 */
export const lastSnapshot = async (
  { store }: Pick<Guardian, 'store'>,
  vaultId: string,
  before: string,
): Promise<Fact<VaultSnapshot>> => {
  const believed = await store.ledger.believe(PRODUCT_CHAIN);
  if (believed.kind === 'broken') return unknown(`the ledger is not intact: ${believed.fault}`);
  const entry = believed.proven.findLast(isOf(vaultId, before));
  if (entry?.evidence === undefined) return absent;
  const dependents = await store.evidence.get(entry.evidence).catch((error: unknown) => String(error));
  if (dependents === undefined || typeof dependents === 'string')
    return unknown(dependents ?? `the blob ${entry.evidence} with the snapshot of ${vaultId} is gone`);
  return present({ at: entry.at, dependents: dependents as unknown as VaultDependents });
};

/** The product's own code makes and hashes a snapshot, so its shape is not checked again. */
export const snapshotJson = (dependents: VaultDependents): Json => dependents as unknown as Json;

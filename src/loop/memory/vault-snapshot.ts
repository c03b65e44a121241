import type { Json } from '../../remediation/model/canonical.ts';
import { absent, type Fact, present, unknown, type VaultDependents } from '../../remediation/model/facts.ts';
import type { LedgerEntry, LedgerRow } from '../../remediation/protocol/ledger.ts';
import type { Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN } from '../record.ts';

/** What hung on a vault when all was well. `at` (ISO 8601): when the ledger was told of it; it was so later as well. */
export type VaultSnapshot = { readonly at: string; readonly dependents: VaultDependents };

/** The entry that makes a snapshot count: `sha256` names the blob that holds it. */
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
 * The last snapshot of a vault from before an instant (ISO 8601). It is taken from the ledger alone: its chain must be whole,
 * the entry must have its anchor, and the blob must have the hash that is entered there.
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

/** A snapshot is made of what the product's own code has read, and hashed: its shape need not be checked again. */
export const snapshotJson = (dependents: VaultDependents): Json => dependents as unknown as Json;

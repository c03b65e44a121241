import { type Anchor, anchorsOf } from '../../src/remediation/protocol/anchors.ts';
import { emptyChain, type LedgerEntry, type LedgerRow, link } from '../../src/remediation/protocol/ledger.ts';

export const CHAIN = 'https://contoso.vault.azure.net/keys/cmk';

export const anEntry = (id: string, changes: Partial<LedgerEntry> = {}): LedgerEntry => ({
  id,
  at: '2026-01-01T00:00:00.000Z',
  kind: 'seen',
  detail: {},
  correlationIds: [],
  ...changes,
});

/** Rows as the product enters them, with the anchors that it gives them then. */
export const aChain = (
  entries: readonly LedgerEntry[],
  chain = CHAIN,
): { readonly rows: readonly LedgerRow[]; readonly anchors: readonly Anchor[] } => {
  const rows = link(chain, emptyChain, entries);
  return { rows, anchors: anchorsOf(rows) };
};

/**
 * A chain that an attacker has written by the product's own rule: numbers, links and hashes are right, but no anchor proves it.
 */
export const forged = (rows: readonly LedgerRow[], chain = CHAIN): readonly LedgerRow[] =>
  link(
    chain,
    emptyChain,
    rows.map(({ chain: _chain, seq: _seq, prev: _prev, hash: _hash, ...entry }) => entry),
  );

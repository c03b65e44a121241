import type { GetLedger200 } from '../../client/api.ts';
import { type Anchor, contradiction } from '../../src/remediation/protocol/anchors.ts';
import { type LedgerRow, type Verification, verifyChain } from '../../src/remediation/protocol/ledger.ts';

/** A chain as the app has given it, or as it was exported. */
export type Chain = Pick<GetLedger200, 'chain' | 'entries' | 'anchors' | 'verification'>;

/** The command line's own verdict on a chain, independent of the app. */
export type Judged = {
  readonly chain: string;
  readonly rows: number;
  readonly verification: Verification;
};

const BROKEN_THERE = 'The app itself says';

/**
 * Checks numbers, links and hashes of every row anew, and the anchors that are given here. The app's own statement about further
 * anchors, which only the app can read, counts only where it reports a fault: a lying app would call a broken chain whole, and
 * never a whole chain broken.
 */
export const judge = ({ chain, entries, verification: said }: Chain, anchors: readonly Anchor[] = []): Judged => {
  const rows = entries as unknown as readonly LedgerRow[];
  const own = verifyChain(chain, rows);
  const wrong = own.kind === 'intact' ? contradiction(anchors, rows, 1) : undefined;
  const there: Verification = said.kind === 'broken' ? { ...said, fault: `${BROKEN_THERE}: ${said.fault}` } : own;
  const verification: Verification = own.kind === 'broken' ? own : wrong ? { kind: 'broken', ...wrong } : there;
  return { chain, rows: rows.length, verification };
};

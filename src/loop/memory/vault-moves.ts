import type { Baseline } from '../../remediation/model/baseline.ts';
import type { KeyObservation } from '../../remediation/model/facts.ts';
import type { Known } from '../../remediation/model/known.ts';
import { provenIn } from '../../remediation/protocol/believe.ts';
import type { LedgerEntry, LedgerRow } from '../../remediation/protocol/ledger.ts';
import { anotherVault } from '../../remediation/trust/another-vault.ts';
import type { Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN } from '../record.ts';

/**
 * What a person said of a vault that bears the name of one that was known: it is ours. `from`, `to`: ARM ids, lower-cased, the
 * same where it was made again. `birth` (ISO 8601): of the vault that was there then; one that is made later is another.
 */
export type VaultMove = { readonly from: string; readonly to: string; readonly birth: string };

const KIND = 'vault move';

/** Entered as what baselines rest on: it counts only so far as the chain of the product is proven. */
export const moveEntry = (
  move: VaultMove,
  said: { readonly id: string; readonly at: string; readonly by: string; readonly why: string },
): LedgerEntry => ({
  id: `move.${said.id}`,
  at: said.at,
  kind: 'baseline',
  target: `${KIND} ${move.from}`,
  detail: { what: KIND, ...move, by: said.by, why: said.why },
  correlationIds: [],
});

const moveIn = ({ kind, target, detail }: LedgerRow): readonly VaultMove[] => {
  if (kind !== 'baseline' || !target?.startsWith(`${KIND} `)) return [];
  const { from, to, birth } = detail as { readonly [name: string]: unknown };
  return [{ from: String(from), to: String(to), birth: String(birth) }];
};

const moved = (vault: Baseline['vault'], { from, to, birth }: VaultMove): Baseline['vault'] =>
  vault.id === from ? { ...vault, id: to, birth } : vault;

/**
 * What is known, with the vault of the baseline where people said that it is now. Only where what is seen is another vault the
 * chain of the product is read for it: two calls.
 */
export const withVaultMoves = async (
  { store }: Pick<Guardian, 'store'>,
  known: Known,
  observation: KeyObservation,
): Promise<Known> => {
  const { baseline } = known;
  if (baseline === undefined || anotherVault({ observation, known }) === undefined) return known;
  const moves = provenIn(await store.ledger.believe(PRODUCT_CHAIN)).flatMap(moveIn);
  return { ...known, baseline: { ...baseline, vault: moves.reduce(moved, baseline.vault) } };
};

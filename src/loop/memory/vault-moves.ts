import type { Baseline } from '../../remediation/model/baseline.ts';
import type { KeyObservation } from '../../remediation/model/facts.ts';
import type { Known } from '../../remediation/model/known.ts';
import { provenIn } from '../../remediation/protocol/believe.ts';
import type { LedgerEntry, LedgerRow } from '../../remediation/protocol/ledger.ts';
import { anotherVault } from '../../remediation/trust/another-vault.ts';
import type { Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN } from '../record.ts';

/**
 * A person has confirmed that the vault with the name of a known vault is the right one. `from`, `to`: ARM ids,
 * lower-cased; the same where the vault was created again. `birth` (ISO 8601): the creation time of the vault at the
 * confirmation; a vault created later is a different one.
 */
export type VaultMove = { readonly from: string; readonly to: string; readonly birth: string };

const KIND = 'vault move';

/** The kind of this entry is that of baselines: it counts only as far as the product's chain is proven. */
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
 * The known facts, with the baseline's vault moved to the place that people have confirmed. The product's chain is read
 * (two calls) only where the observation shows a different vault.
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

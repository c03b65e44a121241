import type { Known } from '../../remediation/model/known.ts';
import type { Attempt } from '../../remediation/model/records.ts';
import { wasDone } from '../../remediation/steps/done-steps.ts';
import type { Guardian } from '../guardian.ts';

/** A key that lost something with its vault is found ill by the first or second sweep after the recovery. */
const SHORTLY_MS = 1_800_000;

const recoveryAt = (target: string, at: string): Attempt => ({
  stepId: '',
  step: 'recoverVault',
  target,
  outcome: 'done',
  why: 'It was recovered for another key in it.',
  at,
});

/**
 * Adds the recovery of the vault to the known facts, where another key of the vault caused it, in this incident or
 * shortly before. Reason: fifty keys of one vault have fifty incidents, and only one of them recovers the vault. The
 * time of the last recovery is added in any case: that recovery may have changed the birth of the vault, and no look has
 * recorded the new birth since. One call, and none where the key's own incident recovered the vault.
 */
export const withVaultRecovery = async (
  { store }: Pick<Guardian, 'store'>,
  known: Known,
  now: Date,
): Promise<Known> => {
  const vaultId = known.baseline?.vault.id;
  if (vaultId === undefined || wasDone(known, 'recoverVault', vaultId)) return known;
  const at = await store.vaultRecoveries.last(vaultId);
  if (at === undefined) return known;
  const since: Known = { ...known, vaultRecoveredAt: at };
  const begun = known.incidentOpenedAt === undefined ? now.getTime() : Date.parse(known.incidentOpenedAt);
  if (Date.parse(at) < begun - SHORTLY_MS) return since;
  return { ...since, attempts: [recoveryAt(vaultId, at), ...(known.attempts ?? [])] };
};

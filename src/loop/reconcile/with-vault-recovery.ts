import type { Known } from '../../remediation/model/known.ts';
import type { Attempt } from '../../remediation/model/records.ts';
import { wasDone } from '../../remediation/steps/done-steps.ts';
import type { Guardian } from '../guardian.ts';

/** A key that lost something with its vault is found ill by the sweep that follows the recovery, or the one after it. */
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
 * What is known of a key, with the recovery of its vault where that was done for another key of it, in this incident or
 * shortly before it: fifty keys of one vault have fifty incidents, and one of them recovers the vault. When that was is known
 * for good: it may have given the vault another birth, which nobody has looked at since. One call, and none where the key's own incident did it.
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

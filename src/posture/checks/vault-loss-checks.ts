import type { Checks } from '../check.ts';
import { recoverVault } from '../commands.ts';
import type { PathFacts } from '../facts.ts';
import { holds, type Judgement, judged, pass, unclear } from '../judgement.ts';

/** Whether the vault exists; if not, what happened to it. A deleted vault fails the check; a vault out of sight does not. */
const vaultThere = (path: PathFacts): Judgement => {
  const { vault, vaultLoss, key } = path.observation;
  return judged(
    vault,
    ({ id }) => pass(id),
    () =>
      judged(
        vaultLoss,
        (loss) =>
          holds(
            false,
            loss.kind === 'deleted' ? `deleted on ${loss.deletedOn}` : 'neither there nor among the deleted vaults',
            ...(loss.kind === 'deleted' ? [recoverVault(loss.vaultId)] : []),
          ),
        () => unclear(`${key.host} is not there, and nobody knows whether it was deleted`),
      ),
  );
};

export const VAULT_LOSS_CHECKS = {
  vaultPresent: { judge: vaultThere, page: 'vaultDeleted' },
} as const satisfies Checks<PathFacts>;

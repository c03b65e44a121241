import { rebuildingOf } from '../../steps/rebuilding.ts';
import { rebuildScript } from '../rebuild-script.ts';
import { both, instruct, type Remedy, steps } from '../remedy.ts';

/** What hung on the vault and can be made again by us; the rest is a script for those whose it was. */
export const rebuild: Remedy = ({ target: vaultId, sentence }, { attempts, observation }) => {
  const { notRebuilt } = observation;
  if (notRebuilt?.kind === 'unknown')
    return instruct(
      `${sentence} Compare its role assignments, event subscriptions, diagnostic settings and locks with what you know of it.`,
    );
  if (notRebuilt?.kind !== 'present') return instruct();
  const { left, specs } = rebuildingOf(vaultId, notRebuilt.value, observation, attempts);
  const script = rebuildScript(vaultId, left);
  return both(
    steps(...specs),
    script.length === 0
      ? instruct()
      : instruct(
          `Recovery of ${vaultId} did not bring these back, and they are for those whose they were to make again: ${script.map((line) => `\`${line}\``).join('; ')}.`,
        ),
  );
};

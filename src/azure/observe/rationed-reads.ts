import type { VaultFacts } from '../../remediation/model/facts.ts';
import { costOf, HIGHEST_COST } from '../../remediation/observation/read-cost.ts';
import type { KeyInUse } from '../key-vault/observe-followed.ts';
import type { ReadPace, ReadRation } from '../key-vault/read-ration.ts';
import { type Look, type LookSources, openReads } from './look-again.ts';

/** A question about a key that was deleted has no costly type. */
const COST_OF_A_QUESTION = 1;

/** Of all versions of a key together, as its row says. */
const costOfKey = ({ cost }: KeyInUse & { readonly cost?: number }): number | undefined => cost;

/**
 * Reads that no plan has spread over time, such as those of a list that was refused, of a worker that remembers nothing,
 * or of many keys that were lost at once: each waits for the ration of its vault.
 */
export const openRationedReads =
  (sources: LookSources, ration: ReadRation, pace: ReadPace): Look =>
  (used, reading) => {
    const last = sources.lastReads.of(used.key);
    const cost = last ? costOf(last.facts) : Math.min(costOfKey(used) ?? HIGHEST_COST, HIGHEST_COST);
    const take = (vault: VaultFacts, of: number): Promise<void> => ration.take(vault, of, pace);
    const { deletedKeys, keyVersions, listVersions } = sources;
    const rationed: LookSources = {
      ...sources,
      keyVersions: {
        ...keyVersions,
        look: async (of) => {
          await take(of.vault, cost);
          return keyVersions.look(of);
        },
      },
      deletedKeys: {
        ...deletedKeys,
        observe: async (of) => {
          await take(of.vault, COST_OF_A_QUESTION);
          return deletedKeys.observe(of);
        },
      },
      listVersions: async (of) => {
        await take(of.vault, COST_OF_A_QUESTION);
        return listVersions(of);
      },
    };
    return openReads(rationed)(used, reading);
  };

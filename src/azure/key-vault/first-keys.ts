import { type Fact, unknown } from '../../remediation/model/facts.ts';
import { placeOf } from '../../remediation/model/resource-id.ts';
import { readFact } from '../failure/read-fact.ts';
import { ONLY_LISTS } from '../http/pages.ts';
import type { ControlPlaneKeys } from './control-plane-keys.ts';

/** Two names suffice to tell whether a vault holds another key beside a given one. */
const ENOUGH = 2;

/** Names (lower case) of the first keys of a vault, without deleted keys. By the control plane: one call. */
export type FirstKeys = (vaultId: string) => Promise<Fact<readonly string[]>>;

export const openFirstKeys =
  (controlPlaneKeys: ControlPlaneKeys): FirstKeys =>
  async (vaultId) => {
    const { subscriptionId, resourceGroup, name: vaultName } = placeOf(vaultId);
    const listed = await readFact({ what: `the keys of ${vaultName}`, vaultName, scope: vaultId }, () =>
      controlPlaneKeys(subscriptionId, async (keys) => {
        const names: string[] = [];
        for await (const { name } of keys.list(resourceGroup, vaultName, ONLY_LISTS)) {
          names.push(name?.toLowerCase() ?? '');
          if (names.length === ENOUGH) break;
        }
        return names;
      }),
    );
    return listed.kind === 'absent' ? unknown(`${vaultName} is gone`) : listed;
  };

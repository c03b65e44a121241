import type { DataPlane } from '../../posture/coverage-facts.ts';
import type { KeyHistoryEntry } from '../../posture/facts.ts';
import { absent, type Fact, present, unknown, type VaultFacts } from '../../remediation/model/facts.ts';
import type { KeyRef } from '../../remediation/model/key-ref.ts';
import type { Connection } from '../connection/connection.ts';
import { explain } from '../failure/advice.ts';
import { classify } from '../failure/classify.ts';
import { toFailure } from '../failure/failure.ts';
import { FIREWALLS } from '../key-vault/data-plane.ts';
import { listByDataPlane } from '../key-vault/list-key-versions.ts';

export type KeyHistory = { readonly dataPlane: DataPlane; readonly history: Fact<readonly KeyHistoryEntry[]> };

/** Every version of a key, and how its vault's data plane answered: one call for each 25 versions. Never throws. */
export const readKeyHistory = async (connection: Connection, key: KeyRef, vault: VaultFacts): Promise<KeyHistory> => {
  try {
    const listed = await listByDataPlane(connection, key, vault);
    const entries = listed.map(({ version, enabled }) => ({ version, enabled }));
    // The list of a deleted key's versions is an empty page.
    return { dataPlane: { kind: 'open' }, history: entries.length > 0 ? present(entries) : absent };
  } catch (error) {
    const failure = toFailure(error);
    const is = classify(failure);
    if (is === 'absent' && failure.code !== 'VaultNotFound') return { dataPlane: { kind: 'open' }, history: absent };
    const what = `the versions of https://${key.host}/keys/${key.name}`;
    const history = unknown(explain(failure, { what, vaultName: vault.name, scope: vault.id }));
    const kind = is !== 'denied' ? 'unknown' : FIREWALLS.includes(failure.code) ? 'shut' : 'denied';
    return { dataPlane: { kind, reason: `${failure.code}, ${failure.message.split(/\.?\r?\n|\.$/)[0]}` }, history };
  }
};

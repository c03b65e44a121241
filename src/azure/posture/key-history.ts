import type { DataPlane } from '../../posture/coverage-facts.ts';
import type { KeyHistoryEntry } from '../../posture/facts.ts';
import { absent, type Fact, present, unknown, type VaultFacts } from '../../remediation/model/facts.ts';
import type { KeyRef } from '../../remediation/model/key-ref.ts';
import type { Connection } from '../connection/connection.ts';
import { explain } from '../failure/advice.ts';
import { classify } from '../failure/classify.ts';
import { toFailure } from '../failure/failure.ts';
import { openSender } from '../http/sender.ts';
import { KEYS_API } from '../key-vault/data-plane.ts';

export type KeyHistory = { readonly dataPlane: DataPlane; readonly history: Fact<readonly KeyHistoryEntry[]> };

const FIREWALLS = ['ForbiddenByFirewall', 'ForbiddenByConnection'];

type Item = { readonly kid?: string; readonly attributes?: { readonly enabled?: boolean } };
type Page = { readonly value?: readonly Item[]; readonly nextLink?: string | null };

const entryOf = ({ kid = '', attributes }: Item): KeyHistoryEntry => ({
  version: kid.split('/').at(-1) ?? '',
  enabled: attributes?.enabled === true,
});

/** Without the SDK, whose pager keeps Azure's reason to itself: it says 403, and not by whom. */
const list = async (
  connection: Connection,
  { name }: KeyRef,
  { uri }: VaultFacts,
): Promise<readonly KeyHistoryEntry[]> => {
  const send = await openSender({
    service: 'Key Vault',
    resource: connection.cloud.vaultResource,
    credential: await connection.credential(),
    httpClient: await connection.httpClient(),
  });
  const entries: KeyHistoryEntry[] = [];
  let url: string | undefined = new URL(`keys/${name}/versions?api-version=${KEYS_API}`, uri).href;
  while (url !== undefined) {
    if (new URL(url).origin !== new URL(uri).origin)
      throw new Error(`'${url}' is not on ${uri}: no token is sent there`);
    const { value = [], nextLink } = ((await send({ url, method: 'GET' })).body ?? {}) as Page;
    entries.push(...value.map(entryOf));
    url = nextLink ?? undefined;
  }
  return entries;
};

/** Every version of a key, and how its vault's data plane answered us: one call for each 25 versions. Never throws. */
export const readKeyHistory = async (connection: Connection, key: KeyRef, vault: VaultFacts): Promise<KeyHistory> => {
  try {
    const entries = await list(connection, key, vault);
    // A key that is deleted has no versions to list; the answer is an empty page.
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

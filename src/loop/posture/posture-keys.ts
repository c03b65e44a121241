import type { KeyConsumers } from '../../azure/consumers/list-consumers.ts';
import type { KeyUse } from '../../remediation/model/facts.ts';

/** A key with its consumers, and all keys that each of these consumers uses. */
export type PostureKey = KeyConsumers & {
  readonly uses: Readonly<Record<string, readonly { readonly use: KeyUse; readonly kid: string }[]>>;
};

const KEYS_A_CHUNK = 100;

const withUses = (keys: readonly KeyConsumers[]): readonly PostureKey[] => {
  const all = keys.flatMap(({ consumers }) => consumers);
  const byId = Map.groupBy(all, ({ id }) => id.toLowerCase());
  return keys.map((key) => ({
    ...key,
    uses: Object.fromEntries(
      key.consumers.map(({ id }) => [
        id.toLowerCase(),
        (byId.get(id.toLowerCase()) ?? []).map(({ use = 'active', pinned }) => ({ use, kid: pinned.kid })),
      ]),
    ),
  }));
};

/**
 * Chunks of a report. Keys of one vault stay in one chunk: the vault is read once, and is judged with all its
 * dependents.
 */
export const postureChunks = (keys: readonly KeyConsumers[]): readonly (readonly PostureKey[])[] => {
  const vaults = [...Map.groupBy(withUses(keys), ({ key }) => key.host).values()];
  const chunks: PostureKey[][] = [];
  for (const group of vaults) {
    const last = chunks.at(-1);
    if (last && last.length + group.length <= KEYS_A_CHUNK) last.push(...group);
    else chunks.push([...group]);
  }
  return chunks;
};

import { keyOf, parseKeyId, parseVaultUrl, vaultName } from '../remediation/model/key-ref.ts';
import { nameOf, parseResourceId } from '../remediation/model/resource-id.ts';
import type { KeyState } from '../store/key-state.ts';

/**
 * The thing that a caller has named, by the form of the text alone. `vault`: its name, which is unique in the world; with `key`,
 * one key in it, by name. `resource`: its ARM id. All lower-cased.
 */
export type NamedThing =
  | { readonly kind: 'key'; readonly text: string }
  | { readonly kind: 'vault'; readonly name: string; readonly key?: string }
  | { readonly kind: 'resource'; readonly id: string }
  | { readonly kind: 'name'; readonly name: string };

const VAULTS = 'microsoft.keyvault/vaults';

/** Names of resources as Azure allows them: a name is only compared as a whole, and goes nowhere else. */
const NAME = /^[\p{L}\p{N}_().-]{1,260}$/u;

const byResourceId = (text: string): NamedThing | undefined => {
  const { id, names = [], type = '' } = parseResourceId(text) ?? {};
  const [name = '', key] = names;
  if (id === undefined) return undefined;
  if (type === VAULTS) return { kind: 'vault', name };
  const isKey = key !== undefined && (type === `${VAULTS}/keys` || type === `${VAULTS}/keys/versions`);
  return isKey ? { kind: 'vault', name, key } : { kind: 'resource', id };
};

/**
 * Reads a key or vault identifier, the resource id of a vault, of a key or of a consumer, or a bare name; `undefined` for
 * everything else. In linear time, for any length.
 */
export const readNamed = (sent: string): NamedThing | undefined => {
  const text = sent.length > 2_048 ? '' : sent.trim();
  if (text.startsWith('/')) return byResourceId(text);
  const host = parseVaultUrl(text);
  if (host !== undefined) return { kind: 'vault', name: host.split('.', 1)[0] ?? host };
  if (parseKeyId(text)) return { kind: 'key', text };
  return NAME.test(text) ? { kind: 'name', name: text.toLowerCase() } : undefined;
};

/** A consumer or vault that has the name, with the keys that it uses or holds. `id`: ARM id, or url of the vault. */
export type Bearer = { readonly kind: 'consumer' | 'vault'; readonly id: string; readonly keys: readonly string[] };

type Seen = Pick<KeyState, 'keyId' | 'consumers'>;

const grouped = (kind: Bearer['kind'], uses: readonly (readonly [id: string, keyId: string])[]): readonly Bearer[] =>
  [...Map.groupBy(uses, ([id]) => id)].map(([id, all]) => ({
    kind,
    id,
    keys: [...new Set(all.map(([, keyId]) => keyId))].toSorted(),
  }));

const consumersIn = (seen: readonly Seen[], isMeant: (id: string) => boolean): readonly Bearer[] =>
  grouped(
    'consumer',
    seen.flatMap(({ consumers, keyId }) =>
      (consumers?.consumers ?? []).flatMap(({ id }) =>
        isMeant(id.toLowerCase()) ? [[id.toLowerCase(), keyId] as const] : [],
      ),
    ),
  );

type Vault = { readonly name: string; readonly key?: string };

const vaultsIn = (seen: readonly Seen[], { name, key: one }: Vault): readonly Bearer[] =>
  grouped(
    'vault',
    seen.flatMap(({ keyId }) => {
      const key = keyOf(keyId);
      const isMeant = vaultName(key) === name && (one === undefined || key.name === one);
      return isMeant ? [[`https://${key.host}`, keyId] as const] : [];
    }),
  );

/**
 * Everything in the stored looks that the name means, in the order of ids. Names are compared as a whole and without case: a name
 * that only begins with the text is another name.
 */
export const bearersOf = (thing: Exclude<NamedThing, { kind: 'key' }>, seen: readonly Seen[]): readonly Bearer[] => {
  if (thing.kind === 'vault') return vaultsIn(seen, thing);
  if (thing.kind === 'resource') return consumersIn(seen, (id) => id === thing.id);
  return [...consumersIn(seen, (id) => nameOf(id) === thing.name), ...vaultsIn(seen, thing)].toSorted((one, other) =>
    one.id < other.id ? -1 : 1,
  );
};

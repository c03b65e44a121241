import { isHsmHost, parseKeyId, parseVaultUrl } from './key-ref.ts';
import { profileOfType } from './profiles.ts';
import { parseResourceId, type ResourceId, within } from './resource-id.ts';

/** The thing that a do-not-heal record names. */
export type OverrideTarget = {
  readonly kind: 'subscription' | 'resourceGroup' | 'vault' | 'key' | 'keyVersion' | 'consumer' | 'machine';
  /** Lower-cased, without port and trailing slash. For a part of a consumer or machine: the id of that consumer or machine. */
  readonly id: string;
  /**
   * For a vault, a key or a version, whether it was named by url or by resource id: `contoso/cmk/0123…`. The name of a vault is
   * unique in the world.
   */
  readonly inVault?: string;
};

const VAULTS = 'microsoft.keyvault/vaults';
const MACHINES = 'microsoft.compute/virtualmachines';
const VAULT_NAME = /^[a-z0-9-]{3,24}$/;
const KEY_NAME = /^[a-z0-9-]{1,127}$/;
const VERSION = /^[a-z0-9]{1,64}$/;

const BY_DEPTH = ['vault', 'key', 'keyVersion'] as const;

const withoutSlashes = (text: string): string => {
  let end = text.length;
  while (text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
};

const inVaultOf = (host: string, ...names: readonly string[]): string =>
  [host.split('.')[0] ?? host, ...names].join('/');

/** Reads the url of a vault, a key or a key version. */
const byUrl = (text: string): OverrideTarget | undefined => {
  const host = parseVaultUrl(text);
  if (host !== undefined) return { kind: 'vault', id: `https://${host}`, inVault: inVaultOf(host) };
  const { key, version } = parseKeyId(text) ?? {};
  // The product repairs nothing in a Managed HSM, and a Managed HSM may have the name of a vault.
  if (key === undefined || isHsmHost(key.host)) return undefined;
  const id = `https://${key.host}/keys/${key.name}`;
  return version === undefined
    ? { kind: 'key', id, inVault: inVaultOf(key.host, key.name) }
    : { kind: 'keyVersion', id: `${id}/${version}`, inVault: inVaultOf(key.host, key.name, version) };
};

const ofVault = ({ id, type, names }: ResourceId): OverrideTarget | undefined => {
  const types = [VAULTS, `${VAULTS}/keys`, `${VAULTS}/keys/versions`];
  const kind = BY_DEPTH[types.indexOf(type ?? '')];
  const areNames = names.every((name, at) => [VAULT_NAME, KEY_NAME, VERSION][at]?.test(name));
  return kind && areNames ? { kind, id, inVault: names.join('/') } : undefined;
};

/** `/subscriptions/{id}/resourcegroups/{name}/providers/{namespace}/{type}/{name}`: the outermost resource of an id. */
const outermost = (id: string): string => id.split('/').slice(0, 9).join('/');

const byResourceId = (text: string): OverrideTarget | undefined => {
  const parsed = parseResourceId(text);
  if (!parsed) return undefined;
  const { id, resourceGroup, type, names } = parsed;
  if (type === undefined) return { kind: resourceGroup === undefined ? 'subscription' : 'resourceGroup', id };
  // An extension resource, for example a lock, is attached to another resource: the product never repairs one.
  const isOwn = id.split('/').length === 7 + 2 * names.length;
  if (resourceGroup === undefined || !isOwn) return undefined;
  const outer = type.split('/').slice(0, 2).join('/');
  if (outer === VAULTS) return ofVault(parsed);
  if (profileOfType(outer) !== undefined) return { kind: 'consumer', id: outermost(id) };
  return outer === MACHINES ? { kind: 'machine', id: outermost(id) } : undefined;
};

/** Reads the target of a do-not-heal record, in any spelling; `undefined` for everything that no repair ever touches. */
export const parseOverrideTarget = (text: string): OverrideTarget | undefined => {
  const id = withoutSlashes(text.trim().toLowerCase());
  return byUrl(id) ?? byResourceId(id);
};

/** A text that may name a target, parsed once for many comparisons. */
export type NamedTarget = { readonly text: string; readonly target?: OverrideTarget };

/** Parses such a text. A record of an earlier release may hold a text that is no target: such a text is compared as it is. */
export const named = (text: string): NamedTarget => {
  const target = parseOverrideTarget(text);
  return { text: text.trim().toLowerCase(), ...(target && { target }) };
};

const isUrl = ({ id }: OverrideTarget): boolean => id.startsWith('https:');

/** Two resource ids are not compared by the name of the vault: a vault of the same name in another group is another vault. */
const isSameVaults = (inner: OverrideTarget, outer: OverrideTarget): boolean =>
  (isUrl(inner) || isUrl(outer)) &&
  inner.inVault !== undefined &&
  outer.inVault !== undefined &&
  within(inner.inVault, outer.inVault);

/** Whether `inner` is the same as `outer` or lies in it. Each may have any spelling. */
export const isIn = (inner: NamedTarget, outer: NamedTarget): boolean => {
  if (within(inner.text, outer.text)) return true;
  if (!inner.target || !outer.target) return false;
  return within(inner.target.id, outer.target.id) || isSameVaults(inner.target, outer.target);
};

/** Whether both texts name the same target, in any spelling. */
export const isSame = (one: NamedTarget, other: NamedTarget): boolean => isIn(one, other) && isIn(other, one);

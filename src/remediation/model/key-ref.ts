import { sha256 } from './canonical.ts';

/** A key without its version: the root object of every repair. Always lower-cased, since Key Vault compares without case. */
export type KeyRef = {
  /** Host of the vault's data plane, `contoso.vault.azure.net`, or of a Managed HSM, `contoso.managedhsm.azure.net`. */
  readonly host: string;
  readonly name: string;
};

/** Longer key identifiers, in UTF-16 units, are not read: the longest valid one has 256. */
const LONGEST = 2_048;

/** Hosts of vaults and Managed HSMs of the public, US Government and China clouds, with the names that Key Vault allows. */
const HOST = /^[a-z0-9-]{3,24}\.(?:vault|managedhsm)\.(?:azure\.net|usgovcloudapi\.net|azure\.cn)$/;
const NAME = /^[0-9a-z-]{1,127}$/;
const VERSION = /^[0-9a-z]{1,64}$/;

const without = (text: string, end: string): string => (text.endsWith(end) ? text.slice(0, -end.length) : text);

/** Splits `https://{vault host}/…`, lower-cased, into the host and the segments behind it. One slash at the end is ignored. */
const readUrl = (text: string): readonly [host: string, ...segments: string[]] | undefined => {
  if (text.length > LONGEST) return undefined;
  const [scheme, none, authority, ...segments] = without(text.trim().toLowerCase(), '/').split('/');
  const host = without(authority ?? '', ':443');
  return scheme === 'https:' && none === '' && HOST.test(host) ? [host, ...segments] : undefined;
};

/** Whether this is the host of a Managed HSM. A Managed HSM is no vault, though it may have the same name as one. */
export const isHsmHost = (host: string): boolean => host.toLowerCase().split('.')[1] === 'managedhsm';

/**
 * Reads `https://{host of a vault or a Managed HSM}/keys/{name}[/{version}]` without regard to case; anything else is
 * `undefined`.
 */
export const parseKeyId = (text: string): { readonly key: KeyRef; readonly version?: string } | undefined => {
  const [host, keys, name, version, ...more] = readUrl(text) ?? [];
  if (host === undefined || keys !== 'keys' || name === undefined || more.length > 0) return undefined;
  if (!NAME.test(name) || (version !== undefined && !VERSION.test(version))) return undefined;
  return { key: { host, name }, ...(version === undefined ? {} : { version }) };
};

/** Reads `https://{vault host}` and returns the host, lower-cased. Any other text gives `undefined`. */
export const parseVaultUrl = (text: string): string | undefined => {
  const [host, ...more] = readUrl(text) ?? [];
  return host !== undefined && more.length === 0 && !isHsmHost(host) ? host : undefined;
};

/** Key identifier without version, lower-cased. */
export const keyId = (key: KeyRef): string => `https://${key.host}/keys/${key.name}`.toLowerCase();

/** Key identifier with version, lower-cased. */
export const keyVersionId = (key: KeyRef, version: string): string => `${keyId(key)}/${version.toLowerCase()}`;

/**
 * The id of a key's reconciliation in the HTTP API, and of its first durable instance. It is a hash, since Durable Functions
 * limits ids to 100 characters and to a few signs.
 */
export const keyInstanceId = (key: KeyRef): string => `key-${sha256(keyId(key)).slice(0, 40)}`;

export const vaultName = (key: KeyRef): string => key.host.split('.', 1)[0] ?? key.host;

/** The key that the key identifier of a row or message names. @throws Error when the text is no key identifier. */
export const keyOf = (keyId: string): KeyRef => {
  const parsed = parseKeyId(keyId);
  if (!parsed) throw new Error(`${keyId} is not a key identifier`);
  return parsed.key;
};

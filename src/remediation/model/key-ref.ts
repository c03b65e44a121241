import { sha256 } from './canonical.ts';

/** A key without its version: the root object of every repair. Lower-cased throughout; Key Vault compares without case. */
export type KeyRef = {
  /** Host of the vault's data plane, `contoso.vault.azure.net`. */
  readonly host: string;
  readonly name: string;
};

/** Vault hosts of the public, US Government and China clouds; names as Key Vault allows them. */
const KEY_ID =
  /^https:\/\/([a-z0-9-]{3,24}\.vault\.(?:azure\.net|usgovcloudapi\.net|azure\.cn))(?::443)?\/keys\/([0-9a-z-]{1,127})(?:\/([0-9a-z]{1,64}))?\/?$/;

/** Reads `https://{vault host}/keys/{name}[/{version}]` without regard to case; anything else is `undefined`. */
export const parseKeyId = (text: string): { readonly key: KeyRef; readonly version?: string } | undefined => {
  const [, host, name, version] = KEY_ID.exec(text.trim().toLowerCase()) ?? [];
  if (host === undefined || name === undefined) return undefined;
  return { key: { host, name }, ...(version === undefined ? {} : { version }) };
};

/** Key identifier without version, lower-cased. */
export const keyId = (key: KeyRef): string => `https://${key.host}/keys/${key.name}`.toLowerCase();

/** Key identifier with version, lower-cased. */
export const keyVersionId = (key: KeyRef, version: string): string => `${keyId(key)}/${version.toLowerCase()}`;

/** Durable instance id of a key's reconciliation: those ids are limited to 100 characters and to a few signs. */
export const keyInstanceId = (key: KeyRef): string => `key-${sha256(keyId(key)).slice(0, 40)}`;

export const vaultName = (key: KeyRef): string => key.host.split('.', 1)[0] ?? key.host;

/** The key that a row's or a message's key identifier names. */
export const keyOf = (keyId: string): KeyRef => {
  const parsed = parseKeyId(keyId);
  if (!parsed) throw new Error(`${keyId} is not a key identifier`);
  return parsed.key;
};

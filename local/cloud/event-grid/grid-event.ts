import type { Change } from '../service.ts';

export type KeyVaultEventType =
  | 'Microsoft.KeyVault.KeyNewVersionCreated'
  | 'Microsoft.KeyVault.KeyNearExpiry'
  | 'Microsoft.KeyVault.KeyExpired'
  | 'Microsoft.KeyVault.VaultAccessPolicyChanged';

/** An event of a vault as Key Vault reports it. `at` is milliseconds, `nbf` and `exp` seconds. */
export type GridEvent = {
  id: string;
  type: KeyVaultEventType;
  /** ARM id of the vault. */
  topic: string;
  vault: string;
  at: number;
  key?: {
    kid: string;
    name: string;
    version: string;
    nbf: number | undefined;
    exp: number | undefined;
    /** When the version was made, milliseconds. */
    createdAt: number;
  };
};

/** Key Vault announces nothing else of keys: no deletion, no recovery, no disabling, no change of attributes. */
const TYPES: Record<string, KeyVaultEventType> = {
  keyVersionCreated: 'Microsoft.KeyVault.KeyNewVersionCreated',
  keyNearExpiry: 'Microsoft.KeyVault.KeyNearExpiry',
  keyExpired: 'Microsoft.KeyVault.KeyExpired',
  accessPolicyChanged: 'Microsoft.KeyVault.VaultAccessPolicyChanged',
};

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const number = (value: unknown) => (typeof value === 'number' ? value : undefined);

/** The event that Key Vault's system topic publishes for a change; undefined when there is none. */
export const toGridEvent = (change: Change, id: string): GridEvent | undefined => {
  const type = TYPES[change.kind];
  if (!type) return undefined;
  const { vault, key, version, kid, nbf, exp, createdAt } = change.data ?? {};
  const event = { id, type, topic: change.resourceId, vault: text(vault), at: change.at };
  if (key === undefined) return event;
  return {
    ...event,
    key: {
      kid: text(kid),
      name: text(key),
      version: text(version),
      nbf: number(nbf),
      exp: number(exp),
      createdAt: number(createdAt) ?? change.at,
    },
  };
};

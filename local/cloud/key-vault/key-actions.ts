/**
 * The permission or action that each operation on keys needs under either permission model (Key Vault REST reference; built-in
 * roles, security).
 */
export const KEY_ACTIONS = {
  get: { permission: 'get', dataAction: 'Microsoft.KeyVault/vaults/keys/read' },
  list: { permission: 'list', dataAction: 'Microsoft.KeyVault/vaults/keys/read' },
  create: { permission: 'create', dataAction: 'Microsoft.KeyVault/vaults/keys/create/action' },
  update: { permission: 'update', dataAction: 'Microsoft.KeyVault/vaults/keys/update/action' },
  rotate: { permission: 'rotate', dataAction: 'Microsoft.KeyVault/vaults/keys/rotate/action' },
  delete: { permission: 'delete', dataAction: 'Microsoft.KeyVault/vaults/keys/delete' },
  recover: { permission: 'recover', dataAction: 'Microsoft.KeyVault/vaults/keys/recover/action' },
  purge: { permission: 'purge', dataAction: 'Microsoft.KeyVault/vaults/keys/purge/action' },
  backup: { permission: 'backup', dataAction: 'Microsoft.KeyVault/vaults/keys/backup/action' },
  restore: { permission: 'restore', dataAction: 'Microsoft.KeyVault/vaults/keys/restore/action' },
  wrapKey: { permission: 'wrapKey', dataAction: 'Microsoft.KeyVault/vaults/keys/wrap/action' },
  unwrapKey: { permission: 'unwrapKey', dataAction: 'Microsoft.KeyVault/vaults/keys/unwrap/action' },
  encrypt: { permission: 'encrypt', dataAction: 'Microsoft.KeyVault/vaults/keys/encrypt/action' },
  decrypt: { permission: 'decrypt', dataAction: 'Microsoft.KeyVault/vaults/keys/decrypt/action' },
  getRotationPolicy: {
    permission: 'getrotationpolicy',
    dataAction: 'Microsoft.KeyVault/vaults/keyrotationpolicies/read',
  },
  setRotationPolicy: {
    permission: 'setrotationpolicy',
    dataAction: 'Microsoft.KeyVault/vaults/keyrotationpolicies/write',
  },
} as const;

export type KeyAction = keyof typeof KEY_ACTIONS;

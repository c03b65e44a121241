/**
 * Steps that undo somebody's act. Only these can be put in GUARDIAN_AUTO_REVERSE: a step that restores needs no leave,
 * and one that cannot be undone always asks.
 */
export const REVERSAL_STEPS = [
  'recoverVault',
  'recoverKey',
  'restoreKeyFromBackup',
  'enableKey',
  'setActivationDate',
  'setVaultBypass',
  'restoreNetworkRules',
  'repointConsumer',
  'assignIdentity',
  'grantKeyAccess',
  'grantReader',
] as const;

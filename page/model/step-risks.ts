/**
 * Of each step what kind of risk it is, by which the product decides whether it may do it by itself. The API says it of the steps of a
 * plan alone; this is what it may do before there is any. A test holds it to the product's own table.
 */
export const STEP_RISKS = {
  recoverVault: 'reversal',
  setVaultBypass: 'reversal',
  restoreNetworkRules: 'reversal',
  enableSoftDelete: 'irreversible',
  enablePurgeProtection: 'irreversible',
  rebuildEventSubscription: 'restore',
  rebuildDiagnosticSetting: 'restore',
  recoverKey: 'reversal',
  restoreKeyFromBackup: 'reversal',
  enableKey: 'reversal',
  setActivationDate: 'reversal',
  extendKeyExpiry: 'restore',
  assignIdentity: 'reversal',
  grantKeyAccess: 'reversal',
  grantReader: 'reversal',
  repointConsumer: 'reversal',
  clearAutoRotationError: 'restore',
  revalidateConsumer: 'restore',
  startVirtualMachines: 'irreversible',
} as const satisfies Readonly<Record<string, 'restore' | 'reversal' | 'irreversible'>>;

export type StepKind = keyof typeof STEP_RISKS;

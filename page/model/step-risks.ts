/**
 * The risk of each step, by which the product decides whether it may do the step by itself. The API says it for the steps of a
 * plan alone; the page shows it also without a plan. A test compares this table with the product's own.
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

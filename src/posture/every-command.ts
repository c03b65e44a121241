import { PART_NAMES } from '../remediation/model/role-parts.ts';
import * as commands from './commands.ts';

const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data';
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/contoso`;
const CLUSTER = `${GROUP}/providers/Microsoft.ContainerService/managedClusters/shop`;
const SET = `${GROUP}/providers/Microsoft.Compute/diskEncryptionSets/disks`;
const KEY = { host: 'contoso.vault.azure.net', name: 'cmk' };
const WHO = '00000000-0000-0000-0000-0000000000b1';

/** A sample of every command that the product gives to people, for the checks on commands. */
export const COMMAND_SAMPLES: Readonly<
  Record<Exclude<keyof typeof commands, 'AZURE_CLI'>, string | readonly string[]>
> = {
  lockVault: commands.lockVault(VAULT),
  deleteLock: commands.deleteLock(`${VAULT}/providers/Microsoft.Authorization/locks/keep`),
  logAudit: commands.logAudit(VAULT),
  backupKey: commands.backupKey(KEY),
  privateEndpoint: commands.privateEndpoint(VAULT),
  subnetRule: commands.subnetRule(VAULT),
  letTrustedServicesIn: commands.letTrustedServicesIn(VAULT),
  setPolicy: commands.setPolicy(VAULT, WHO, ['get', 'list', 'update', 'recover', 'restore']),
  deletePolicy: commands.deletePolicy(VAULT, WHO),
  deleteRoleAssignment: commands.deleteRoleAssignment(
    `${VAULT}/providers/Microsoft.Authorization/roleAssignments/${WHO}`,
  ),
  givePart: PART_NAMES.map((part) => commands.givePart(part, WHO, VAULT)),
  newVault: commands.newVault('koreacentral'),
  newKey: commands.newKey(KEY),
  protectFromPurge: commands.protectFromPurge(VAULT),
  softDelete: commands.softDelete(VAULT),
  recoverVault: commands.recoverVault(VAULT),
  recoverKey: commands.recoverKey(KEY),
  restoreKey: commands.restoreKey(KEY),
  newCluster: commands.newCluster(SET),
  replacePool: commands.replacePool(CLUSTER, 'old'),
  upgradeCluster: commands.upgradeCluster(CLUSTER),
  encryptDisk: commands.encryptDisk(`${GROUP}/providers/Microsoft.Compute/disks/data`, SET),
  applyStorageClass: commands.applyStorageClass(CLUSTER, SET),
  alertOnKeyLoss: commands.alertOnKeyLoss('00000000-0000-0000-0000-000000000001'),
  useCommonSchema: commands.useCommonSchema(
    `${GROUP}/providers/Microsoft.Insights/actionGroups/cmk-guardian`,
    'webhookReceivers',
    0,
  ),
  nameOwner: commands.nameOwner(VAULT),
  noteEscrow: commands.noteEscrow(VAULT),
};

export const everyCommand = (): readonly string[] => Object.values(COMMAND_SAMPLES).flat();

import type { KeyRef } from '../remediation/model/key-ref.ts';
import { vaultName } from '../remediation/model/key-ref.ts';
import { patchSoftDelete } from '../remediation/model/patch-command.ts';
import { formatResourceId, groupOf, nameOf, subscriptionOf } from '../remediation/model/resource-id.ts';
import { assignPart, type PartName, scopeOfPart } from '../remediation/model/role-parts.ts';
import { azValue as word } from '../remediation/model/shell-word.ts';

/**
 * Commands for people. They are complete except for values that only people know, which are in angle brackets. Each
 * command is tested with a shell's parser and needs no extension of the Azure CLI. A command that names its resource by
 * name also names the subscription, because the person's default subscription may be another one.
 */
export const AZURE_CLI = '2.60.0';

/** The subscription of a resource, for commands without a resource id. */
const within = (id: string): string => `--subscription ${word(subscriptionOf(id))}`;

/** The arguments by which most commands name a vault. */
const named = (id: string): string => `--name ${word(nameOf(id))} ${within(id)}`;

export const lockVault = (vaultId: string): string =>
  `az lock create --name cmk-guardian-keep --lock-type CanNotDelete --resource ${word(vaultId)} ${within(vaultId)}`;

export const deleteLock = (lockId: string): string => `az lock delete --ids ${word(lockId)}`;

export const logAudit = (vaultId: string): string =>
  `az monitor diagnostic-settings create --name cmk-audit --resource ${word(vaultId)} --workspace '<id of a Log Analytics workspace>' --logs '[{"category":"AuditEvent","enabled":true}]'`;

export const backupKey = (key: KeyRef): readonly string[] => [
  `az keyvault key backup --vault-name ${word(vaultName(key))} --name ${word(key.name)} --file ${word(`${key.name}.backup`)}`,
  `az storage blob upload --auth-mode login --account-name '<storage account of the product>' --container-name '<prefix>-backups' --name ${word(`${vaultName(key)}/${key.name}`.toLowerCase())} --file ${word(`${key.name}.backup`)}`,
];

export const privateEndpoint = (vaultId: string): string => {
  const name = nameOf(vaultId);
  return `az network private-endpoint create --name ${word(`pe-${name}`)} --resource-group ${word(groupOf(vaultId))} --subnet '<id of a subnet>' --private-connection-resource-id ${word(vaultId)} --group-id vault --connection-name ${word(name)}`;
};

export const subnetRule = (vaultId: string): string =>
  `az keyvault network-rule add ${named(vaultId)} --resource-group ${word(groupOf(vaultId))} --subnet '<id of the subnet of the function app>'`;

export const letTrustedServicesIn = (vaultId: string): string =>
  `az keyvault update ${named(vaultId)} --bypass AzureServices --default-action Deny`;

export const setPolicy = (vaultId: string, objectId: string, permissions: readonly string[]): string =>
  `az keyvault set-policy ${named(vaultId)} --object-id ${word(objectId)} --key-permissions ${permissions.map(word).join(' ')}`;

export const deletePolicy = (vaultId: string, objectId: string): string =>
  `az keyvault delete-policy ${named(vaultId)} --object-id ${word(objectId)}`;

export const deleteRoleAssignment = (assignmentId: string): string =>
  `az role assignment delete --ids ${word(assignmentId)}`;

/** Assigns a part of the product's role at a scope that covers the resource. */
export const givePart = (part: PartName, objectId: string, id: string): string =>
  assignPart(part, objectId, scopeOfPart(part, id));

export const newVault = (location: string): string =>
  `az keyvault create --name '<name>' --resource-group '<group>' --location ${word(location)} --retention-days 90 --enable-purge-protection true`;

export const newKey = (key: KeyRef): string =>
  `az keyvault key create --vault-name ${word(vaultName(key))} --name ${word(key.name)} --kty RSA --size 2048`;

export const protectFromPurge = (vaultId: string): string =>
  `az keyvault update ${named(vaultId)} --enable-purge-protection true`;

export const restoreKey = (key: KeyRef): string =>
  `az keyvault key restore --vault-name ${word(vaultName(key))} --file ${word(`${key.name}.backup`)}`;

export const newCluster = (setId: string): string =>
  `az aks create --name '<name>' --resource-group '<group>' --vm-set-type VirtualMachineScaleSets --node-osdisk-diskencryptionset-id ${word(setId)} --generate-ssh-keys`;

export const replacePool = (clusterId: string, pool: string): readonly string[] => {
  const cluster = `--cluster-name ${word(nameOf(clusterId))} --resource-group ${word(groupOf(clusterId))} ${within(clusterId)}`;
  return [
    `az aks nodepool add ${cluster} --name '<new pool>'`,
    `az aks nodepool delete ${cluster} --name ${word(pool)}`,
  ];
};

export const upgradeCluster = (clusterId: string): string =>
  `az aks upgrade ${named(clusterId)} --resource-group ${word(groupOf(clusterId))} --kubernetes-version '<1.24 or later>'`;

export const encryptDisk = (diskId: string, setId = '<id of a disk encryption set>'): string =>
  `az disk update --ids ${word(diskId)} --encryption-type EncryptionAtRestWithCustomerKey --disk-encryption-set ${word(setId)}`;

/** The storage class uses today's driver and not the document's, because Kubernetes has removed the in-tree provisioner. */
export const applyStorageClass = (clusterId: string, setId: string): readonly string[] => {
  const yaml = [
    'apiVersion: storage.k8s.io/v1',
    'kind: StorageClass',
    'metadata:',
    '  name: cmk',
    'provisioner: disk.csi.azure.com',
    'parameters:',
    '  skuname: Premium_LRS',
    '  kind: managed',
    `  diskEncryptionSetID: ${setId}`,
  ].join('\\n');
  return [
    `az aks get-credentials ${named(clusterId)} --resource-group ${word(groupOf(clusterId))}`,
    `printf '%b' ${word(yaml)} | kubectl apply -f -`,
  ];
};

export const alertOnKeyLoss = (subscriptionId: string): readonly string[] => [
  `az monitor action-group create --name cmk-guardian --resource-group '<group>' --subscription ${word(subscriptionId)} --action webhook guardian '<address of a webhook of yours>' --action email owner '<address>'`,
  `az monitor activity-log alert create --name cmk-key-access --resource-group '<group>' --subscription ${word(subscriptionId)} --scope ${word(formatResourceId({ subscriptionId }))} --condition category=ResourceHealth --action-group cmk-guardian`,
];

/** Switches the receiver at this place in a list of an action group to the common schema. */
export const useCommonSchema = (groupId: string, list: string, at: number): string =>
  `az resource update --ids ${word(groupId)} --set ${word(`properties.${list}[${at}].useCommonAlertSchema=true`)}`;

export const nameOwner = (resourceId: string): string =>
  `az tag update --resource-id ${word(resourceId)} --operation Merge --tags owner='<team>'`;

export const noteEscrow = (vaultId: string): string =>
  `az tag update --resource-id ${word(vaultId)} --operation Merge --tags cmk-guardian:escrow='<date, such as 2026-01-31>'`;

export const softDelete = (vaultId: string): string => patchSoftDelete(vaultId);

export const recoverVault = (vaultId: string): string => `az keyvault recover ${named(vaultId)}`;

export const recoverKey = (key: KeyRef): string =>
  `az keyvault key recover --vault-name ${word(vaultName(key))} --name ${word(key.name)}`;

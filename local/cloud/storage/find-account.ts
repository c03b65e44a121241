import { AzureError } from '../arm/error.ts';
import { resourceId } from '../arm/resource-id.ts';
import type { Call } from '../service.ts';
import type { Storage } from './storage.ts';
import { ACCOUNT_TYPE, type Container, type StorageAccount } from './storage-account.ts';

export const ACCOUNT_PATH =
  '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/{account}';

/** Api-versions that AzAPI 1.15.0 and 2.x write, those between them, and the one of the Azure CLI 2.91.0. */
export const STORAGE_VERSIONS = ['2022-09-01', '2023-01-01', '2023-04-01', '2023-05-01', '2024-01-01'].concat(
  '2025-01-01',
  '2025-06-01',
  '2025-08-01',
);

export const accountIdOf = ({ params }: Call): string => {
  const { subscription = '', group = '', account: name = '' } = params;
  return resourceId({ subscription, group, type: ACCOUNT_TYPE, name });
};

/** The account that a path names, or 404 ResourceNotFound. */
export const findAccount = (storage: Storage, call: Call): StorageAccount => {
  const found = storage.byId(accountIdOf(call));
  if (found) return found;
  const { account, group } = call.params;
  throw new AzureError(
    404,
    'ResourceNotFound',
    `The Resource '${ACCOUNT_TYPE}/${account}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
};

/** The container that a path names, or 404 ContainerNotFound. */
export const findContainer = (account: StorageAccount, { params }: Call): Container => {
  const found = account.containers.get(params['container'] ?? '');
  if (found) return found;
  throw new AzureError(404, 'ContainerNotFound', 'The specified container does not exist.');
};

import { AzureError } from '../arm/error.ts';
import type { World } from '../service.ts';
import { DeploymentFailed } from './read-package.ts';
import type { Site } from './site.ts';
import { accountNamed, closedParts, mayWriteBlobs, platformStands } from './storage-access.ts';
import type { Surroundings } from './surroundings.ts';

const inaccessible = (why: string) =>
  new DeploymentFailed(
    `InaccessibleStorageException: Failed to access storage account for deployment: BlobUploadFailedException: Failed to upload blob to storage account: ${why}`,
  );

const forbidden = 'Response status code does not indicate success: 403';

/** The identity with which the platform writes the package. */
const writerOf = ({ entra }: Pick<World, 'entra'>, { id, config }: Site) => {
  const { authentication } = config.deployment.storage;
  switch (authentication.type) {
    case 'SystemAssignedIdentity':
      return entra.managedIdentity(id);
    case 'UserAssignedIdentity': {
      const wanted = authentication.userAssignedIdentityResourceId.toLowerCase();
      return entra.attachedIdentities(id).find(({ resourceId }) => resourceId?.toLowerCase() === wanted);
    }
    case 'StorageAccountConnectionString':
      return undefined;
  }
};

/**
 * Checks whether the platform can write the package to the container of the deployment: with the identity that the site names,
 * through the site's subnet where all traffic goes through it. @throws DeploymentFailed in the platform's words
 */
export const checkDeploymentStorage = (
  world: Pick<World, 'entra' | 'rbac' | 'network'>,
  around: Surroundings,
  site: Site,
): void => {
  const { hostname, pathname } = new URL(site.config.deployment.storage.value);
  const account = accountNamed(around, hostname.split('.')[0] ?? '');
  if (!account) throw inaccessible(`No such host is known. (${hostname}:443)`);
  const writer = writerOf(world, site);
  if (!writer)
    throw inaccessible('ManagedIdentityCredential authentication failed: the identity is not assigned to the app.');
  if (closedParts(world, account, platformStands(site), ['blob']).length > 0)
    throw inaccessible(`${forbidden} (This request is not authorized to perform this operation.).`);
  if (mayWriteBlobs(world, writer.objectId, `${account.id}/blobServices/default/containers${pathname}`)) return;
  throw inaccessible(`${forbidden} (This request is not authorized to perform this operation using this permission.).`);
};

/** The error of a failed deployment as Azure Resource Manager shows it. */
export const asArmError = (error: unknown): unknown =>
  error instanceof DeploymentFailed ? new AzureError(400, 'BadRequest', error.message) : error;

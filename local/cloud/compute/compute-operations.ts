import { AzureError } from '../arm/error.ts';
import type { Answer, Call, World } from '../service.ts';

export const PROVIDER = 'Microsoft.Compute';

type Work = {
  /** Disks and encryption sets have operations of their own. */
  resource: 'operations' | 'diskOperations';
  /** Virtual seconds; Azure promises nothing. */
  seconds: number;
  run(): Promise<unknown>;
};

/** A resource shows that an operation of Azure is running on it, but not the outcome for its key. */
export const provisioningState = ({ operations }: World, id: string): 'Updating' | 'Succeeded' =>
  operations.running(id) ? 'Updating' : 'Succeeded';

/** Begins an operation and answers 202 with the URLs to poll; one operation at a time on a resource. */
export const accepted = (
  world: World,
  call: Call,
  { id, location }: { id: string; location: string },
  { resource, seconds, run }: Work,
): Answer => {
  if (world.operations.running(id))
    throw new AzureError(
      409,
      'OperationNotAllowed',
      `Operation on '${id}' is not allowed since another operation on it is in progress.`,
    );
  const { headers } = world.operations.start({
    provider: PROVIDER,
    location: location.toLowerCase().replaceAll(' ', ''),
    monitor: resource,
    seconds,
    target: id,
    apiVersion: call.apiVersion,
    run,
  });
  return { status: 202, headers };
};

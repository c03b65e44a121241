import { AzureError } from '../arm/error.ts';
import type { World } from '../service.ts';
import type { Server } from './server.ts';

/** A write is refused while another operation on the server is in progress. */
export const refuseWhileBusy = (world: World, server: Server): void => {
  if (!world.operations.running(server.id)) return;
  const code = server.generation === 'single' ? 'OperationInProgress' : 'ServerIsBusy';
  throw new AzureError(
    409,
    code,
    `Cannot complete operation because server '${server.name}' is busy processing another operation. Try again later.`,
  );
};

/**
 * "No other actions on the server are permitted until access to the key is restored" (Troubleshoot data encryption in
 * Azure Database for MySQL). The answer is the one that a stopped server gives.
 */
export const refuseUnlessReady = (server: Server, operation: string): void => {
  const { condition } = server.availability;
  if (condition === 'ready') return;
  const state = condition === 'stopped' ? 'Stopped' : 'Inaccessible';
  throw new AzureError(
    409,
    'ServerUnavailableForOperation',
    `Operation '${operation}' cannot be performed as server '${server.name}' is currently in state '${state}'.`,
  );
};

export const refuseWhenStopped = (server: Server, operation: string): void => {
  if (server.availability.condition === 'stopped') refuseUnlessReady(server, operation);
};

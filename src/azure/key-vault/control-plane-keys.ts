import type { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { type Connection, cachedBy } from '../connection/connection.ts';
import type { ReadServed } from '../connection/served-version.ts';
import { openManagementClients } from './management-clients.ts';

/**
 * Reads keys of a subscription's vaults through Resource Manager, with an api-version that Azure serves. Throws Azure's
 * refusals.
 */
export type ControlPlaneKeys = <T>(
  subscriptionId: string,
  read: (keys: KeyVaultManagementClient['keys']) => Promise<T>,
) => Promise<T>;

/** `readServed`: one for the whole process, so that an api-version which Azure refuses is tried only once. */
export const openControlPlaneKeys = (connection: Connection, readServed: ReadServed): ControlPlaneKeys => {
  const clientsBy = cachedBy(async (apiVersion) => openManagementClients(connection, apiVersion));
  return (subscriptionId, read) =>
    readServed(async (apiVersion) => {
      const clients = await clientsBy(apiVersion);
      return read((await clients(subscriptionId)).keys);
    });
};

import type { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { type Connection, cachedBy } from '../connection/connection.ts';
import type { ReadServed } from '../connection/served-version.ts';
import { openManagementClients } from './management-clients.ts';

/** Reads keys of a subscription's vaults through Resource Manager, by the api-version that Azure serves. Throws what it refuses. */
export type ControlPlaneKeys = <T>(
  subscriptionId: string,
  read: (keys: KeyVaultManagementClient['keys']) => Promise<T>,
) => Promise<T>;

/** `readServed`: one for the whole process, so that a version which Azure refuses is asked for once by all. */
export const openControlPlaneKeys = (connection: Connection, readServed: ReadServed): ControlPlaneKeys => {
  const clientsBy = cachedBy(async (apiVersion) => openManagementClients(connection, apiVersion));
  return (subscriptionId, read) =>
    readServed(async (apiVersion) => {
      const clients = await clientsBy(apiVersion);
      return read((await clients(subscriptionId)).keys);
    });
};

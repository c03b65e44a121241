import { z } from 'zod';
import { absent, type Fact, present, type StorageAccount, unknown } from '../facts.ts';
import type { Arm } from './arm.ts';

const account = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({
    allowSharedKeyAccess: z.boolean().nullish(),
    publicNetworkAccess: z.enum(['Enabled', 'Disabled', 'SecuredByPerimeter']).nullish(),
    networkAcls: z
      .object({
        defaultAction: z.enum(['Allow', 'Deny']).optional(),
        virtualNetworkRules: z.array(z.object({ id: z.string() })).nullish(),
      })
      .nullish(),
    privateEndpointConnections: z
      .array(
        z.object({
          properties: z.object({
            privateEndpoint: z.object({ id: z.string() }).nullish(),
            privateLinkServiceConnectionState: z.object({ status: z.string().nullish() }).nullish(),
          }),
        }),
      )
      .nullish(),
  }),
});

const shaped = (json: unknown): Fact<StorageAccount> => {
  const read = account.safeParse(json);
  if (!read.success) return unknown(`its answer is not understood: ${z.prettifyError(read.error)}`);
  const { id, name, properties } = read.data;
  const { allowSharedKeyAccess, publicNetworkAccess, networkAcls, privateEndpointConnections } = properties;
  return present({
    id,
    name,
    // A property that is not set means allowed.
    sharedKeys: allowSharedKeyAccess !== false,
    network: {
      defaultAction: networkAcls?.defaultAction ?? 'Allow',
      publicAccess: publicNetworkAccess ?? 'Enabled',
      subnets: (networkAcls?.virtualNetworkRules ?? []).map((rule) => rule.id),
    },
    privateEndpoints: (privateEndpointConnections ?? []).flatMap(({ properties: connection }) => {
      const isApproved = connection.privateLinkServiceConnectionState?.status === 'Approved';
      return isApproved && connection.privateEndpoint ? [connection.privateEndpoint.id] : [];
    }),
  });
};

/** Accounts by name, since settings do not name the group. An account in another subscription looks as if it did not exist. */
export const readAccounts = async (
  arm: Arm,
  subscriptionId: string,
  names: readonly string[],
): Promise<Readonly<Record<string, Fact<StorageAccount>>>> => {
  const type = 'Microsoft.Storage/storageAccounts';
  const listed = await arm.list(`/subscriptions/${subscriptionId}/providers/${type}`, type);
  const find = (name: string): Fact<StorageAccount> => {
    if (listed.kind !== 'present') return listed.kind === 'unknown' ? listed : absent;
    const found = listed.value.find((one) => String(one['name']).toLowerCase() === name);
    return found ? shaped(found) : absent;
  };
  return Object.fromEntries(names.map((name) => [name, find(name)]));
};

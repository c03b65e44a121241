import { askArm } from './asking.ts';
import type { Deployable } from './deployable.ts';
import { writingAsOwner } from './owner.ts';
import { within } from './stories.ts';

const SERVICES = ['blob', 'queue', 'table'] as const;

/** Makes the zones for private endpoints of storage, linked to the network of the product; returns their ids by service. */
export const makeHub = async (place: Deployable): Promise<Readonly<Record<string, string>>> => {
  const write = await writingAsOwner(place, 'hub');
  const scope = `/subscriptions/${place.subscription}/resourceGroups`;
  const network = `${scope}/guardian/providers/Microsoft.Network/virtualNetworks/vnet-cmk-guardian`;
  await write('PUT', `${scope}/hub`, '2022-09-01', { location: 'koreacentral' });
  const zones = SERVICES.map((service) => {
    const name = `privatelink.${service}.core.windows.net`;
    return [service, `${scope}/hub/providers/Microsoft.Network/privateDnsZones/${name}`] as const;
  });
  for (const [, id] of zones) {
    await write('PUT', id, '2020-06-01', { location: 'global', properties: {} });
    const properties = { registrationEnabled: false, virtualNetwork: { id: network } };
    await write('PUT', `${id}/virtualNetworkLinks/guardian`, '2020-06-01', { location: 'global', properties });
  }
  return Object.fromEntries(zones);
};

/** Closes the storage of the deployed host to all networks; the host starts again by its private endpoints. */
export const runsPrivately = async (place: Deployable): Promise<void> => {
  const { web, storage } = place.cloud.world;
  const [account] = storage.accounts().filter(({ id }) => id.toLowerCase().includes('/resourcegroups/guardian/'));
  if (account?.properties.publicNetworkAccess !== 'Disabled') throw new Error('the storage is not closed');
  await askArm(place, 'POST', 'restart', {});
  await within(place, 5, 'the host runs behind private endpoints', () =>
    web.sites.all().every(({ id }) => web.hosting.host(id) !== undefined),
  );
};

import type { Principal } from '../entra/entra.ts';
import type { World } from '../service.ts';
import type { Site } from './site.ts';

export type StorageConnection = { account: string; principal: Principal };

const HOST = /^https:\/\/([a-z0-9]{3,24})\.(?:blob|queue|table)\.core\.windows\.net\/?$/i;

const SERVICES = ['blob', 'queue', 'table'] as const;

/** The account that the settings name, or give by the URIs of its three services; the host needs each of the three. */
const accountIn = (setting: (name: string) => string | undefined): string | undefined => {
  const name = setting('accountName');
  if (name) return name;
  const accounts = SERVICES.map((service) => HOST.exec(setting(`${service}ServiceUri`) ?? '')?.[1]?.toLowerCase());
  return accounts.every((one) => one === accounts[0]) ? accounts[0] : undefined;
};

/** The identity that the host uses for the account: the named identity, else the site's own. */
const principalOf = ({ entra }: Pick<World, 'entra'>, { id }: Site, clientId: string | undefined) =>
  clientId ? entra.attachedIdentities(id).find(({ appId }) => appId === clientId) : entra.managedIdentity(id);

/**
 * The account in which the host keeps its keys and locks, by the settings `AzureWebJobsStorage__…` of an identity, or a sentence
 * with the reason why there is none (Microsoft Learn: configure Durable Functions with managed identity).
 */
export const storageConnection = (world: Pick<World, 'entra'>, site: Site): StorageConnection | string => {
  const setting = (name: string) => site.settings[`AzureWebJobsStorage__${name}`] || undefined;
  if (site.settings['AzureWebJobsStorage'])
    return 'AzureWebJobsStorage holds a connection string, and the accounts of this cloud take no keys.';
  const account = accountIn(setting);
  if (!account)
    return 'Unable to find connection named AzureWebJobsStorage: neither its account nor all of its service URIs are set.';
  const principal = principalOf(world, site, setting('clientId'));
  return principal
    ? { account, principal }
    : 'ManagedIdentityCredential authentication failed: no identity of this site was found for AzureWebJobsStorage.';
};

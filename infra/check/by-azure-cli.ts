import type { Deployable } from './deployable.ts';
import { productOf } from './mistakes.ts';
import { writingAsOwner } from './owner.ts';
import type { Page } from './page.ts';
import { within } from './stories.ts';

/*
 * The steps of docs/deploy.md with the Azure CLI, each at its time. Without the CLI this does none of them: the page's commands
 * for it are then skipped.
 */

type Manual = { readonly page: Page; readonly place: Deployable };

const groupOf = ({ subscription }: Deployable): string =>
  `/subscriptions/${subscription}/resourceGroups/guardian/providers`;

const mustSay = (words: string, sentence: string, ...parts: readonly string[]): void => {
  const missing = parts.filter((one) => !words.includes(one));
  if (missing.length > 0) throw new Error(`${sentence}: ${missing.join(', ')} is not in\n${words}`);
};

/** The CLI sends the code to the app: the platform does not fetch it. */
export const sendsCode = async ({ page, place }: Manual): Promise<void> => {
  if (!page.hasAzureCli) return;
  await page.follow('3. Apply', /^az functionapp deployment /);
  const { sites, hosting } = place.cloud.world.web;
  await within(place, 20, 'the app has the code that az has sent', () =>
    sites.all().some(({ id }) => hosting.functions(id).length > 0),
  );
};

export const listsFunctions = async ({ page }: Manual): Promise<void> => {
  const words = await page.follow('3. Apply', /^az functionapp function list /);
  if (page.hasAzureCli)
    mustSay(words, 'az lists the functions that events need', 'on-key-vault-event', 'on-resource-event');
};

/** A vault that is closed to all networks. It has access policies, and none of them is for the product. */
const OLD_VAULT = 'kv-old';

const closedVault = ({ cloud, subscription }: Deployable): void =>
  void cloud.world.keyVault.createVault({
    ...{ subscription, group: 'rg-orders', name: OLD_VAULT, location: 'koreacentral', rbac: false },
    networkAcls: { bypass: 'AzureServices', defaultAction: 'Deny', ipRules: [], virtualNetworkRules: [] },
  });

/** The owner of such a vault gives the product access, by a rule for its subnet and by permissions. */
export const opensVault = async ({ page, place }: Manual): Promise<void> => {
  if (!page.hasAzureCli) return;
  closedVault(place);
  const [objectId, network] = [
    productOf(place),
    `${groupOf(place)}/Microsoft.Network/virtualNetworks/vnet-cmk-guardian`,
  ];
  const subnet = `${network}/subnets/app`;
  const blanks = { vault: OLD_VAULT, 'subnet id': subnet, 'principal id': objectId };
  await page.follow('4. See whether it works', /^az keyvault /, { blanks });
  const vault = place.cloud.world.keyVault.vault(OLD_VAULT);
  const letsIn = vault?.networkAcls?.virtualNetworkRules.some(({ id }) => id.toLowerCase() === subnet.toLowerCase());
  const given = vault?.access.at(-1)?.policies.find((one) => one.objectId === objectId)?.permissions.keys ?? [];
  if (!letsIn || [...given].sort().join() !== 'get,list,recover,restore,update')
    throw new Error(`az has not let the product into ${OLD_VAULT}: ${JSON.stringify(vault)}`);
};

/** A person with the right to read them copies evidence and backups. */
export const copiesBlobs = async (page: Page, place: Deployable, account: string): Promise<void> => {
  await page.follow('Back up, restore', /^mkdir /);
  const [scope, principalId] = [`${groupOf(place)}/Microsoft.Storage/storageAccounts/${account}`, place.owner];
  place.cloud.world.rbac.assign({ scope, role: 'Storage Blob Data Contributor', principalId });
  // The person who backs a key up has made it.
  const write = await writingAsOwner(place, 'who-backs-up');
  await write('PUT', `${scope}/blobServices/default/containers/guardian-backups`, '2023-05-01', {});
  await page.follow('Back up, restore', /^az storage blob /, { blanks: { storage: account } });
};

import { PUBLIC_ADDRESS } from '../../local/cloud/network/network.ts';
import { askApp, askArm } from './asking.ts';
import { copiesBlobs } from './by-azure-cli.ts';
import type { Deployable } from './deployable.ts';
import { writingAsOwner } from './owner.ts';
import type { Page } from './page.ts';
import { type Guarded, within } from './stories.ts';
import { copyTables, dropTables, restoreTables } from './tables.ts';

const VERSION = '2023-05-01';

/** Opens the closed account for a person's machine and assigns the role that copying needs; returns the account's name. */
const letIn = async (place: Deployable): Promise<string> => {
  const { storage, rbac } = place.cloud.world;
  const account = storage.accounts().find(({ id }) => id.toLowerCase().includes('/resourcegroups/guardian/'));
  if (!account) throw new Error('the product has no storage account');
  const write = await writingAsOwner(place, 'keeper');
  const { networkAcls } = account.properties;
  const ipRules = [{ value: PUBLIC_ADDRESS, action: 'Allow' }];
  await write('PATCH', account.id, VERSION, { properties: { networkAcls: { ...networkAcls, ipRules } } });
  const { objectId: principalId } = place.engineer;
  rbac.assign({ scope: account.id, role: 'Storage Table Data Contributor', principalId, principalType: 'User' });
  return account.name;
};

type Ledger = { readonly verification: { readonly kind: string; readonly head?: { readonly hash: string } } };

const headOf = async (place: Deployable, chain: string): Promise<string> => {
  const { verification } = (await askApp(place, `ledger?key=${chain}`)) as Ledger;
  if (verification.kind !== 'intact' || !verification.head)
    throw new Error(`the ledger of ${chain} is not intact: ${JSON.stringify(verification)}`);
  return verification.head.hash;
};

/**
 * The tables of the stopped app are copied, deleted and written again: its ledgers are unchanged, and their anchors confirm it.
 */
export const restored = async (place: Deployable, page: Page, guarded: readonly Guarded[]): Promise<void> => {
  console.log('tables copied, lost and restored');
  const chains = guarded.map(({ vault, key }) => `https://${vault}.vault.azure.net/keys/${key}`);
  const account = await letIn(place);
  await copiesBlobs(page, place, account);
  await askArm(place, 'POST', 'stop', {});
  const copy = await copyTables(place, account);
  const rows = [...copy.values()].flat().length;
  if (rows === 0) throw new Error('there is no row to copy');
  await dropTables(place, account, copy);
  await restoreTables(place, account, copy);
  await askArm(place, 'POST', 'start', {});
  const { hosting, sites } = place.cloud.world.web;
  await within(place, 5, 'the host runs again', () => sites.all().every(({ id }) => hosting.host(id) !== undefined));
  for (const chain of chains) await headOf(place, chain);
  console.log(`  ${rows} rows of ${copy.size} tables`);
};

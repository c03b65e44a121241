import { PUBLIC_ADDRESS } from '../../local/cloud/network/network.ts';
import type { LoggedRequest } from '../../local/cloud/request-log.ts';
import { askApp } from './asking.ts';
import type { Deployable } from './deployable.ts';
import type { Page } from './page.ts';
import { keyOf, MINUTE, within } from './stories.ts';
import { EXAMPLES } from './values.ts';

const HEADING = 'Game day, on a canary';
const [, CANARY] = EXAMPLES;

type Incidents = { readonly value: readonly { readonly openedAt: string }[] };

/** Waits until the product has an incident of the key since an instant. */
const isNoticed = async (place: Deployable, since: number): Promise<void> => {
  const id = `https://${CANARY.vault}.vault.azure.net/keys/${CANARY.key}`;
  for (let passed = 0; passed < 15; passed += 1) {
    const { value } = (await askApp(place, `incidents?key=${id}`)) as Incidents;
    if (value.some(({ openedAt }) => Date.parse(openedAt) >= since)) return;
    await place.clock.advance(MINUTE);
  }
  throw new Error(`nobody has noticed what happened to ${id}`);
};

/** The player first opens the firewall for their own machine: the example keeps every network out. */
const letIn = async (page: Page, place: Deployable): Promise<void> => {
  const { rbac } = place.cloud.world;
  const scope = `/subscriptions/${place.subscription}/resourceGroups/${CANARY.group}`;
  rbac.assign({ scope, role: 'Key Vault Crypto Officer', principalId: place.owner });
  await page.follow(HEADING, /^az (?:keyvault network-rule|lock) /, {
    blanks: { vault: CANARY.vault, group: CANARY.group, 'your address': PUBLIC_ADDRESS },
  });
};

/**
 * Throws where the cloud has served no such deletion since then. The product may have recovered the deleted key before the
 * command itself has ended, so the present state proves nothing.
 */
const wasDeleted = ({ cloud }: Deployable, since: number, address: RegExp): void => {
  const isIt = ({ at, method, url, status }: LoggedRequest): boolean =>
    method === 'DELETE' && address.test(url) && status < 300 && Date.parse(at) >= since;
  if (!cloud.requests.list({ mutating: true }).some(isIt)) throw new Error(`az has not deleted ${address.source}`);
};

/** The page's commands take a canary's key away, three times. The product notices it or gives the key back. */
export const gameDay = async (page: Page, place: Deployable): Promise<void> => {
  const { clock, cloud } = place;
  const blanks = { vault: CANARY.vault, key: CANARY.key };
  await letIn(page, place);
  const since = clock.now();
  await page.follow(HEADING, / set-attributes /, { blanks });
  if (keyOf(place, CANARY).versions.at(-1)?.enabled !== false) throw new Error('az has not disabled the key');
  await isNoticed(place, since);
  await place.say('repair/enable-key', blanks);
  await clock.advance(5 * MINUTE);
  const withKey = clock.now();
  await page.follow(HEADING, / key delete /, { blanks });
  wasDeleted(place, withKey, new RegExp(`//${CANARY.vault}\\.vault\\.azure\\.net/keys/${CANARY.key}\\b`));
  await within(place, 20, 'the key is recovered', () => keyOf(place, CANARY).deletedAt === undefined);
  await clock.advance(5 * MINUTE);
  const withVault = clock.now();
  await page.follow(HEADING, /^az keyvault delete /, { blanks });
  wasDeleted(place, withVault, new RegExp(`/vaults/${CANARY.vault}\\?`));
  const { keyVault } = cloud.world;
  await within(place, 30, 'the vault is recovered', () => keyVault.deletedVault(CANARY.vault) === undefined);
  await clock.advance(20 * MINUTE);
};

import path from 'node:path';
import { alertAlone } from './alert-alone.ts';
import { findAzureCli, signIn } from './azure-cli.ts';
import { guardsBelow, LANDING_SCOPE, openLanding } from './below-management-group.ts';
import { listsFunctions, opensVault, sendsCode } from './by-azure-cli.ts';
import { tellsCoverage } from './coverage.ts';
import { bootDeployable, type Deployable } from './deployable.ts';
import { type Deploying, deploying, type Values } from './deploying.ts';
import { findsInCodelessApp, findsMistakes, findsWhatIsToCome } from './examined.ts';
import { gameDay } from './game-day.ts';
import { BILLS, BILLS_GROUP, guardsBoth, OTHER, openOther, registerOther } from './other-subscription.ts';
import { anchorsAreKept, readAnchors, vaultIsKept } from './outlasting.ts';
import { openPage, type Page } from './page.ts';
import type { Blanks } from './page-commands.ts';
import { openPlain, plainAz } from './plain-az.ts';
import { posturePasses } from './posture.ts';
import { makeHub, runsPrivately } from './private.ts';
import { register } from './registered.ts';
import type { Released } from './released.ts';
import { restored } from './restored.ts';
import { expiredKey } from './stories.ts';
import { timed } from './timed.ts';
import type { Workshop } from './tofu.ts';
import { releaseNewer, upgradedMeanwhile } from './upgraded.ts';
import { APP, blanksFor, EXAMPLES, ofEach, URL_OF_APP, valuesFor } from './values.ts';

const until = async ({ clock }: Deployable, sentence: string, holds: () => Promise<boolean>): Promise<void> => {
  for (let passed = 0; passed < 30; passed += 1) {
    if (await holds()) return;
    await clock.advance(60_000);
  }
  throw new Error(`${sentence}: not within half an hour`);
};

type State = { readonly web: { readonly sites: readonly { readonly functions: readonly string[] }[] } };

const indexed = async ({ cloud }: Deployable): Promise<boolean> => {
  const state = (await (await fetch(`${cloud.control}/state`)).json()) as State;
  return state.web.sites.some(({ functions }) => functions.includes('on-resource-event'));
};

type Ground = Deploying & {
  readonly elsewhere: Deploying;
  readonly place: Deployable;
  readonly values: ReturnType<typeof valuesFor>;
  readonly page: Page;
};

const TOO_EARLY = `Events come after the code: the app ${APP} does not list the functions on-key-vault-event and on-resource-event yet`;

/**
 * Deploys anchors and the product: first with events before there is code, which the apply refuses, and the plan once the app is
 * there.
 */
const begin = async ({ place, values, page, apply, type, refused }: Ground): Promise<void> => {
  const early = { ...values.product, package_url: '', events_enabled: true };
  await apply('anchors', {});
  // AzAPI waits 15 real seconds for each provider that it registers: the first one has shown that this works.
  place.cloud.world.switches.registrationSeconds = 0;
  await refused('product', early, TOO_EARLY);
  await findsInCodelessApp(place);
  await refused('product', early, TOO_EARLY);
  await sendsCode({ page, place });
  type('product', values.product);
  await page.follow('3. Apply', / (?:init|apply -var location=)/);
  await until(place, 'the app lists its functions', () => indexed(place));
  await listsFunctions({ page, place });
  await findsWhatIsToCome(place);
};

/**
 * The examples with all their options, which a second plan leaves as they are; the time of a restored copy must be one at which
 * its source existed.
 */
const guard = async ({ place, values, page, apply, elsewhere, type, unchanged }: Ground): Promise<void> => {
  await Promise.all([
    ofEach(({ root, demand }) => apply(root, { ...values.example, ...demand })),
    elsewhere.apply(BILLS.root, { ...values.example, ...BILLS.demand }),
  ]);
  const [{ root, demand }] = EXAMPLES;
  const restore_to = new Date(place.clock.now()).toISOString();
  await place.clock.advance(60_000);
  const copied = { ...values.example, ...demand, restore_to };
  type('product', values.whole);
  await Promise.all([page.follow('3. Apply', / -var events_enabled=true /), apply(root, copied)]);
  await page.follow('4. See whether it works', /doctor/);
  await Promise.all([unchanged('product', values.whole), unchanged(root, copied)]);
};

/** The page's own command adds the other subscription to the product. Returns all its values after that. */
const lookAfterBoth = async ({ place, values, page, type, moves }: Ground, before: Values): Promise<Values> => {
  const both = { ...before, consumer_groups: [...values.whole.consumer_groups, BILLS_GROUP] };
  type('product', both);
  await page.follow('More subscriptions', / -target=module.app /);
  await until(place, 'the app lists its functions again', () => indexed(place));
  await page.follow('More subscriptions', / apply -var 'scopes=/);
  const last = { ...both, scopes: [...values.product.scopes, `/subscriptions/${OTHER}`] };
  // A state of an earlier version has this group at another address. The plan must only move it, and change nothing else.
  const [earlier, now] = [`module.events[0].azapi_resource.group["${OTHER}"]`, `azapi_resource.elsewhere["${OTHER}"]`];
  await moves('product', last, earlier, now);
  return last;
};

/** Adds the other subscription by its management group, with the page's own commands. Returns all values after that. */
const lookBelow = async ({ place, values, page, type }: Ground, before: Values): Promise<Values> => {
  type('product', before);
  await page.follow('Management groups', / -target=module.app /);
  await until(place, 'the app lists its functions again', () => indexed(place));
  await page.follow('Management groups', / apply -var 'scopes=/);
  await guardsBelow(place);
  const scopes = [...values.product.scopes, LANDING_SCOPE];
  return { ...before, scopes, key_subscriptions: [`/subscriptions/${OTHER}`] };
};

/** Checks while nothing is broken. */
const look = async ({ place, page }: Ground): Promise<void> => {
  await posturePasses(place);
  await tellsCoverage(page, place);
  await opensVault({ page, place });
  await findsMistakes(place);
};

const healExpired = async ({ place, values, unchanged }: Ground): Promise<void> => {
  const [, disks] = EXAMPLES;
  for (const guarded of EXAMPLES) await expiredKey(place, guarded);
  // A plan must not undo a repair.
  await unchanged(disks.root, { ...values.example, ...disks.demand });
};

/** The event subscription of a deleted vault was deleted with it: the next apply makes it again. */
const playGame = async ({ place, page, values, apply }: Ground): Promise<void> => {
  if (!page.hasAzureCli) return;
  await gameDay(page, place);
  await apply('product', values.whole);
};

const upgrade = async ({ place, values, apply }: Ground, released: Released): Promise<Values> => {
  const [, disks] = EXAMPLES;
  const newer = { ...values.whole, package_url: await releaseNewer(place, released) };
  await upgradedMeanwhile(place, disks, () => apply('product', newer));
  return newer;
};

/** Closes the storage behind private endpoints, and adds a second subscription. Returns all values of the product after that. */
const closeAndWiden = async (ground: Ground, newer: Values): Promise<Values> => {
  const { place } = ground;
  const [orders] = EXAMPLES;
  const last = await lookAfterBoth(ground, { ...newer, private_zone_ids: await makeHub(place) });
  await runsPrivately(place);
  await expiredKey(place, orders);
  return last;
};

/** The life of a deployment, in this order. */
const live = async (ground: Ground, released: Released): Promise<Values> => {
  const { place, page } = ground;
  const [orders] = EXAMPLES;
  await timed('looked at', () => look(ground));
  await timed('expired keys', () => healExpired(ground));
  await timed('the alert alone', () => alertAlone(place, orders));
  await timed('game day', () => playGame(ground));
  const newer = await timed('upgrade', () => upgrade(ground, released));
  await timed('restored', () => restored(place, page, EXAMPLES));
  const last = await timed('private, and a second subscription', () => closeAndWiden(ground, newer));
  await timed('the second subscription heals', () => guardsBoth(place));
  return timed('below a management group', () => lookBelow(ground, last));
};

/** Destroys everything, and checks the parts that must outlast that. */
const takeAway = async ({ place, page, values, elsewhere, destroy, type }: Ground, last: Values): Promise<void> => {
  const anchors = await readAnchors(place);
  await Promise.all([
    ofEach(({ root, demand }) => destroy(root, { ...values.example, ...demand })),
    elsewhere.destroy(BILLS.root, { ...values.example, ...BILLS.demand }),
  ]);
  type('product', last);
  await page.follow('Remove', / destroy/);
  // The anchors outlast every destroy: their root refuses it.
  await destroy('anchors', {}, [1]);
  for (const guarded of EXAMPLES) vaultIsKept(place, guarded);
  await anchorsAreKept(place, anchors);
};

/** The page opened in the unpacked release, by a signed-in person. */
const openUnpacked = async (workshop: Workshop, place: Deployable, released: Released, blanks: Blanks) => {
  const azureCli = findAzureCli(path.join(released.folder, 'azure-cli'));
  if (azureCli) await signIn(azureCli, place);
  else
    console.log('skipped: commands that begin with az, as the Azure CLI is not installed (-- --azure-cli installs it)');
  const opened = openPage({ workshop, place, blanks, azureCli, folder: released.unpacked });
  await opened.follow('1. Take a release, and verify it', /^(?:sha256sum|unzip) /, { folder: released.folder });
  return { page: opened, unpacked: workshop.at(path.join(released.unpacked, 'infra')) };
};

/** Deploys product, anchors and examples into an empty local cloud, lets the product heal there, and destroys the deployment. */
const deployAndHeal = async (workshop: Workshop, place: Deployable, released: Released): Promise<void> => {
  const { url } = await place.say<{ url: string }>('repair/release', { file: released.file });
  const registered = await register(place, URL_OF_APP);
  const values = valuesFor(place.subscription, url, registered);
  const blanks = blanksFor(place, registered, { host: new URL(url).host, version: released.version });
  openOther(place);
  openLanding(place);
  openPlain(place);
  const { page, unpacked } = await openUnpacked(workshop, place, released, blanks);
  await registerOther(place, page);
  const elsewhere = deploying(unpacked, place, OTHER);
  const ground = { ...deploying(unpacked, place), elsewhere, place, values, page };
  await page.follow('2. Make the app registration', /entra|^az account set /);
  await timed('anchors and product', () => begin(ground));
  await timed('examples and events', () => guard(ground));
  const last = await live(ground, released);
  await timed('taken away', () => takeAway(ground, last));
  await timed('with plain az', () => plainAz(page, place));
  page.ended();
};

/** The same in a cloud of its own. After a failure its last log lines are printed. */
export const checkDeployed = async (workshop: Workshop, released: Released): Promise<void> => {
  const lines: string[] = [];
  const place = await bootDeployable((line) => lines.push(line));
  try {
    await deployAndHeal(workshop, place, released);
  } catch (error) {
    console.log(lines.slice(-30).join('\n'));
    throw error;
  } finally {
    await place.close();
  }
};

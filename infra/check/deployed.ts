import type { PackageFiles } from '../../release/package-files.ts';
import { alertAlone } from './alert-alone.ts';
import { bootDeployable, type Deployable } from './deployable.ts';
import { type Deploying, deploying, type Values } from './deploying.ts';
import { findsInCodelessApp, findsMistakes, findsWhatIsToCome } from './examined.ts';
import { BILLS, BILLS_GROUP, guardsBoth, OTHER, openOther } from './other-subscription.ts';
import { anchorsAreKept, readAnchors, vaultIsKept } from './outlasting.ts';
import { openPage, type Page } from './page.ts';
import { posturePasses } from './posture.ts';
import { makeHub, runsPrivately } from './private.ts';
import { register } from './registered.ts';
import { restored } from './restored.ts';
import { expiredKey } from './stories.ts';
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

/** A package, the folder where it is put for the public host of releases, and what it is made of. */
export type Released = {
  readonly file: string;
  readonly folder: string;
  readonly files: PackageFiles;
  readonly version: string;
};

type Ground = Deploying & {
  readonly elsewhere: Deploying;
  readonly place: Deployable;
  readonly values: ReturnType<typeof valuesFor>;
  readonly page: Page;
};

const TOO_EARLY = `Events come after the code: the app ${APP} does not list the functions on-key-vault-event and on-resource-event yet`;

/** Anchors and the product: first with events before there is code, which is refused at the apply, and by the plan once the app is there. */
const begin = async ({ place, values, page, apply, type, refused }: Ground): Promise<void> => {
  const early = { ...values.product, package_url: '', events_enabled: true };
  await apply('anchors', {});
  await refused('product', early, TOO_EARLY);
  await findsInCodelessApp(place);
  await refused('product', early, TOO_EARLY);
  type('product', values.product);
  await page.follow('3. Apply', / (?:init|apply -var location=)/);
  await until(place, 'the app lists its functions', () => indexed(place));
  await findsWhatIsToCome(place);
};

/** The examples with all that they can have, which a second plan leaves as it is; a restored copy is of a time when its source was there. */
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

/** The product is told of the other subscription by the page's own command. Returns all values that it has then. */
const lookAfterBoth = async ({ place, values, page, type, unchanged }: Ground, before: Values): Promise<Values> => {
  const both = { ...before, consumer_groups: [...values.whole.consumer_groups, BILLS_GROUP] };
  type('product', both);
  await page.follow('More subscriptions', / -target=module.app /);
  await until(place, 'the app lists its functions again', () => indexed(place));
  await page.follow('More subscriptions', / apply -var 'scopes=/);
  const last = { ...both, scopes: [...values.product.scopes, `/subscriptions/${OTHER}`] };
  await unchanged('product', last);
  return last;
};

/** What happens to it, in this order. */
const live = async (ground: Ground, released: Released): Promise<Values> => {
  const { place, values, apply, unchanged } = ground;
  const [orders, disks] = EXAMPLES;
  await posturePasses(place);
  await findsMistakes(place);
  for (const guarded of EXAMPLES) await expiredKey(place, guarded);
  // What was healed no plan takes back.
  await unchanged(disks.root, { ...values.example, ...disks.demand });
  await alertAlone(place, orders);
  const package_url = await releaseNewer(place, released);
  const newer = { ...values.whole, package_url };
  await upgradedMeanwhile(place, disks, () => apply('product', newer));
  await restored(place, EXAMPLES);
  const closed = { ...newer, private_zone_ids: await makeHub(place) };
  const last = await lookAfterBoth(ground, closed);
  await runsPrivately(place);
  await expiredKey(place, orders);
  await guardsBoth(place);
  return last;
};

/** Deploys product, anchors and examples into an empty local cloud, has the product heal there, and takes it away again. */
const deployAndHeal = async (workshop: Workshop, place: Deployable, released: Released): Promise<void> => {
  const { url } = await place.say<{ url: string }>('repair/release', { file: released.file });
  const registered = await register(place, URL_OF_APP);
  const values = valuesFor(place.subscription, url, registered);
  const page = openPage(workshop, place, blanksFor(place, registered, new URL(url).host));
  await openOther(place);
  const elsewhere = deploying(workshop, place, OTHER);
  const ground = { ...deploying(workshop, place), elsewhere, place, values, page };
  const { destroy, type } = ground;
  await page.follow('2. Make the app registration', /entra/);
  await begin(ground);
  await guard(ground);
  const last = await live(ground, released);
  const anchors = await readAnchors(place);
  await Promise.all([
    ofEach(({ root, demand }) => destroy(root, { ...values.example, ...demand })),
    elsewhere.destroy(BILLS.root, { ...values.example, ...BILLS.demand }),
  ]);
  type('product', last);
  await page.follow('Remove', / destroy/);
  // Whatever is destroyed, the anchors stay: their root refuses.
  await destroy('anchors', {}, [1]);
  for (const guarded of EXAMPLES) vaultIsKept(place, guarded);
  await anchorsAreKept(place, anchors);
};

/** The same in a cloud of its own, of which the last lines are told where something fails. */
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

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { bootDeployable, type Deployable } from './deployable.ts';
import { findsMistakes, findsWhatIsToCome } from './examined.ts';
import { anchorsAreKept, readAnchors, vaultIsKept } from './outlasting.ts';
import { type Registered, register } from './registered.ts';
import { ROOTS } from './roots.ts';
import { alertedKey, expiredKey } from './stories.ts';
import type { Workshop } from './tofu.ts';

type Values = Readonly<Record<string, unknown>>;

const APPLY = ['apply', '-no-color', '-input=false', '-auto-approve', '-concise'];

/** A root with its values, in a workshop and a cloud. */
const deploying = (workshop: Workshop, place: Deployable) => {
  const tofu = async (root: string, args: readonly string[], values: Values, codes: readonly number[] = [0]) => {
    const file = `${root.replaceAll('/', '-')}.deployed.tfvars.json`;
    writeFileSync(path.join(workshop.folder, root, file), JSON.stringify({ ...ROOTS[root], ...values }));
    const { environment } = place;
    return place.whilePassing(() => workshop.run(root, [...args, `-var-file=${file}`], { environment, codes }));
  };
  return {
    apply: (root: string, values: Values) => tofu(root, APPLY, values),
    /** Rejects where a plan would change anything. */
    unchanged: (root: string, values: Values) =>
      tofu(root, ['plan', '-no-color', '-input=false', '-detailed-exitcode', '-concise'], values),
    destroy: (root: string, values: Values, codes?: readonly number[]) =>
      tofu(root, ['destroy', '-no-color', '-input=false', '-auto-approve', '-concise'], values, codes),
  };
};

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

const APP = 'cmk-guardian-contoso';
const URL_OF_APP = `https://${APP}.azurewebsites.net`;

const EXAMPLES = [
  { root: 'examples/mysql-flexible', group: 'rg-orders', vault: 'kv-orders', key: 'cmk' },
  { root: 'examples/disk-encryption-set', group: 'rg-disks', vault: 'kv-disks', key: 'cmk' },
] as const;

/** The examples know nothing of each other: what is done to one is done to all at once. */
const ofEach = (work: (example: (typeof EXAMPLES)[number]) => Promise<unknown>) => Promise.all(EXAMPLES.map(work));

const valuesFor = (subscription: string, packageUrl: string, registered: Registered) => {
  const scope = `/subscriptions/${subscription}`;
  const guardian = `${scope}/resourceGroups/guardian/providers`;
  const guarded = EXAMPLES.map(({ group }) => `${scope}/resourceGroups/${group}`);
  const anchors = `${scope}/resourceGroups/guardian-anchors/providers/Microsoft.Storage/storageAccounts`;
  const product = {
    ...registered,
    app_name: APP,
    scopes: [scope],
    mode: 'auto',
    package_url: packageUrl,
    emails: ['on-call@contoso.com'],
    anchors_account_id: `${anchors}/${ROOTS['anchors']?.['account_name']}`,
  };
  return {
    product,
    whole: {
      ...product,
      events_enabled: true,
      consumer_groups: guarded,
      vaults: EXAMPLES.map(({ vault }, n) => `${guarded[n]}/providers/Microsoft.KeyVault/vaults/${vault}`),
    },
    example: {
      workspace_id: `${guardian}/Microsoft.OperationalInsights/workspaces/log-cmk-guardian`,
      product_subnet_id: `${guardian}/Microsoft.Network/virtualNetworks/vnet-cmk-guardian/subnets/app`,
    },
  };
};

/** Deploys product, anchors and examples into an empty local cloud, has the product heal there, and takes it away again. */
const deployAndHeal = async (workshop: Workshop, place: Deployable, packageFile: string): Promise<void> => {
  const { url } = await place.say<{ url: string }>('repair/release', { file: packageFile });
  const registered = await register(place, URL_OF_APP);
  const { product, whole, example } = valuesFor(place.subscription, url, registered);
  const { apply, unchanged, destroy } = deploying(workshop, place);
  await apply('anchors', {});
  await apply('product', product);
  await until(place, 'the app lists its functions', () => indexed(place));
  await findsWhatIsToCome(place);
  await ofEach(({ root }) => apply(root, example));
  await apply('product', whole);
  await unchanged('product', whole);
  await findsMistakes(place);
  for (const guarded of EXAMPLES) await expiredKey(place, guarded);
  // What was healed no plan takes back.
  await ofEach(({ root }) => unchanged(root, example));
  await alertedKey(place, EXAMPLES[0], URL_OF_APP);
  const anchors = await readAnchors(place);
  await ofEach(({ root }) => destroy(root, example));
  await destroy('product', whole);
  // Whatever is destroyed, the anchors stay: their root refuses.
  await destroy('anchors', {}, [1]);
  for (const guarded of EXAMPLES) vaultIsKept(place, guarded);
  await anchorsAreKept(place, anchors);
};

/** The same in a cloud of its own, of which the last lines are told where something fails. */
export const checkDeployed = async (workshop: Workshop, packageFile: string): Promise<void> => {
  const lines: string[] = [];
  const place = await bootDeployable((line) => lines.push(line));
  try {
    await deployAndHeal(workshop, place, packageFile);
  } catch (error) {
    console.log(lines.slice(-30).join('\n'));
    throw error;
  } finally {
    await place.close();
  }
};

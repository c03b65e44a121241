import { bootDeployable, type Deployable } from './deployable.ts';
import { deploying } from './deploying.ts';
import { findsMistakes, findsWhatIsToCome } from './examined.ts';
import { anchorsAreKept, readAnchors, vaultIsKept } from './outlasting.ts';
import { register } from './registered.ts';
import { alertedKey, expiredKey } from './stories.ts';
import type { Workshop } from './tofu.ts';
import { EXAMPLES, ofEach, URL_OF_APP, valuesFor } from './values.ts';

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

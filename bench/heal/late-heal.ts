import { assumedOf, readPrices } from '../bill/prices.ts';
import { type Measured, withGoal } from '../figure.ts';
import { spreadOf } from '../spread.ts';
import { durableSteps } from './history.ts';
import { AT_ONCE, asAssumed, type LateScene, openLateScene } from './late-scene.ts';
import type { Run } from './scene.ts';
import { type Wait, waitedMs } from './waits.ts';

/** One heal by the script and one by the product, both with an Azure that is late. */
export type LateRound = {
  readonly script: Run;
  readonly product: Run;
  /** The product's waits for its storage: one for each call. */
  readonly storageWaits: readonly Wait[];
  /** Calls of activities, each an execution of Durable Functions. */
  readonly activities: number;
};

const MINUTE = 60_000;

const healed = async (scene: LateScene, heal: () => Promise<Run>): Promise<Run> => {
  await scene.breakServer();
  scene.be(asAssumed());
  const run = await heal();
  scene.be(AT_ONCE);
  return run;
};

const playRound = async (scene: LateScene): Promise<LateRound> => {
  const { reconcile, rig, runScript } = scene;
  // A product that sweeps has always looked within the last ten minutes.
  await reconcile();
  const script = await healed(scene, runScript);
  await rig.clock.advance(MINUTE);
  scene.storageWaits();
  const product = await healed(scene, reconcile);
  const storageWaits = scene.storageWaits();
  const steps = await durableSteps(rig, product.startedAt);
  await rig.clock.advance(MINUTE);
  return { script, product, storageWaits, activities: steps.filter((step) => !step.endsWith('/timer')).length };
};

/**
 * What the local host leaves out: it keeps the history of Durable Functions itself. Reckoned, and as if each of its calls waited for the one
 * before: less in truth.
 */
const durableMs = (activities: number): number => {
  const prices = readPrices();
  const calls = assumedOf(prices, 'queueCallsAnExecution') + assumedOf(prices, 'historyCallsAnExecution');
  return activities * calls * assumedOf(prices, 'storageMilliseconds');
};

type Parts = { readonly azure: number; readonly storage: number; readonly work: number };

/** What the product's heal is made of: waits for Azure, waits for storage alone, and the rest. */
const partsOf = ({ product, storageWaits }: LateRound): Parts => {
  const azureWaits = product.requests.flatMap(({ kept }) => kept ?? []);
  const azure = waitedMs(azureWaits);
  const all = waitedMs([...azureWaits, ...storageWaits]);
  return { azure, storage: all - azure, work: product.ms - all };
};

const ratioOf = ({ product, script }: LateRound): number => product.ms / script.ms;

/** The figure, and what the product's time is made of. */
export const lateFigure = (rounds: readonly LateRound[], goal: number): Measured => {
  const medianOf = (of: (round: LateRound) => number): number => spreadOf(rounds.map(of)).median;
  const ms = (of: (round: LateRound) => number): string => `${medianOf(of).toFixed(0)} ms`;
  const { lower, median, upper } = spreadOf(rounds.map(ratioOf));
  const [activities, calls] = [medianOf((one) => one.activities), medianOf((one) => one.storageWaits.length)];
  const history = durableMs(activities);
  const withHistory = medianOf(({ product, script }) => (product.ms + history) / script.ms).toFixed(2);
  const waits = (of: (round: LateRound) => Run): string =>
    `${(medianOf((one) => of(one).virtualMs) / 1_000).toFixed(0)} s`;
  return {
    figure: withGoal('healLateAzure', median, 'x script', goal),
    remark: [
      `${ms(({ product }) => product.ms)} to ${ms(({ script }) => script.ms)}, on the wall's clock; quartiles ${lower.toFixed(2)} to ${upper.toFixed(2)}, ${rounds.length} pairs`,
      `of the product's: ${ms((one) => partsOf(one).azure)} waiting for Azure, ${ms((one) => partsOf(one).storage)} for storage (${calls} calls), ${ms((one) => partsOf(one).work)} work of all processes of this machine`,
      `not in it: what Azure has both wait by Retry-After, ${waits(({ product }) => product)} of the product's heal and ${waits(({ script }) => script)} of the script's, which take no time here`,
      `nor the storage of Durable Functions, which the local host keeps itself: with ${(history / 1_000).toFixed(1)} s for ${activities} activities, reckoned as if each call waited for the one before, it is ${withHistory} at most`,
    ].join('; '),
  };
};

/**
 * Heals by the product and by the script with an Azure that answers as late as bench/prices.json assumes, on the wall's clock. The first
 * round warms all up. The script keeps no record, and so has no storage to wait for.
 */
export const measureLateHeal = async (
  pairs: number,
  goal: number,
): Promise<{ readonly late: Measured; readonly storageCalls: number }> => {
  const scene = await openLateScene();
  try {
    await playRound(scene);
    const rounds: LateRound[] = [];
    while (rounds.length < pairs) rounds.push(await playRound(scene));
    return { late: lateFigure(rounds, goal), storageCalls: rounds.at(-1)?.storageWaits.length ?? Number.NaN };
  } finally {
    await scene.close();
  }
};

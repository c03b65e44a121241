import { assumedOf, readPrices } from '../bill/prices.ts';
import { type Measured, withGoal } from '../figure.ts';
import { spreadOf } from '../spread.ts';
import { durableSteps } from './history.ts';
import { AT_ONCE, asAssumed, type Lateness, type LateScene, openLateScene } from './late-scene.ts';
import type { Run } from './scene.ts';

/** One heal by the script and three by the product, of which each waits for more: for nothing, for Azure, for storage too. */
export type LateRound = {
  readonly script: Run;
  readonly atOnce: Run;
  readonly azureLate: Run;
  readonly late: Run;
  readonly storageCalls: number;
  /** Calls of activities, each an execution of Durable Functions. */
  readonly activities: number;
};

const MINUTE = 60_000;

const healed = async (scene: LateScene, late: Lateness, heal: () => Promise<Run>): Promise<Run> => {
  await scene.breakServer();
  scene.be(late);
  const run = await heal();
  scene.be(AT_ONCE);
  await scene.rig.clock.advance(MINUTE);
  return run;
};

const playRound = async (scene: LateScene): Promise<LateRound> => {
  const { reconcile, rig, runScript, traffic } = scene;
  const assumed = asAssumed();
  // A product that sweeps has always looked within the last ten minutes.
  await reconcile();
  const script = await healed(scene, assumed, runScript);
  const atOnce = await healed(scene, AT_ONCE, reconcile);
  const azureLate = await healed(scene, { ...assumed, storageMs: 0 }, reconcile);
  const before = traffic.requests;
  let storageCalls = 0;
  const late = await healed(scene, assumed, async () => {
    const run = await reconcile();
    storageCalls = traffic.requests - before;
    return run;
  });
  const steps = await durableSteps(rig, late.startedAt);
  const activities = steps.filter((step) => !step.endsWith('/timer')).length;
  return { script, atOnce, azureLate, late, storageCalls, activities };
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

/** The figure, and what the product's part of it is made of: each part is what it took longer once that was late too. */
export const lateFigure = (rounds: readonly LateRound[], goal: number): Measured => {
  const medianOf = (of: (round: LateRound) => number): number => spreadOf(rounds.map(of)).median;
  const ms = (of: (round: LateRound) => number): string => `${medianOf(of).toFixed(0)} ms`;
  const { lower, median, upper } = spreadOf(rounds.map(({ late, script }) => late.ms / script.ms));
  const [activities, storageCalls] = [medianOf((one) => one.activities), medianOf((one) => one.storageCalls)];
  const history = durableMs(activities);
  const withHistory = medianOf(({ late, script }) => (late.ms + history) / script.ms).toFixed(2);
  const waits = (of: (round: LateRound) => Run): string =>
    `${(medianOf((one) => of(one).virtualMs) / 1_000).toFixed(0)} s`;
  return {
    figure: withGoal('healLateAzure', median, 'x script', goal),
    remark: [
      `${ms(({ late }) => late.ms)} to ${ms(({ script }) => script.ms)}, on the wall's clock; quartiles ${lower.toFixed(2)} to ${upper.toFixed(2)}, ${rounds.length} pairs`,
      `of the product's: ${ms(({ azureLate, atOnce }) => azureLate.ms - atOnce.ms)} waiting for Azure, ${ms(({ late, azureLate }) => late.ms - azureLate.ms)} for storage (${storageCalls} calls), ${ms(({ atOnce }) => atOnce.ms)} work of all processes of this machine`,
      `not in it: what Azure has both wait by Retry-After, ${waits(({ late }) => late)} of the product's heal and ${waits(({ script }) => script)} of the script's, which take no time here`,
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
    return { late: lateFigure(rounds, goal), storageCalls: rounds.at(-1)?.storageCalls ?? Number.NaN };
  } finally {
    await scene.close();
  }
};

import type { LoggedRequest } from '../../local/cloud/request-log.ts';
import { type Measured, withGoal, withoutGoal } from '../figure.ts';
import { spreadOf } from '../spread.ts';
import { byWrites, type Difference, difference, repeated } from './difference.ts';
import { durableSteps } from './history.ts';
import { measureLateHeal } from './late-heal.ts';
import { processorOfAll } from './processor-by-process.ts';
import { openScene, type Run, type Scene } from './scene.ts';
import { type NeededCall, SMALLEST_HEAL, SMALLEST_HISTORY, SMALLEST_LOOK } from './smallest-heal.ts';

/** One heal by the product, one by each script, and a look at the healthy key before. */
type Round = {
  readonly healthy: Run;
  readonly product: Run;
  readonly script: Run;
  /** The script that keeps the product's record. */
  readonly recording: Run;
  readonly steps: readonly string[];
};

const MINUTE = 60_000;
const POLLED = repeated(
  SMALLEST_HEAL.filter(({ polls }) => polls),
  1,
).map(({ route }) => route);

const playRound = async ({ rig, breakServer, reconcile, runScript, runRecording }: Scene): Promise<Round> => {
  await breakServer();
  const script = await runScript();
  await rig.clock.advance(MINUTE);
  await breakServer();
  const recording = await runRecording();
  await rig.clock.advance(MINUTE);
  // A product that sweeps has always looked within the last ten minutes.
  const healthy = await reconcile();
  await breakServer();
  const product = await reconcile();
  const steps = await durableSteps(rig, product.startedAt);
  await rig.clock.advance(MINUTE);
  return { healthy, product, script, recording, steps };
};

const routesOf = ({ requests }: Run): readonly string[] => requests.map(({ route }: LoggedRequest) => route);

/** How often the cloud had the script ask: the same operation takes as many polls, whoever follows it. */
const pollsOf = ({ script }: Round): number => routesOf(script).filter((route) => POLLED.includes(route)).length;

const callsBeside = (run: Run, list: readonly NeededCall[], polls: number): Difference =>
  difference(byWrites(routesOf(run)), byWrites(repeated(list, polls).map(({ route }) => route)));

const stepsBeside = (round: Round): Difference =>
  difference(
    round.steps,
    repeated(SMALLEST_HISTORY, pollsOf(round)).map(({ what }) => what),
  );

const remarkOf = ({ excess, missing }: Difference, of: string): string =>
  [of, ...excess.map((one) => `too many: ${one}`), ...missing.map((one) => `missing: ${one}`)].join('\n');

/** What was done too often, or was on the list and not done: either makes the list or the product wrong. */
const offTheList = (name: string, unit: string, found: Difference, of: string): Measured => ({
  figure: withGoal(name, found.excess.length + found.missing.length, unit, 0),
  remark: remarkOf(found, of),
});

/** Nothing is waited for but by virtual time: what a heal takes is work of the processor, and this is whose. */
const spentBy = (rounds: readonly Round[]): string => {
  const ms = (of: (run: Run) => number): string => spreadOf(rounds.map(({ product }) => of(product))).median.toFixed(0);
  const { worker, host, others, cloud } = {
    worker: ms(({ processor }) => processor.worker),
    host: ms(({ processor }) => processor.host),
    others: ms(({ processor }) => processor.others),
    cloud: ms(({ processor }) => processor.cloud),
  };
  return `of the product's, processor ms: ${worker} the worker, ${others} storage, ${host} the host, ${cloud} the local Azure and the clock`;
};

/** Of the product to a script: in wall time where Azure is late and where it is not, and in processor time with the same record. */
const GOAL = 1.8;

const wallTime = (rounds: readonly Round[]): Measured => {
  const { lower, median, upper } = spreadOf(rounds.map(({ product, script }) => product.ms / script.ms));
  const ms = (of: (round: Round) => number): string => spreadOf(rounds.map(of)).median.toFixed(0);
  const record = `${ms(({ recording }) => recording.ms)} ms by the script that keeps the same record`;
  const sides = `${ms(({ product }) => product.ms)} to ${ms(({ script }) => script.ms)} ms, ${record}`;
  return {
    figure: withGoal('healWallTime', median, 'x script', GOAL),
    remark: `Azure answers at once, so that only work of processors is compared: ${sides}; quartiles ${lower.toFixed(2)} to ${upper.toFixed(2)}, ${rounds.length} pairs; waiting for Retry-After takes no time; ${spentBy(rounds)}`,
  };
};

const processorOf = ({ processor }: Run): number => processorOfAll(processor);

/** On a busy machine each crossing between processes waits for its turn: time of the processor does not know that wait. */
const processorTime = (rounds: readonly Round[], steps: number, storageCalls: number): readonly Measured[] => {
  const medianOf = (of: (round: Round) => number): number => spreadOf(rounds.map(of)).median;
  const script = medianOf((round) => processorOf(round.script));
  const recording = medianOf((round) => processorOf(round.recording));
  const product = medianOf((round) => processorOf(round.product));
  const record = `${(recording - script).toFixed(0)} ms more for decision and record (${storageCalls} calls of storage)`;
  const durable = `${(product - recording).toFixed(0)} ms more for ${steps} durable steps through host and worker`;
  return [
    {
      figure: withoutGoal(
        'healProcessorTime',
        medianOf((round) => processorOf(round.product) / processorOf(round.script)),
        'x script',
      ),
      remark: `all processes together: ${script.toFixed(0)} ms the script; ${record}; ${durable}`,
    },
    {
      figure: withGoal(
        'healAgainstRecord',
        medianOf((round) => processorOf(round.product) / processorOf(round.recording)),
        'x recording script',
        GOAL,
      ),
      remark: `${product.toFixed(0)} to ${recording.toFixed(0)} ms of the processor; the script runs the product's activities in one process, without durable steps`,
    },
  ];
};

const counted = (rounds: readonly Round[], last: Round): readonly Measured[] => {
  const polls = pollsOf(last);
  const calls = SMALLEST_HEAL.length - 1 + polls;
  const look = callsBeside(last.healthy, SMALLEST_LOOK, polls);
  const healthyMs = spreadOf(rounds.map(({ healthy }) => healthy.ms)).median;
  return [
    offTheList(
      'healAzureCalls',
      'calls off the list',
      callsBeside(last.product, SMALLEST_HEAL, polls),
      `${calls} on it`,
    ),
    offTheList('healDurableSteps', 'steps off the list', stepsBeside(last), `${last.steps.length} made`),
    offTheList(
      'lookAzureCalls',
      'calls off the list',
      look,
      `${SMALLEST_LOOK.length} on it, for a key that is healthy`,
    ),
    { figure: withoutGoal('lookWallTime', healthyMs, 'ms'), remark: 'a wake-up of a key that is healthy' },
  ];
};

/** What heals take of an Azure that answers at once. */
const measureAtOnce = async (pairs: number, storageCalls: number): Promise<readonly Measured[]> => {
  const scene = await openScene();
  try {
    await playRound(scene);
    const rounds: Round[] = [];
    while (rounds.length < pairs) rounds.push(await playRound(scene));
    const last = rounds.at(-1);
    if (!last) throw new RangeError('At least one pair must be measured.');
    const wrong = callsBeside(last.script, SMALLEST_HEAL, pollsOf(last));
    if (wrong.excess.length + wrong.missing.length > 0) throw new Error(remarkOf(wrong, 'The script left the list.'));
    return [...counted(rounds, last), wallTime(rounds), ...processorTime(rounds, last.steps.length, storageCalls)];
  } finally {
    await scene.close();
  }
};

/**
 * Heals of one server by the product and by the scripts, in turn. The first round warms all up.
 * @throws Error if the script does not heal by exactly the list: then the list is wrong
 */
export const measureHeal = async (pairs: number): Promise<readonly Measured[]> => {
  const { late, storageCalls } = await measureLateHeal(pairs, GOAL);
  return [late, ...(await measureAtOnce(pairs, storageCalls))];
};

import type { IncomingMessage } from 'node:http';
import { startAzurite } from '../../local/azurite.ts';
import { countStorage } from '../ledger/counted-storage.ts';
import type { Look } from '../scale/measure-looks.ts';
import { runOfSweep } from '../scale/measure-sweep.ts';
import { useOf } from '../scale/quota-use.ts';
import { openScene, type Run, type Scene } from '../scale/scene.ts';
import type { Shape } from '../scale/shape.ts';
import { type Execution, executionIn, executionsOf } from './active-time.ts';
import { averageOf, type Counts, countExecutions, type Watched, without } from './counts.ts';
import { type Detection, detect } from './detection.ts';
import { assumedOf, type Prices } from './prices.ts';
import { type RunsOfLook, runsByLook, SWEEPS_BY_LISTS } from './runs-by-look.ts';

/** Of those that read each version the second is measured: the first one writes what it has just learnt of every key, and those after it do not. */
const SWEEPS = { GUARDIAN_SWEEP_SCHEDULE: `0 ${[0, 5, ...SWEEPS_BY_LISTS].join()} 3 * * *` };

const TIMERS: ReadonlySet<string> = new Set(['sweep', 'probe', 'posture', 'purge']);

const countsOf = (run: Run, executions: readonly Execution[]): Counts => {
  const { keyVaultCalls, armCalls, throttled } = useOf(run.requests, 60);
  const own = executionsOf(run, executions);
  const durable = new Set(own.map(({ name }) => name).filter((name) => !TIMERS.has(name)));
  return {
    keyVaultCalls,
    resourceManagerCalls: armCalls,
    refusedCalls: throttled,
    storageCalls: run.storageCalls,
    ...countExecutions(own, durable, run.processorMs),
    processorMs: Math.round(run.processorMs),
  };
};

/** A minute of the probe, on average. @throws Error where none was measured */
const minuteIn = ({ minutes }: RunsOfLook, executions: readonly Execution[]): Counts => {
  const [first, ...others] = minutes.map((minute) => countsOf(minute, executions));
  if (first === undefined) throw new Error('There was no minute of the probe between two sweeps.');
  return averageOf([first, ...others]);
};

/** The sweep alone: what its minutes took without the probes in them. */
const sweepIn = (
  look: Look,
  runs: RunsOfLook,
  executions: readonly Execution[],
): readonly (readonly [Look, Counts])[] => {
  const { withSweep } = runs;
  if (withSweep === undefined) return [];
  const minutes = Math.round((withSweep.until - withSweep.from) / 60_000);
  return [[look, without(countsOf(withSweep, executions), minutes, minuteIn(runs, executions))]];
};

/** Delays the answers of storage once there is a clock to do so. */
type Waits = { park?: (request: IncomingMessage) => Promise<void> };

/** Azure takes its time from now on: before, an estate is built of which nothing is measured. */
const letTimePass = ({ rig }: Scene, prices: Prices, waits: Waits): void => {
  const storageMs = assumedOf(prices, 'storageMilliseconds');
  waits.park = (request) => rig.clock.park(storageMs, request);
  rig.cloud.world.switches.answerMilliseconds = {
    'vault.azure.net': assumedOf(prices, 'vaultMilliseconds'),
    'management.azure.com': assumedOf(prices, 'resourceManagerMilliseconds'),
  };
};

type Runs = {
  readonly sweep: Run;
  readonly looks: ReadonlyMap<Look, RunsOfLook>;
  readonly detections: ReadonlyMap<Look, Detection>;
};

const detectAll = async (scene: Scene, looks: readonly Look[]): Promise<ReadonlyMap<Look, Detection>> => {
  const detections = new Map<Look, Detection>();
  for (const [which, look] of looks.entries()) detections.set(look, await detect(scene, look, which));
  return detections;
};

const runsOf = async (scene: Scene, prices: Prices, waits: Waits): Promise<Runs> => {
  try {
    letTimePass(scene, prices, waits);
    const sweep = await runOfSweep(scene);
    const looks = await runsByLook(scene);
    return { sweep, looks, detections: await detectAll(scene, [...looks.keys()]) };
  } finally {
    await scene.rig.close();
  }
};

/**
 * What watching an estate that is healthy and recorded takes: a sweep, and a minute of the probe by each way to look. Azure and
 * storage take as long to answer as `prices` assumes. The host has told of all executions when it is closed.
 */
export const watchEstate = async (shape: Shape, prices: Prices): Promise<Watched> => {
  const azurite = await startAzurite();
  const waits: Waits = {};
  const counted = await countStorage(azurite.connectionString, { wait: async (request) => waits.park?.(request) });
  const executions: Execution[] = [];
  const log = (line: string): void => void executions.push(...[executionIn(line)].filter((one) => one !== undefined));
  const storage = { ...azurite, connectionString: counted.connectionString };
  try {
    const scene = await openScene(shape, {
      ...{ storage, log, traffic: counted.traffic },
      hostWords: ['--invocations'],
      otherSettings: SWEEPS,
    });
    const { sweep, looks, detections } = await runsOf(scene, prices, waits);
    const probe = Object.fromEntries([...looks].map(([look, runs]) => [look, minuteIn(runs, executions)]));
    const sweeps = Object.fromEntries([...looks].flatMap(([look, runs]) => sweepIn(look, runs, executions)));
    return {
      shape,
      sweep: countsOf(sweep, executions),
      sweeps,
      probe,
      detection: Object.fromEntries(detections),
    };
  } finally {
    await counted.close();
    await azurite.close();
  }
};

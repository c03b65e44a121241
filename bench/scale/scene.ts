import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { type Booted, type BootOptions, boot } from '../../local/boot.ts';
import type { LoggedRequest } from '../../local/cloud/request-log.ts';
import { buildWorld, type WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { productId } from '../../local/cloud/worlds/product.ts';
import { processorMs } from '../event/processor-time.ts';
import type { Traffic } from '../ledger/counted-storage.ts';
import { settings } from '../settings.ts';
import { bigEstate } from './big-estate.ts';
import { addSubscriptions, scopeOf } from './in-subscriptions.ts';
import type { Shape } from './shape.ts';
import { peakMemory, resetPeak } from './worker-memory.ts';

/** Longer than the recorder takes, which respects the limits of Resource Manager for reads, as the product does. */
const RECORDED_WITHIN_MS = 1_800_000;
const BEGINS = new Date('2026-03-02T00:00:00Z');

/**
 * The product reads the pinned versions of single servers again three hours after it has read them: in this sweep, those of the
 * first servers.
 */
export const SWEEPS_AT = new Date('2026-03-02T03:05:00Z');
/** The ways to look at a healthy estate take eleven minutes; losses are measured after that. */
export const LOOKS_FROM = new Date('2026-03-02T03:10:00Z');
export const PROBES_FROM = new Date('2026-03-02T03:25:00Z');

/** Without a limit Node would let the heap grow as far as the machine allows, and no figure would show the need. */
const HEAP_MIB = 512;

/** The Node options that `infra/modules/app` deploys. */
const DEPLOYED_OPTIONS = '--max-semi-space-size=8 --v8-pool-size=1';

/** In mode observe the product only reports: the bench measures how fast it sees. */
const SETTINGS: Readonly<Record<string, string>> = {
  ...settings,
  NODE_OPTIONS: `--max-old-space-size=${HEAP_MIB} ${DEPLOYED_OPTIONS}`,
  GUARDIAN_MODE: 'observe',
  GUARDIAN_SWEEP_SCHEDULE: '0 5 3 * * *',
  GUARDIAN_PROBE_SCHEDULE: '0 10-59 3 * * *',
};

/** An estate of this shape, all healthy and recorded so. */
export type Scene = {
  readonly rig: Booted;
  readonly shape: Shape;
  readonly traffic?: Traffic;
};

/** The surroundings of the product. `traffic`: counts the requests to its storage. */
export type Surroundings = Pick<BootOptions, 'storage' | 'log' | 'hostWords'> & {
  readonly traffic?: Traffic;
  /** Changes the estate before it is built. */
  readonly change?: (estate: WorldPlan) => WorldPlan;
  /** Settings that differ from those of the bench. */
  readonly otherSettings?: Readonly<Record<string, string>>;
};

/**
 * Measurements of a run: the requests of the product to Azure; the virtual beginning and end, in ms since 1970; real
 * milliseconds; processor milliseconds of its worker, NaN on systems that do not show them; the most memory of its worker, in
 * MiB; and calls to its own tables and blobs, 0 where they are not counted.
 */
export type Run = {
  readonly requests: readonly LoggedRequest[];
  readonly from: number;
  readonly until: number;
  readonly ms: number;
  readonly processorMs: number;
  readonly memory: number | undefined;
  readonly storageCalls: number;
};

const settingsFor = (shape: Shape): Readonly<Record<string, string>> => ({
  ...SETTINGS,
  GUARDIAN_SCOPE: scopeOf(shape),
});

const forkRecorder = ({ clock, cloud, storage }: Booted, shape: Shape): ChildProcess => {
  const own = { AzureWebJobsStorage: storage.connectionString, ...settingsFor(shape) };
  const env = { ...process.env, ...cloud.environment, ...own };
  return clock.fork(path.join(import.meta.dirname, 'record-estate.ts'), [], { env });
};

const record = async (rig: Booted, shape: Shape): Promise<void> => {
  const recorder = forkRecorder(rig, shape);
  let recorded = false;
  recorder.once('message', () => {
    recorded = true;
  });
  rig.cloud.world.switches.armThrottling = 'off';
  recorder.send('record');
  await rig.clock.advance(RECORDED_WITHIN_MS, () => recorded || recorder.exitCode !== null);
  rig.cloud.world.switches.armThrottling = 'on';
  recorder.kill();
  if (!recorded)
    throw new Error(
      `The estate could not be recorded: ${recorder.exitCode === null ? 'the recorder was not ready in time' : `the recorder ended with ${recorder.exitCode}`}.`,
    );
};

type Prepare = (rig: Booted, shape: Shape) => Promise<void>;

const open = async (
  shape: Shape,
  { traffic, change = (estate) => estate, otherSettings = {}, ...watched }: Surroundings,
  prepare: Prepare,
): Promise<Scene> => {
  // Servers that use their keys every minute would take more time than the measured work.
  const switches = { keyCheckSeconds: 86_400 };
  const own = { ...settingsFor(shape), ...otherSettings };
  const rig = await boot({ settings: own, now: BEGINS, switches, ...watched });
  try {
    addSubscriptions(rig.cloud.world, shape);
    buildWorld(rig.cloud.world, change(bigEstate(shape)));
    await prepare(rig, shape);
    return { rig, shape, ...(traffic && { traffic }) };
  } catch (error) {
    await rig.close();
    throw error;
  }
};

export const openScene = (shape: Shape, surroundings: Surroundings = {}): Promise<Scene> =>
  open(shape, surroundings, record);

/** The same keys and servers, which the product has not recorded yet. */
export const openUnknown = (shape: Shape): Promise<Scene> => open(shape, {}, async () => {});

/** Causes a change, and measures the work of the product because of it. */
export const observed = async ({ rig, traffic }: Scene, happen: () => Promise<void>): Promise<Run> => {
  const caller = rig.cloud.world.entra.managedIdentity(productId)?.objectId ?? '';
  rig.cloud.requests.clear();
  resetPeak(rig.host());
  const from = rig.clock.now();
  const usedBefore = processorMs(rig.host());
  const callsBefore = traffic?.requests ?? 0;
  const began = performance.now();
  await happen();
  const ms = performance.now() - began;
  return {
    requests: rig.cloud.requests.list({ caller }),
    from,
    until: rig.clock.now(),
    ms,
    processorMs: processorMs(rig.host()) - usedBefore,
    memory: peakMemory(rig.host()),
    storageCalls: (traffic?.requests ?? 0) - callsBefore,
  };
};

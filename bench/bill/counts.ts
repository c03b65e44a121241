import type { Shape } from '../scale/shape.ts';
import { activeMs, type Execution } from './active-time.ts';
import type { Detection } from './detection.ts';

/** What was done in some time, of which each number is measured. */
export type Counts = {
  readonly keyVaultCalls: number;
  /** Calls of Resource Manager; queries of Resource Graph are among them. */
  readonly resourceManagerCalls: number;
  readonly refusedCalls: number;
  /** Calls of the product's own tables and blobs; those of Durable Functions are not among them. */
  readonly storageCalls: number;
  readonly executions: number;
  /** Activities and turns of orchestrations, among these executions. */
  readonly durableExecutions: number;
  /** For which memory is billed: waiting for Azure and for storage, and computing. */
  readonly activeMs: number;
  /** Processor time of the worker, in milliseconds: it is among `activeMs`. */
  readonly processorMs: number;
};

/**
 * What watching an estate takes: a minute of the probe by each way to look (`GUARDIAN_LOOK`), one sweep that reads every version, and a sweep by
 * each other way, beside the probe.
 */
export type Watched = {
  readonly shape: Shape;
  readonly sweep: Counts;
  readonly sweeps?: Readonly<Record<string, Counts>>;
  readonly probe: Readonly<Record<string, Counts>>;
  /** How soon losses are found, likewise. */
  readonly detection: Readonly<Record<string, Detection>>;
};

/** The sweep that goes with this way to look; one that reads each version where no other was measured. */
export const sweepOf = ({ sweep, sweeps }: Pick<Watched, 'sweep' | 'sweeps'>, look: string): Counts =>
  sweeps?.[look] ?? sweep;

/** What one of several runs takes on average. */
export const averageOf = ([first, ...others]: readonly [Counts, ...Counts[]]): Counts =>
  Object.fromEntries(
    Object.entries(first).map(([name, count]) => {
      const sum = others.reduce((before, other) => before + other[name as keyof Counts], count);
      return [name, Math.round(sum / (1 + others.length))];
    }),
  ) as Counts;

/** What remains of these counts without so many times the others. */
export const without = (all: Counts, times: number, others: Counts): Counts =>
  Object.fromEntries(
    Object.entries(all).map(([name, count]) => [name, Math.max(0, count - times * others[name as keyof Counts])]),
  ) as Counts;

/** Instances on a Flex plan: durable functions share theirs, each other one has its own. */
const instancesOf = (durable: ReadonlySet<string>) => (name: string) => (durable.has(name) ? 'durable' : name);

/** What executions say of it. `durable`: names of those that Durable Functions runs. */
export const countExecutions = (
  executions: readonly Execution[],
  durable: ReadonlySet<string>,
  computedMs: number,
): Pick<Counts, 'executions' | 'durableExecutions' | 'activeMs'> => ({
  executions: executions.length,
  durableExecutions: executions.filter(({ name }) => durable.has(name)).length,
  activeMs: activeMs(executions, instancesOf(durable), computedMs),
});

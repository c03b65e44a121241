import type { Shape } from '../scale/shape.ts';
import { activeMs, type Execution } from './active-time.ts';
import type { Detection } from './detection.ts';

/** What was done in some time, of which each number is measured. */
export type Counts = {
  readonly keyVaultCalls: number;
  /** Resource Graph included. */
  readonly resourceManagerCalls: number;
  readonly refusedCalls: number;
  /** Calls of the product's own tables and blobs; those of Durable Functions are not among them. */
  readonly storageCalls: number;
  readonly executions: number;
  /** Activities and turns of orchestrations, among these executions. */
  readonly durableExecutions: number;
  /** For which memory is billed, what is computed and waited for storage not included: the virtual clock stands still for that. */
  readonly activeMs: number;
  /** Of the worker. */
  readonly processorMs: number;
};

/** What watching an estate takes: one sweep, and a minute of the probe by each way to look (`GUARDIAN_LOOK`). */
export type Watched = {
  readonly shape: Shape;
  readonly sweep: Counts;
  readonly probe: Readonly<Record<string, Counts>>;
  /** How soon losses are found, likewise. */
  readonly detection: Readonly<Record<string, Detection>>;
};

/** Instances on a Flex plan: durable functions share theirs, each other one has its own. */
const instancesOf = (durable: ReadonlySet<string>) => (name: string) => (durable.has(name) ? 'durable' : name);

/** What executions say of it. `durable`: names of those that Durable Functions runs. */
export const countExecutions = (
  executions: readonly Execution[],
  durable: ReadonlySet<string>,
): Pick<Counts, 'executions' | 'durableExecutions' | 'activeMs'> => ({
  executions: executions.length,
  durableExecutions: executions.filter(({ name }) => durable.has(name)).length,
  activeMs: activeMs(executions, instancesOf(durable)),
});

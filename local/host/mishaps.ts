import { EventType, type HistoryEvent } from './durable/history.ts';
import type { Instance } from './durable/instance.ts';

/**
 * The kinds of messages in a task hub: the start of an instance, the result of an activity or child, and a due durable
 * timer.
 */
export const LOSABLE = ['start', 'result', 'timer'] as const;

export const MOMENTS = ['start', 'end'] as const;
type Moment = (typeof MOMENTS)[number];

/**
 * `instance`: the instance's id, where `*` stands for any characters. `times`: how many matching instances or messages
 * are hit.
 */
type Aim = { readonly instance: string; readonly times: number };

export type Mishap =
  /**
   * A matching instance gets no turn any more after `afterTurns` turns: after 0 it stays Pending, after more it stays
   * Running.
   */
  | (Aim & { readonly kind: 'hang'; readonly afterTurns: number })
  /** The queue loses a matching message: it is never read, and never sent again. */
  | (Aim & { readonly kind: 'lose'; readonly message: (typeof LOSABLE)[number] })
  /**
   * The worker of a matching activity or turn is lost with its machine: before the function begins, or after it has
   * ended and before its result is known.
   */
  | { readonly kind: 'loseWorker'; readonly function: string; readonly at: Moment; readonly times: number }
  /** The schedule of this timer function fires no more. The function can still be started by hand. */
  | { readonly kind: 'stopTimer'; readonly name: string };

/**
 * Faults of Durable Functions that happen on Azure without an act of anybody: partitions without a worker, lost
 * messages, schedules that stop, machines that are taken away. They are kept in memory: a restarted host has none.
 */
export type Mishaps = {
  add(mishap: Mishap): void;
  list(): readonly Mishap[];
  clear(): void;
  /** Whether this instance hangs. It hangs until all mishaps are cleared, or another instance takes its place. */
  hangs(instance: Instance): boolean;
  losesStart(instanceId: string): boolean;
  loses(instanceId: string, event: HistoryEvent): boolean;
  losesWorker(name: string, at: Moment): boolean;
  stopsTimer(name: string): boolean;
};

type Armed = { readonly mishap: Mishap; struck: number };

const literal = (text: string): string => text.replace(/[.+?^$()|[\]\\{}]/g, '\\$&');

const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.split('*').map(literal).join('.*')}$`, 'i').test(text);

const kindOf = ({ EventType: type }: HistoryEvent): (typeof LOSABLE)[number] | undefined => {
  if (type === EventType.TimerFired) return 'timer';
  const results: readonly number[] = [
    EventType.TaskCompleted,
    EventType.TaskFailed,
    EventType.SubOrchestrationInstanceCompleted,
    EventType.SubOrchestrationInstanceFailed,
  ];
  return results.includes(type) ? 'result' : undefined;
};

const turnsOf = ({ history }: Instance): number =>
  history.filter(({ EventType: type }) => type === EventType.OrchestratorStarted).length;

export const createMishaps = (): Mishaps => {
  let armed: Armed[] = [];
  let hanging = new WeakSet<Instance>();
  const strike = (aims: (mishap: Mishap) => boolean): boolean => {
    const hit = armed.find(({ mishap, struck }) => !('times' in mishap && struck >= mishap.times) && aims(mishap));
    if (hit) hit.struck += 1;
    return hit !== undefined;
  };
  const loses = (instanceId: string, message: (typeof LOSABLE)[number] | undefined): boolean =>
    strike((one) => one.kind === 'lose' && one.message === message && matches(one.instance, instanceId));
  return {
    add: (mishap) => {
      armed.push({ mishap, struck: 0 });
    },
    list: () => armed.map(({ mishap }) => mishap),
    clear: () => {
      armed = [];
      hanging = new WeakSet();
    },
    hangs: (instance) => {
      const begins = (one: Mishap): boolean =>
        one.kind === 'hang' && turnsOf(instance) >= one.afterTurns && matches(one.instance, instance.instanceId);
      if (!hanging.has(instance) && strike(begins)) hanging.add(instance);
      return hanging.has(instance);
    },
    losesStart: (instanceId) => loses(instanceId, 'start'),
    loses: (instanceId, event) => loses(instanceId, kindOf(event)),
    losesWorker: (name, at) =>
      strike((one) => one.kind === 'loseWorker' && one.at === at && matches(one.function, name)),
    stopsTimer: (name) => armed.some(({ mishap }) => mishap.kind === 'stopTimer' && matches(mishap.name, name)),
  };
};

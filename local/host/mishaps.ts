import { EventType, type HistoryEvent } from './durable/history.ts';
import type { Instance } from './durable/instance.ts';

/** A message of a task hub: what starts an instance, what an activity or a child answers, a durable timer that is due. */
export const LOSABLE = ['start', 'result', 'timer'] as const;

export const MOMENTS = ['start', 'end'] as const;
type Moment = (typeof MOMENTS)[number];

/** `instance`: its id, where `*` stands for anything. `times`: how many of them it strikes. */
type Aim = { readonly instance: string; readonly times: number };

export type Mishap =
  /** Such an instance gets no turn any more after so many: none leaves it Pending, one or more Running. */
  | (Aim & { readonly kind: 'hang'; readonly afterTurns: number })
  /** The queue loses such a message: nobody reads it, and nobody sends it again. */
  | (Aim & { readonly kind: 'lose'; readonly message: (typeof LOSABLE)[number] })
  /** The worker that runs such an activity, or gives such an orchestration a turn, is lost with its machine: before it has begun, or when its answer was not told yet. */
  | { readonly kind: 'loseWorker'; readonly function: string; readonly at: Moment; readonly times: number }
  /** The schedule of such a timer function does not fire any more; by hand it still runs. */
  | { readonly kind: 'stopTimer'; readonly name: string };

/**
 * What goes wrong with Durable Functions on Azure though nobody has done anything: partitions that nobody works on, messages
 * that are lost, schedules that stop, machines that are taken away. In memory: a host that is started again has none of them.
 */
export type Mishaps = {
  add(mishap: Mishap): void;
  list(): readonly Mishap[];
  clear(): void;
  /** Whether this instance hangs. What has once begun to hang does so until everything is cleared, or another takes its place. */
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

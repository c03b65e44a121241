import { type Competition, createCompetition } from '../crew/competition.ts';
import type { Crew, Member } from '../crew/crew.ts';
import { createLeases } from '../crew/leases.ts';
import { createGate, type Gate } from './gate.ts';
import type { DurableFunctions, DurableTrigger } from './invoke-durable.ts';

/** The functions of its workers that a task hub needs. */
export type DurableCrew = {
  has(trigger: DurableTrigger, name: string): boolean;
  /**
   * Runs a turn of an instance at the worker that holds its partition.
   * @throws WorkerLost
   */
  turn<T>(instanceId: string, work: (functions: DurableFunctions) => Promise<T>): Promise<T>;
  /**
   * Runs an activity at a worker with room.
   * @throws WorkerLost
   */
  activity<T>(work: (functions: DurableFunctions) => Promise<T>): Promise<T>;
};

export type CrewTerms = {
  /** The limit of each worker. */
  maxConcurrentActivities: number;
  maxConcurrentOrchestrators: number;
  partitionCount: number;
};

/** @param functionsOf gives the functions of a worker; called once for each worker */
export function createDurableCrew(
  crew: Crew,
  functionsOf: (member: Member) => DurableFunctions,
  terms: CrewTerms,
): DurableCrew {
  const leases = createLeases(crew, terms.partitionCount);
  const compete: Competition = createCompetition(crew, terms.maxConcurrentActivities);
  const gates = new WeakMap<Member, Gate>();
  const reached = new WeakMap<Member, DurableFunctions>();
  const of = <Value>(known: WeakMap<Member, Value>, member: Member, make: () => Value): Value => {
    const value = known.get(member) ?? make();
    known.set(member, value);
    return value;
  };
  const functions = (member: Member): DurableFunctions => of(reached, member, () => functionsOf(member));
  const [first] = crew.up();
  return {
    // Every worker has loaded the same app.
    has: (trigger, name) => first !== undefined && functions(first).has(trigger, name),
    turn: async (instanceId, work) => {
      const holder = await leases.holderOf(instanceId);
      const gate = of(gates, holder, () => createGate(terms.maxConcurrentOrchestrators));
      return gate(() => work(functions(holder)));
    },
    activity: (work) => compete((member) => work(functions(member))),
  };
}

import type { Log } from '../log.ts';
import type { Worker } from '../worker/open-worker.ts';
import { WorkerDied, WorkerLost } from '../worker/worker-errors.ts';

/** One of the workers on a task hub: what Azure calls an instance of the app. */
export type Member = { readonly number: number; readonly worker: Worker };

export type Crew = {
  /** The workers that are up, by number. */
  up(): readonly Member[];
  /**
   * Simulates the loss of a worker's machine, as when Azure takes an instance away. The messages that the worker had
   * taken from the task hub become visible to the others later, and a new worker takes its place after
   * `RETURNS_AFTER_MS`. Does nothing if the worker is not up.
   */
  lose(number: number): void;
  /** Calls `changed` after every loss and every return. */
  watch(changed: () => void): void;
  close(): Promise<void>;
};

export type CrewOptions = {
  /** Opens a worker; called for each worker, and for the replacement of a lost one. */
  open(): Promise<Worker>;
  size: number;
  log: Log;
};

/** Long enough that the other workers must finish the work of the lost one. Azure promises no time. */
export const RETURNS_AFTER_MS = 10 * 60_000;

/** @throws Error if the app cannot be loaded */
export async function openCrew({ open, size, log }: CrewOptions): Promise<Crew> {
  const members = new Map<number, Member>();
  const watchers: (() => void)[] = [];
  const returns = new Set<NodeJS.Timeout>();
  const changed = (): void => {
    for (const tell of watchers) tell();
  };
  // The workers start one after the other: the first one fills the cache of compiled code before the others load the
  // app.
  for (let number = 1; number <= size; number++) members.set(number, { number, worker: losable(await open()) });
  const bringBack = async (number: number): Promise<void> => {
    try {
      members.set(number, { number, worker: losable(await open()) });
      log('warning', `another worker ${number} is up`);
      changed();
    } catch (error) {
      log('error', `worker ${number} does not come back: ${error instanceof Error ? error.message : error}`);
    }
  };
  return {
    up: () => [...members.values()].sort((one, other) => one.number - other.number),
    lose: (number) => {
      const member = members.get(number);
      if (!member) return;
      log('warning', `worker ${number} is lost, and another takes its place in ${RETURNS_AFTER_MS / 60_000} minutes`);
      members.delete(number);
      member.worker.lose();
      changed();
      const due = setTimeout(() => {
        returns.delete(due);
        void bringBack(number);
      }, RETURNS_AFTER_MS);
      returns.add(due);
    },
    watch: (tell) => void watchers.push(tell),
    close: async () => {
      for (const due of returns) clearTimeout(due);
      await Promise.all([...members.values()].map(({ worker }) => worker.close()));
    },
  };
}

/** Work under way at a lost worker ends with `WorkerLost`, and the worker takes no new work. */
function losable(worker: Worker): Worker {
  let isLost = false;
  const lost = (): WorkerLost => new WorkerLost('the worker is lost with its machine');
  return {
    ...worker,
    invoke: async (request) => {
      if (isLost) throw lost();
      try {
        return await worker.invoke(request);
      } catch (error) {
        throw isLost && error instanceof WorkerDied ? lost() : error;
      }
    },
    lose: () => {
      isLost = true;
      worker.lose();
    },
  };
}

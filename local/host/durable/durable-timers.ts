/** The longest delay of setTimeout; a longer one would fire at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** Timers of running executions, in memory. After a restart the history tells which timers must be armed again. */
export type DurableTimers = {
  arm(instanceId: string, executionId: string, id: number, fireAt: number): void;
  cancel(instanceId: string, ids: number[]): void;
  dropAll(instanceId: string): void;
  stop(): void;
};

export function createDurableTimers(
  onFired: (instanceId: string, executionId: string, id: number, fireAt: number) => void,
): DurableTimers {
  const byInstance = new Map<string, Map<number, NodeJS.Timeout>>();

  const arm: DurableTimers['arm'] = (instanceId, executionId, id, fireAt) => {
    const timers = byInstance.get(instanceId) ?? new Map<number, NodeJS.Timeout>();
    byInstance.set(instanceId, timers);
    const delay = Math.min(Math.max(0, fireAt - Date.now()), LONGEST_DELAY_MS);
    const due = (): void => {
      timers.delete(id);
      if (delay === LONGEST_DELAY_MS) arm(instanceId, executionId, id, fireAt);
      else onFired(instanceId, executionId, id, fireAt);
    };
    timers.set(id, setTimeout(due, delay));
  };
  const cancel: DurableTimers['cancel'] = (instanceId, ids) => {
    const timers = byInstance.get(instanceId);
    for (const id of ids) {
      clearTimeout(timers?.get(id));
      timers?.delete(id);
    }
  };
  const dropAll: DurableTimers['dropAll'] = (instanceId) => {
    cancel(instanceId, [...(byInstance.get(instanceId)?.keys() ?? [])]);
    byInstance.delete(instanceId);
  };
  return {
    arm,
    cancel,
    dropAll,
    stop: () => {
      for (const instanceId of byInstance.keys()) dropAll(instanceId);
    },
  };
}

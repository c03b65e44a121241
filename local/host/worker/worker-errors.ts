export const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** A function threw. The message is the app's own; an orchestrator's may carry its state after `$OutOfProcData$:`. */
export class FunctionThrew extends Error {
  override name = 'FunctionThrew';
  readonly remoteStack: string;

  constructor(message: string, remoteStack: string) {
    super(message);
    this.remoteStack = remoteStack;
  }
}

/** The worker process died before it answered: nothing is known about the effects of the invocation. */
export class WorkerDied extends Error {
  override name: string = 'WorkerDied';
}

/** Its machine is gone, so that nobody gives back what it had taken: others see that only when it becomes visible again. */
export class WorkerLost extends WorkerDied {
  override name = 'WorkerLost';
}

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

/** The worker process died before it answered: the effects of the invocation are unknown. */
export class WorkerDied extends Error {
  override name: string = 'WorkerDied';
}

/**
 * The worker's machine is gone, so no process gives back the messages that it had taken: other workers get these only
 * when they become visible again.
 */
export class WorkerLost extends WorkerDied {
  override name = 'WorkerLost';
}

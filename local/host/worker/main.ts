/** The worker process: `node main.ts <app folder>`, forked by the host. It loads the app and runs its functions. */
import { createFunctionsCore, createRegistry, type Registry } from './functions-core.ts';
import { loadApp } from './load-app.ts';
import type { FromWorker, InvocationRequest, ToWorker } from './protocol.ts';
import { runInvocation } from './run-invocation.ts';
import { supplyFunctionsCore } from './supply-functions-core.ts';
import { asError } from './worker-errors.ts';

const appFolder = process.argv[2];
if (!process.send || !appFolder) throw new Error('the worker is started by the host, not by hand');

const tell = (message: FromWorker): void => {
  process.send?.(message);
};
const fail = (message: string): void => {
  process.send?.({ kind: 'failed', message } satisfies FromWorker, () => process.exit(1));
};
const log = (level: string, category: string, message: string): void => {
  if (category === 'user' || level === 'error' || level === 'warning') tell({ kind: 'log', level, message });
};

async function run(request: InvocationRequest): Promise<void> {
  const { invocationId } = request;
  try {
    tell({ kind: 'returned', invocationId, response: await runInvocation(registry, request, log) });
  } catch (thrown) {
    const { message, stack } = asError(thrown);
    tell({ kind: 'threw', invocationId, message, stack: stack ?? '' });
  }
}

/**
 * Answers with the list of functions, as Azure's worker does. The host gets an error of the entry file only where a
 * function was registered before it. Otherwise the app simply has no functions, and only the worker's stderr shows the
 * error.
 */
function answer({ functions, indexesFunctions, startFailure }: Registry): void {
  if (startFailure !== undefined && indexesFunctions) {
    fail(startFailure);
    return;
  }
  if (startFailure !== undefined) console.error(startFailure);
  const infos = [...functions.values()].map((fn) => fn.info);
  tell({ kind: 'ready', functions: JSON.parse(JSON.stringify(infos)) });
}

// Ctrl-C reaches the whole process group, but the host decides when its worker ends.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));

const registry = createRegistry();
supplyFunctionsCore(createFunctionsCore(registry, log));
try {
  await loadApp(appFolder, registry);
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'invoke') void run(message.request);
  });
  answer(registry);
} catch (thrown) {
  const { stack, message } = asError(thrown);
  fail(stack ?? message);
}

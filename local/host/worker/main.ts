/** The worker process: `node main.ts <app folder>`, forked by the host. It loads the app and runs its functions. */
import { createFunctionsCore, createRegistry } from './functions-core.ts';
import { loadApp } from './load-app.ts';
import type { FromWorker, InvocationRequest, ToWorker } from './protocol.ts';
import { runInvocation } from './run-invocation.ts';
import { supplyFunctionsCore } from './supply-functions-core.ts';

const appFolder = process.argv[2];
if (!process.send || !appFolder) throw new Error('the worker is started by the host, not by hand');

const tell = (message: FromWorker): void => {
  process.send?.(message);
};
const log = (level: string, category: string, message: string): void => {
  if (category === 'user' || level === 'error' || level === 'warning') tell({ kind: 'log', level, message });
};
const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

async function run(request: InvocationRequest): Promise<void> {
  const { invocationId } = request;
  try {
    tell({ kind: 'returned', invocationId, response: await runInvocation(registry, request, log) });
  } catch (thrown) {
    const { message, stack } = asError(thrown);
    tell({ kind: 'threw', invocationId, message, stack: stack ?? '' });
  }
}

// Ctrl-C reaches the whole process group, but it is for the host to say when its worker ends.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));

const registry = createRegistry();
supplyFunctionsCore(createFunctionsCore(registry, log));
try {
  await loadApp(appFolder, registry);
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'invoke') void run(message.request);
  });
  const functions = [...registry.functions.values()].map((fn) => fn.info);
  tell({ kind: 'ready', functions: JSON.parse(JSON.stringify(functions)) });
} catch (thrown) {
  const error = asError(thrown);
  process.send({ kind: 'failed', message: error.stack ?? error.message } satisfies FromWorker, () => process.exit(1));
}

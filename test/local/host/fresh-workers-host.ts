/** A host that gives every orchestrator step a process of its own: nothing in memory can survive a step. */
import { parseCommandLine } from '../../../local/host/command-line.ts';
import { faultsFrom } from '../../../local/host/fault-injection.ts';
import { startHost } from '../../../local/host/host.ts';
import { readyLine } from '../../../local/host/ready-message.ts';
import { openWorker, type Worker, type WorkerOptions } from '../../../local/host/worker/open-worker.ts';

async function openFreshWorkers(options: WorkerOptions): Promise<Worker> {
  const inner = await openWorker(options);
  const orchestrators = inner.functions.filter(({ bindings }) =>
    Object.values(bindings).some(({ type }) => type === 'orchestrationTrigger'),
  );
  const isOrchestrator = new Set(orchestrators.map(({ id }) => id));
  return {
    ...inner,
    invoke: async (request) => {
      if (!isOrchestrator.has(request.functionId)) return inner.invoke(request);
      process.stderr.write('a step in a process of its own\n');
      const fresh = await openWorker(options);
      try {
        return await fresh.invoke(request);
      } finally {
        await fresh.close();
      }
    },
  };
}

const { appFolder, stateFolder, port, authDisabled } = parseCommandLine(process.argv.slice(2));
const host = await startHost({
  appFolder,
  stateFolder,
  port,
  authDisabled,
  invocationsTold: false,
  workers: 1,
  log: () => {},
  faults: faultsFrom({}),
  openWorker: openFreshWorkers,
  onGivenUp: (reason) => {
    throw reason;
  },
});
process.stdout.write(`${readyLine(host)}\n`);

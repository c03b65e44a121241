import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { faultsFrom } from '../../../local/host/fault-injection.ts';
import { type Host, startHost } from '../../../local/host/host.ts';
import { openWorker, type Worker, type WorkerOptions } from '../../../local/host/worker/open-worker.ts';
import { type HostClient, hostClient } from './host-client.ts';
import { newFolder, SAMPLE_APP } from './host-process.ts';

let host: Host;
let client: HostClient;
let steps = 0;

/** Gives every orchestrator step a process of its own: nothing in memory can survive a step. */
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
      steps++;
      const fresh = await openWorker(options);
      try {
        return await fresh.invoke(request);
      } finally {
        await fresh.close();
      }
    },
  };
}

beforeAll(async () => {
  process.env['TICK_SCHEDULE'] = '0 0 0 1 1 *';
  host = await startHost({
    appFolder: SAMPLE_APP,
    port: 0,
    stateFolder: newFolder(),
    authDisabled: false,
    log: () => {},
    faults: faultsFrom({}),
    openWorker: openFreshWorkers,
    onGivenUp: (reason) => {
      throw reason;
    },
  });
  const { port, keys } = host;
  const ready = { ready: true as const, port, workerPid: 0, masterKey: keys.masterKey, functionKey: '' };
  client = hostClient({ ...ready, systemKeys: keys.systemKeys }, () => '');
});
afterAll(() => host.stop());

it('every orchestrator step in a process of its own gives the same results', async () => {
  const approval = await client.start('approval', 3_600_000);
  const [hello, retryFail, parent, eternal, mix, window] = await Promise.all([
    client.run('hello', ['a', 'b']),
    client.run('retryFail'),
    client.run('parent'),
    client.run('eternal', { n: 3, sum: 0 }),
    client.run('mix'),
    client.run('window'),
  ]);
  expect(hello.output).toEqual(['Hello a', 'Hello b']);
  expect(retryFail.output).toEqual({ caught: "Activity function 'fail' failed: always", after: 'Hello after' });
  const failure = "Orchestrator function 'thrower' failed: child broke";
  expect(parent.output).toEqual({ a: ['Hello a', 'Hello b'], b: ['Hello c'], failure });
  expect(eternal.output).toBe(12);
  // Which of two activities is first depends on the speed of the steps, and they are slow here.
  const { first: _, ...rest } = mix.output;
  const failed = "Activity function 'fail' failed: fast failure";
  expect(rest).toEqual({ r1: [3, 2, null, 25, 4], failed, next: 'Hello next', s: 120, guid: 36 });
  expect([...window.output].sort((a, b) => a - b)).toEqual([5, 10, 20, 30, 50]);
  await client.until(approval, ({ customStatus }) => customStatus?.stage === 'waiting');
  await client.raise(approval, 'approval', 1);
  expect((await client.until(approval)).output.approved).toBe(1);
  expect(steps).toBeGreaterThan(30);
});

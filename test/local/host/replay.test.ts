import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type HostProcess, startHostProcess } from './host-process.ts';

const program = fileURLToPath(new URL('./fresh-workers-host.ts', import.meta.url));

let host: HostProcess;
beforeAll(async () => {
  host = await startHostProcess({ program });
});
afterAll(() => host.kill());

it('every orchestrator step in a process of its own gives the same results', async () => {
  const approval = await host.start('approval', 3_600_000);
  const [hello, retryFail, parent, eternal, mix, window] = await Promise.all([
    host.run('hello', ['a', 'b']),
    host.run('retryFail'),
    host.run('parent'),
    host.run('eternal', { n: 3, sum: 0 }),
    host.run('mix'),
    host.run('window'),
  ]);
  expect(hello.output).toEqual(['Hello a', 'Hello b']);
  expect(retryFail.output).toEqual({ caught: "Activity function 'fail' failed: always", after: 'Hello after' });
  const failure = "Orchestrator function 'thrower' failed: child broke";
  expect(parent.output).toEqual({ a: ['Hello a', 'Hello b'], b: ['Hello c'], failure });
  expect(eternal.output).toBe(12);
  const failed = "Activity function 'fail' failed: fast failure";
  expect(mix.output).toEqual({ r1: [3, 2, null, 25, 4], first: true, failed, next: 'Hello next', s: 120, guid: 36 });
  expect([...window.output].sort((a, b) => a - b)).toEqual([5, 10, 20, 30, 50]);
  await host.until(approval, ({ customStatus }) => customStatus?.stage === 'waiting');
  await host.raise(approval, 'approval', 1);
  expect((await host.until(approval)).output.approved).toBe(1);
  expect(host.log().match(/a step in a process of its own/g)?.length).toBeGreaterThan(30);
});

import { z } from 'zod';
import { type HostAnswer, type HostCall, sendToHost } from './call-host.ts';
import type { Clock } from './clock/clock.ts';
import type { ControlVerb } from './cloud/control/controlled.ts';
import { LOSABLE, type Mishap, MOMENTS } from './host/mishaps.ts';
import type { RunningHost } from './host-process.ts';

const aim = { instance: z.string().min(1), times: z.int().min(1).default(1) };
const hang = z.strictObject({ ...aim, afterTurns: z.int().min(0).default(0) });
const lose = z.strictObject({ ...aim, message: z.enum(LOSABLE) });
const lost = z.strictObject({ worker: z.int().min(1) });
const loseIn = z.strictObject({
  function: z.string().min(1),
  at: z.enum(MOMENTS),
  times: z.int().min(1).default(1),
});
const stopTimer = z.strictObject({ name: z.string().min(1) });

const AIM = { instance: 'id of the instance, * stands for anything', 'times?': 'how many it strikes; 1 when left out' };

type Ask = (call: HostCall) => Promise<HostAnswer>;

type Send = (method: 'GET' | 'POST' | 'DELETE', body?: Mishap) => Promise<unknown>;

/** Mishaps that the host plays on its instances and timers. */
const mishapVerbs = (send: Send): ControlVerb[] => [
  {
    method: 'POST',
    path: '/_sim/host/hang',
    title: 'Durable instances get no turn any more: a termination is not read either, and no other takes their id',
    parameters: { ...AIM, 'afterTurns?': '0, when left out: they stay Pending; 1 or more: Running' },
    example: { instance: 'sweepEstate', afterTurns: 1 },
    run: (input) => send('POST', { kind: 'hang', ...hang.parse(input) }),
  },
  {
    method: 'POST',
    path: '/_sim/host/lose',
    title: 'The queue loses messages of durable instances',
    parameters: { ...AIM, message: `what they lose: ${LOSABLE.join(', ')}` },
    example: { instance: 'sweepEstate', message: 'result' },
    run: (input) => send('POST', { kind: 'lose', ...lose.parse(input) }),
  },
  {
    method: 'POST',
    path: '/_sim/host/stop-timer',
    title: 'A timer function does not fire any more by its schedule',
    parameters: { name: 'name of the function (sweep, probe, posture), * stands for anything' },
    example: { name: '*' },
    run: (input) => send('POST', { kind: 'stopTimer', ...stopTimer.parse(input) }),
  },
];

/** Verbs that list the running workers and remove one of them. */
const workerVerbs = (ask: Ask, send: Send): ControlVerb[] => [
  {
    method: 'GET',
    path: '/_sim/host/workers',
    title: 'The workers on the task hub that are up, with their process ids',
    parameters: {},
    run: async () => (await ask({ method: 'GET', path: '/admin/workers' })).body,
  },
  {
    method: 'POST',
    path: '/_sim/host/lose-worker',
    title: 'A worker is lost with its machine: the others take over what it had; another one comes ten minutes later',
    parameters: { worker: 'its number, from 1' },
    example: { worker: 2 },
    run: (input) => loseWorker(ask, lost.parse(input).worker),
  },
  {
    method: 'POST',
    path: '/_sim/host/lose-worker-in',
    title:
      'The worker that next runs such an activity, or gives such an orchestration a turn, is lost with its machine',
    parameters: {
      function: 'name of an activity (sweepKeys, writeStep) or orchestration (reconcileKey), * stands for anything',
      at: `start: before it has done anything; end: when it has done everything, and nobody has heard of it`,
      'times?': 'how often; 1 when left out',
    },
    example: { function: 'sweepKeys', at: 'end' },
    run: (input) => send('POST', { kind: 'loseWorker', ...loseIn.parse(input) }),
  },
];

const loseWorker = async (ask: Ask, number: number): Promise<unknown> => {
  const { status, body } = await ask({ method: 'DELETE', path: `/admin/workers/${number}` });
  if (status !== 200)
    throw new Error(`There is no worker ${number} now; GET /_sim/host/workers has those that are up.`);
  return body;
};

/**
 * Verbs that break Durable Functions and timers, at the host that runs beside the cloud. A restart of that host ends the breaks.
 */
export const hostVerbs = (clock: Clock, host: () => RunningHost | undefined): ControlVerb[] => {
  const ask: Ask = async (call) => {
    const running = host();
    if (!running) throw new Error('The host does not run yet.');
    return sendToHost(clock, running, call);
  };
  const send: Send = async (method, body) =>
    (await ask({ method, path: '/admin/mishaps', ...(body && { body }) })).body;
  return [
    { method: 'GET', path: '/_sim/host', title: 'What goes wrong at the host', parameters: {}, run: () => send('GET') },
    ...mishapVerbs(send),
    ...workerVerbs(ask, send),
    {
      method: 'DELETE',
      path: '/_sim/host',
      title: 'Nothing goes wrong at the host any more; what hangs goes on with its next message',
      parameters: {},
      run: () => send('DELETE'),
    },
  ];
};

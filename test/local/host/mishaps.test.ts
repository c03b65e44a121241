import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, createClock } from '../../../local/clock/authority.ts';
import type { Mishap } from '../../../local/host/mishaps.ts';
import { hostVerbs } from '../../../local/host-verbs.ts';
import { type HostProcess, startHostProcess } from './host-process.ts';

const MINUTE = 60_000;

let clock: Clock;
let host: HostProcess;
beforeAll(async () => {
  clock = createClock();
  host = await startHostProcess({ env: { TICK_SCHEDULE: '0 * * * * *' } }, clock);
});
const keyOf = (): Record<string, string> => ({ 'x-functions-key': host.ready.masterKey });
afterEach(async () => {
  await verb('DELETE', '/_sim/host').run({});
});
afterAll(async () => {
  await host.kill();
  await clock.close();
});

const running = () => ({ port: host.ready.port, masterKey: host.ready.masterKey });
const verbs = () => hostVerbs(clock, () => running() as never);
const verb = (method: string, path: string) => {
  const found = verbs().find((one) => one.method === method && one.path === path);
  if (!found) throw new Error(`There is no ${method} ${path}`);
  return found;
};
const befall = (path: string, input: Record<string, unknown>) => verb('POST', `/_sim/host/${path}`).run(input);
const status = async (id: string): Promise<string> => (await host.status(id)).runtimeStatus;
const ticks = async (): Promise<number> => (await host.get('/api/seen')).body.ticks.length;

describe('a mishap at the host', () => {
  it('is listed, documented, and refused where it is misspelt', async () => {
    await befall('lose', { instance: 'nobody', message: 'timer' });
    const expected: Mishap = { kind: 'lose', instance: 'nobody', message: 'timer', times: 1 };
    expect(await verb('GET', '/_sim/host').run({})).toEqual({ mishaps: [expected] });
    const document = readFileSync(new URL('../../../docs/local-cloud.md', import.meta.url), 'utf8');
    const missing = verbs().filter(({ method, path }) => !document.includes(`\`${method} ${path}\``));
    expect(missing).toEqual([]);
    await expect(async () => befall('lose', { instance: 'x', message: 'everything' })).rejects.toThrow('message');
    expect((await host.post('/admin/mishaps', {}, {})).status).toBe(401);
    expect((await host.get('/admin/mishaps', keyOf())).status).toBe(200);
  });

  it.each([
    ['Pending', 0],
    ['Running', 1],
  ])(
    'keeps an instance %s for ever: a termination is not read, and nothing else gets its id',
    async (state, afterTurns) => {
      const id = `hung-${afterTurns}`;
      await befall('hang', { instance: id, afterTurns });
      await host.start('timer', MINUTE, id);
      await clock.advance(10 * MINUTE);
      await host.durable('POST', `/instances/${id}/terminate?reason=enough`);
      await clock.advance(10 * MINUTE);
      expect(await status(id)).toBe(state);
      expect((await host.post(`/api/start/timer/${id}`, String(MINUTE))).status).not.toBe(202);
      await host.start('timer', MINUTE, `${id}-2`);
      expect((await host.until(`${id}-2`)).runtimeStatus).toBe('Completed');
    },
  );

  it.each([
    ['start', 'Pending', 'Pending'],
    ['timer', 'Running', 'Terminated'],
  ])(
    'loses a message of the kind %s: the instance stays %s, and a termination leaves it %s',
    async (message, state, after) => {
      const id = `lost-${message}`;
      await befall('lose', { instance: 'lost-*', message });
      await host.start('timer', MINUTE, id);
      await clock.advance(10 * MINUTE);
      expect(await status(id)).toBe(state);
      await host.durable('POST', `/instances/${id}/terminate?reason=enough`);
      await clock.advance(MINUTE);
      expect(await status(id)).toBe(after);
    },
  );

  it('stops the schedule of a timer', async () => {
    await befall('stop-timer', { name: 'tick*' });
    const before = await ticks();
    await clock.advance(10 * MINUTE);
    expect(await ticks()).toBe(before);
  });
});

import { once } from 'node:events';
import { expect, it } from 'vitest';
import { describeOnEveryMachine } from './fixtures/world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describeOnEveryMachine('a program of two processes', (world) => {
  /** Has the host wait, as a durable timer does; resolves to the virtual instant at which it went on. */
  const waitedUntil = (): Promise<number> =>
    new Promise((resolve) => {
      world.app.host().on('message', (message: { waitedUntil?: number }) => {
        if (message.waitedUntil) resolve(message.waitedUntil);
      });
    });

  it('ten minutes pass as soon as nobody has anything to do', async () => {
    const from = world.clock.now();
    expect(await world.app.run('tenMinutes')).toMatchObject({
      result: new Date(from + 10 * MINUTE).toISOString(),
      virtualMs: 10 * MINUTE,
    });
  });

  it('timers end in the order in which they are due, equal ones in the order in which they were set', async () => {
    expect(await world.app.run('order')).toMatchObject({
      result: ['soon@0', 'a@10000', 'b@10000', 'd@20000', 'c@30000'],
      virtualMs: 30_000,
    });
  });

  it('an interval comes again and again', async () => {
    expect(await world.app.run('interval')).toMatchObject({ result: [MINUTE, 2 * MINUTE, 3 * MINUTE] });
  });

  it('delays of 0 and 1 ms take no time', async () => {
    expect(await world.app.run('soon')).toMatchObject({ result: 0, virtualMs: 0 });
  });

  it('timers can be cleared and refreshed', async () => {
    expect(await world.app.run('cleared')).toMatchObject({ result: [], virtualMs: 13_000 });
  });

  it('time does not overtake the thread pool', async () => {
    expect(await world.app.run('threadPool')).toMatchObject({ result: 'work finished', virtualMs: 0 });
  });

  it('a worker that is killed is replaced, and the time of its successor is right', async () => {
    const from = world.clock.now();
    const died = await world.app.run('dieOnce');
    expect(died).toMatchObject({ result: 'survived', virtualMs: MINUTE });
    const next = await world.app.run('tenMinutes');
    expect(next).toMatchObject({ worker: died.worker, result: new Date(from + 11 * MINUTE).toISOString() });
  });

  it('a worker that is killed from outside, in the middle of a timer, is replaced', async () => {
    const { worker } = await world.app.run('random');
    const outcome = await world.app.run('tenMinutes', async () => {
      await world.clock.advance(4 * MINUTE);
      process.kill(worker, 'SIGKILL');
    });
    expect(outcome.virtualMs).toBe(14 * MINUTE);
    expect(outcome.worker).not.toBe(worker);
  });

  it('a host that is killed four minutes into a wait of ten goes on in its successor, for six more', async () => {
    const from = world.clock.now();
    world.app.host().send({ wait: 10 * MINUTE });
    await world.clock.advance(4 * MINUTE);
    await world.app.restart();
    const over = waitedUntil();
    await world.clock.advance(6 * MINUTE);
    expect(await over).toBe(from + 10 * MINUTE);
  });

  it('a worker whose host is killed dies with it, and its requests end', async () => {
    const { clock, cloud, app } = world;
    const hungUp = new Promise<boolean>((resolve) => {
      cloud.answer('/never', async (request) => {
        await clock.park(Number.POSITIVE_INFINITY, request);
        resolve(request.socket.destroyed);
      });
    });
    app.host().send({ id: -1, job: 'timeout' });
    await clock.settle();
    await app.restart();
    expect(await hungUp).toBe(true);
  });

  it('a year of waiting ends on the day, and the host may be killed in between', async () => {
    const from = world.clock.now();
    world.app.host().send({ wait: 365 * DAY });
    await world.clock.advance(100 * DAY);
    await world.app.restart();
    const over = waitedUntil();
    await world.clock.advance(265 * DAY);
    expect(await over).toBe(from + 365 * DAY);
  });

  it('a program that stops listening to its parent ends, and time goes on', async () => {
    const host = world.app.host();
    const gone = once(host, 'exit');
    host.disconnect();
    await world.clock.advance(DAY);
    await gone;
    expect(host.exitCode).toBe(0);
  });
});

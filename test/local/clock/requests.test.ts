import { pbkdf2 } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { type Handler, reset } from './fixtures/cloud.ts';
import { describeOnEveryMachine } from './fixtures/world.ts';

const text =
  (body: string): Handler =>
  (_request, response) =>
    void response.end(body);

describeOnEveryMachine('requests', (world) => {
  const never: Handler = (request) => world.clock.park(Number.POSITIVE_INFINITY, request);
  /** Real work of some milliseconds before the answer. */
  const work: Handler = async (_request, response) => {
    await promisify(pbkdf2)('password', 'salt', 20_000, 64, 'sha512');
    response.end('work finished');
  };

  // This story comes first, since any other event in the process would make it report again.
  it('a process that is spoken to over a plain socket, while time moves, sets its timers in time', async () => {
    const { port } = (await world.app.run('listen')).result as AddressInfo;
    const from = world.clock.now();
    const socket = net.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    world.clock.setTimeout(() => {
      socket.write('hello');
      // Waits until the program has told the clock of an event in it.
      void world.clock.hold(() => once(world.app.host(), 'internalMessage'));
    }, 1000);
    await world.clock.advance(600_000);
    expect(world.cloud.seen.at(-1)).toEqual({ at: from + 61_000, what: 'GET /spoken-to' });
    socket.destroy();
  });

  it.each(['fetchAgainstTimer', 'httpAgainstTimer'])('time does not overtake a request (%s)', async (job) => {
    world.cloud.answer('/work', work);
    expect(await world.app.run(job)).toMatchObject({ result: 'work finished', virtualMs: 0 });
  });

  it('a parked answer comes when its time has come', async () => {
    world.cloud.answer('/parked', async (request, response) => {
      await world.clock.park(90_000, request);
      response.end('parked');
    });
    expect(await world.app.run('parked')).toMatchObject({ result: { body: 'parked', after: 90_000 } });
  });

  it('an answer that waits for other work is parked for as long as that takes', async () => {
    world.cloud.answer('/parked', async (request, response) => {
      await world.clock.parkWhile(request, () => world.clock.sleep(90_000));
      response.end('parked');
    });
    expect(await world.app.run('parked')).toMatchObject({ result: { body: 'parked', after: 90_000 } });
  });

  it('sockets are kept alive from one request to the next', async () => {
    world.cloud.answer('/port', (request, response) => void response.end(String(request.socket.remotePort)));
    expect(await world.app.run('keptSocket')).toMatchObject({ result: 1, virtualMs: 2500 });
  });

  it('a connection that is reset in the middle of a request is over for both sides', async () => {
    world.cloud.answer('/reset', reset, text('back'));
    expect(await world.app.run('reset')).toMatchObject({ result: ['ECONNRESET', 'back'], virtualMs: 30_000 });
    world.cloud.answer('/reset', reset, text('back'));
    expect(await world.app.run('resetFetch')).toMatchObject({ result: ['SocketError', 'back'], virtualMs: 30_000 });
  });

  it('a request that its sender gives up leaves nothing behind', async () => {
    let unparked = false;
    world.cloud.answer('/never', async (request) => {
      await world.clock.park(Number.POSITIVE_INFINITY, request);
      unparked = request.socket.destroyed;
    });
    world.cloud.answer('/work', work);
    expect(await world.app.run('abort')).toMatchObject({ result: ['AbortError', 'work finished'], virtualMs: 5000 });
    expect(unparked).toBe(true);
  });

  it('AbortSignal.timeout counts virtual time', async () => {
    world.cloud.answer('/never', never);
    expect(await world.app.run('timeout')).toMatchObject({ result: 'TimeoutError', virtualMs: 10_000 });
  });

  it('a process that is killed with a request open does not hold time up', async () => {
    world.cloud.answer('/never', never);
    world.cloud.answer('/lives', text('first'), text('another'));
    expect(await world.app.run('dieAsking')).toMatchObject({ result: 'second life', virtualMs: 10_000 });
  });

  /** Has the worker serve HTTP; the address of one of its routes. */
  const served = async (path: string): Promise<string> =>
    `http://127.0.0.1:${((await world.app.run('serve')).result as AddressInfo).port}${path}`;

  /** Sends a request into the worker, as Event Grid delivers; resolves to the answer or the error, and when it came. */
  const deliver = async (url: string): Promise<{ outcome: string; after: number }> => {
    const from = world.clock.now();
    const outcome = new Promise<string>((resolve) => {
      http
        .get(url, { agent: world.clock.agent }, async (response) => resolve(String(await response.toArray())))
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
    return { outcome: await outcome, after: world.clock.now() - from };
  };

  it.each([
    ['that takes its time is waited for', '/slow', 'at last', 30_000],
    ['that resets the connection is over', '/reset', 'ECONNRESET', 5000],
    ['that dies is over', '/die', 'ECONNRESET', 5000],
  ])('a delivery into a process %s', async (_, path, outcome, after) => {
    const delivery = deliver(await served(path));
    let ended = false;
    void delivery.finally(() => {
      ended = true;
    });
    expect(await world.clock.advance(600_000, () => ended)).toBe(true);
    expect(await delivery).toEqual({ outcome, after });
  });

  it('a process that works on after its answer is not overtaken', async () => {
    const url = await served('/accept');
    world.cloud.answer('/worked-on/1000', text('thank you'));
    const from = world.clock.now();
    world.clock.setTimeout(() => void deliver(url), 60_000);
    await world.clock.advance(600_000, () => world.cloud.seen.some(({ what }) => what.startsWith('GET /worked-on/')));
    expect(world.cloud.seen.at(-1)).toEqual({ at: from + 61_000, what: 'GET /worked-on/1000' });
  });

  it('requests from outside the clock are answered, and time goes on after them', async () => {
    const url = await served('/accept');
    world.cloud.answer('/worked-on/1000', text('thank you'));
    world.cloud.answer('/work', work);
    expect(await (await fetch(url)).text()).toBe('accepted');
    expect(await (await fetch(`${world.cloud.url}/work`)).text()).toBe('work finished');
    await world.clock.advance(1000);
    expect(world.cloud.seen.at(-1)).toEqual({ at: world.clock.now(), what: 'GET /worked-on/1000' });
  });

  it('a process that is set to work by what one waits for is not overtaken', async () => {
    const url = await served('/accept');
    world.cloud.answer('/worked-on/1000', text('thank you'));
    const from = world.clock.now();
    let asked = false;
    await world.clock.advance(600_000, async () => {
      if (!asked) await fetch(url);
      asked = true;
      return false;
    });
    expect(world.cloud.seen.at(-1)).toEqual({ at: from + 1000, what: 'GET /worked-on/1000' });
  });

  it('a caller from outside that hangs up does not hold time up', async () => {
    const parked = new Promise<void>((resolve) => {
      world.cloud.answer('/hang', async (request) => {
        resolve();
        await world.clock.park(Number.POSITIVE_INFINITY, request);
      });
    });
    const request = http.get(`${world.cloud.url}/hang`).on('error', () => undefined);
    const closed = new Promise((resolve) => request.on('close', resolve));
    await parked;
    request.destroy();
    await closed;
    expect(await world.app.run('tenMinutes')).toMatchObject({ virtualMs: 600_000 });
  });
});

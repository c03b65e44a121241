import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, createClock } from '../../../local/clock/authority.ts';
import { type HostProcess, startHostProcess } from '../host/host-process.ts';
import { conditions, type Load } from './fixtures/machines.ts';

const MINUTE = 60_000;

describe.each(conditions)('a Durable timer of ten minutes, on $machine', ({ load }) => {
  let burden: Load;
  let clock: Clock;
  let host: HostProcess;
  beforeAll(async () => {
    burden = await load();
    clock = createClock();
    host = await startHostProcess({}, clock);
  });
  afterAll(async () => {
    await clock.close();
    await burden.stop();
  });

  /** Advances until the orchestration has ended; its result is the time that it has slept by its own clock. */
  const ended = async (id: string) => {
    let status = await host.status(id);
    await clock.advance(60 * MINUTE, async () => {
      status = await host.status(id);
      return status.runtimeStatus === 'Completed';
    });
    return { at: clock.now(), output: status.output };
  };

  it('takes ten minutes', async () => {
    const from = clock.now();
    expect(await ended(await host.start('timer', 10 * MINUTE))).toEqual({
      at: from + 10 * MINUTE,
      output: 10 * MINUTE,
    });
  });

  it('takes ten minutes though its worker is killed after four', async () => {
    const from = clock.now();
    const id = await host.start('timer', 10 * MINUTE);
    await clock.advance(4 * MINUTE);
    for (const pid of host.ready.workerPids) process.kill(pid, 'SIGKILL');
    expect(await ended(id)).toEqual({ at: from + 10 * MINUTE, output: 10 * MINUTE });
  });

  it('takes ten minutes though its host is killed after four', async () => {
    const from = clock.now();
    const id = await host.start('timer', 10 * MINUTE);
    await clock.advance(4 * MINUTE);
    await host.kill();
    host = await startHostProcess({ state: host.state }, clock);
    expect(await ended(id)).toEqual({ at: from + 10 * MINUTE, output: 10 * MINUTE });
  });
});

import type { ChildProcess } from 'node:child_process';
import { pbkdf2 } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Clock, type ClockOptions, createClock } from '../../../local/clock/authority.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const clocks: Clock[] = [];
const aClock = (options: ClockOptions = {}): Clock => {
  const clock = createClock(options);
  clocks.push(clock);
  return clock;
};
const fixture = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
/** Work of the thread pool, of some milliseconds. */
const work = (): Promise<unknown> => promisify(pbkdf2)('password', 'salt', 10_000, 64, 'sha512');
/** Real time stands still as well, until a test moves it. */
const holdTheWall = (): void => void vi.useFakeTimers({ toNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });

afterEach(() => void vi.useRealTimers());
afterEach(() => Promise.all(clocks.splice(0).map((clock) => clock.close())));

describe('a clock', () => {
  it('begins at the instant it is given and stands still', async () => {
    holdTheWall();
    const clock = aClock({ now: new Date('2030-05-01T12:00:00Z') });
    await vi.advanceTimersByTimeAsync(DAY);
    expect(clock.now()).toBe(Date.UTC(2030, 4, 1, 12));
  });

  it('runs its timers at their own instants, in order', async () => {
    const clock = aClock();
    const fired: [string, number][] = [];
    const note = (name: string) => () => void fired.push([name, clock.now() - START]);
    clock.setTimeout(note('c'), 30);
    clock.setTimeout(note('a'), 10);
    clock.setTimeout(note('b'), 10);
    clock.clearTimeout(clock.setTimeout(note('never'), 20));
    clock.setTimeout(() => clock.setTimeout(note('nested'), 5), 15);
    await clock.advance(25);
    expect(fired).toEqual([
      ['a', 10],
      ['b', 10],
      ['nested', 20],
    ]);
    expect(clock.now()).toBe(START + 25);
  });

  it('stops where what one waits for has happened', async () => {
    const clock = aClock();
    let rang = false;
    void clock.sleep(7000).then(() => {
      rang = true;
    });
    expect(await clock.advance(60_000, () => rang)).toBe(true);
    expect(clock.now()).toBe(START + 7000);
    expect(await clock.advance(60_000, async () => false)).toBe(false);
    expect(clock.now()).toBe(START + 67_000);
  });

  it('serves two callers one after the other', async () => {
    const clock = aClock();
    const seen: number[] = [];
    for (const at of [500, 1500]) clock.setTimeout(() => seen.push(clock.now() - START), at);
    const first = clock.advance(1000).then(() => clock.now() - START);
    const second = clock.advance(1000).then(() => clock.now() - START);
    expect(await Promise.all([first, second])).toEqual([1000, 2000]);
    expect(seen).toEqual([500, 1500]);
  });

  it('goes on after an advance that failed', async () => {
    const clock = aClock();
    const failed = clock.advance(10, () => {
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await clock.advance(10);
    expect(clock.now()).toBe(START + 10);
  });

  it('never goes back', async () => {
    const clock = aClock();
    await clock.advance(1000);
    await clock.advanceTo(START);
    await clock.advance(-1000);
    expect(clock.now()).toBe(START + 1000);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses to be advanced to %s', async (instant) => {
    await expect(aClock().advanceTo(instant)).rejects.toThrow(RangeError);
  });

  it('does not overtake work that is held', async () => {
    const clock = aClock();
    let finished = false;
    clock.setTimeout(() => {
      void clock.hold(async () => {
        await work();
        finished = true;
      });
    }, 10);
    let finishedAtTwenty: boolean | undefined;
    clock.setTimeout(() => {
      finishedAtTwenty = finished;
    }, 20);
    await clock.advance(20);
    expect(finishedAtTwenty).toBe(true);
  });

  it('settles without moving', async () => {
    const clock = aClock();
    let ran = false;
    clock.setTimeout(() => {
      ran = true;
    }, 0);
    await clock.settle();
    expect(ran).toBe(true);
    expect(clock.now()).toBe(START);
    expect(clock.jumps).toBe(0);
  });

  it('follows the wall when told to, and may be advanced meanwhile', async () => {
    holdTheWall();
    const clock = aClock();
    const stop = clock.followWall(1000);
    for (let steps = 0; steps < 5; steps++) {
      await vi.advanceTimersByTimeAsync(100);
      await clock.settle();
    }
    expect(clock.now() - START).toBe(500_000);
    await clock.advance(DAY);
    expect(clock.now() - START).toBe(500_000 + DAY);
    stop();
    await vi.advanceTimersByTimeAsync(250);
    await clock.settle();
    expect(clock.now() - START).toBe(500_000 + DAY);
  });

  it('tells how fast it passes, by all who let it follow the wall', () => {
    holdTheWall();
    const clock = aClock();
    expect(clock.pace()).toBe(1);
    const [first, second] = [clock.followWall(10), clock.followWall(20)];
    expect(clock.pace()).toBe(30);
    first();
    expect(clock.pace()).toBe(20);
    second();
    expect(clock.pace()).toBe(1);
  });

  it('is one of several in a process, each with its own time', async () => {
    const [here, there] = [aClock(), aClock({ now: 0 })];
    const child = there.fork(fixture('worker.ts'));
    const answer = new Promise((resolve) => child.on('message', resolve));
    child.send({ id: 1, job: 'tenMinutes' });
    await here.advance(5);
    expect(there.now()).toBe(0);
    await there.advance(600_000);
    expect(await answer).toMatchObject({ result: '1970-01-01T00:10:00.000Z' });
    expect(here.now()).toBe(START + 5);
  });
});

describe('a process on the clock', () => {
  const randomNumbers = async (seed: number): Promise<unknown> => {
    const clock = aClock({ seed });
    const child = clock.fork(fixture('worker.ts'));
    const answer = new Promise((resolve) => child.on('message', ({ result }: { result: unknown }) => resolve(result)));
    child.send({ id: 1, job: 'random' });
    await clock.settle();
    return answer;
  };

  it('draws the same random numbers for the same seed', async () => {
    const [one, again, another] = await Promise.all([randomNumbers(1), randomNumbers(1), randomNumbers(2)]);
    expect(again).toEqual(one);
    expect(another).not.toEqual(one);
  });

  it('gets what it was sent before it listened', async () => {
    const clock = aClock();
    const child = clock.fork(fixture('late-listener.ts'));
    const answer = new Promise((resolve) => child.on('message', resolve));
    child.send('sent early');
    await clock.advance(3000);
    expect(await answer).toEqual({ heard: 'sent early', after: 2000 });
  });

  it('that lets its child go is waited for until the child has ended', async () => {
    const clock = aClock();
    const child = clock.fork(fixture('let-go.ts'));
    const answer = new Promise((resolve) => child.on('message', resolve));
    await clock.advance(600_000);
    expect(await answer).toEqual({ endedAfter: 0 });
  });

  it('that stays busy is named, with what it does', async () => {
    const lines: string[] = [];
    const warn = (line: string): void => {
      lines.push(line);
      child.send('enough');
    };
    const clock = aClock({ patience: 500, warn });
    const child: ChildProcess = clock.fork(fixture('busy.ts'), [], { stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
    let own = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      own += chunk;
    });
    await clock.advance(1000);
    expect(lines[0]).toMatch(new RegExp(`nothing has changed for \\d\\.\\d s: process ${child.pid} is at work`));
    expect(own).toContain(`process ${child.pid} (busy.ts) is at work: `);
  });
});

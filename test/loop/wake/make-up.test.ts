import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextDue } from '../../../src/config/ncrontab.ts';
import type { Durable, Guardian } from '../../../src/loop/guardian.ts';
import { openPulse } from '../../../src/loop/schedule/health.ts';
import { openAttend } from '../../../src/loop/wake/make-up.ts';
import { storageTrouble } from '../../../src/store/storage-trouble.ts';

const never = (): Promise<never> => new Promise(() => {});
const every = (minutes: number) => ({ nextDue: (after: Date) => nextDue(`0 */${minutes} * * * *`, after) });
const schedules = { sweep: every(5), probe: every(1), posture: every(30) };

type Beats = Guardian['store']['beats'];

const productWith = (beats: Partial<Beats>, settings: object = {}) => {
  const warned: string[] = [];
  const guardian = {
    settings: { schedules, ...settings },
    store: {
      troubleOf: storageTrouble,
      beats: { read: async () => ({}), beat: async () => {}, claim: async () => true, ...beats },
    },
    warn: (line: string) => void warned.push(line),
    log: () => {},
  } as unknown as Guardian;
  return { guardian, attend: openAttend(guardian), warned };
};

const durableWith = (start: Durable['start']): Durable => ({ start }) as unknown as Durable;
const well = durableWith(async () => 'atWork');

/** How long it takes, in ms of the virtual clock; given up after an hour. */
const timeOf = async (work: Promise<unknown>): Promise<number> => {
  const begun = Date.now();
  let ended: number | undefined;
  void work.finally(() => {
    ended = Date.now();
  });
  for (let second = 0; second < 3_600 && ended === undefined; second++) await vi.advanceTimersByTimeAsync(1_000);
  return ended === undefined ? Number.POSITIVE_INFINITY : ended - begun;
};

describe('What every door does beside its own work', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each([
    ['storage hangs where it reads what has come', { read: never }, well],
    ['storage hangs where it notes that an event came', { beat: never }, well],
    ['storage hangs where it claims a start', { claim: never }, well],
    ['Durable Functions hangs where it starts', {}, durableWith(never)],
  ])(
    'holds nobody for longer than two seconds, and is given up and logged within a minute, where %s',
    async (...[, beats, durable]) => {
      const { attend, warned } = productWith(beats);
      // Every timer that was due since then is missing, and a caller would make up for it.
      await vi.advanceTimersByTimeAsync(4 * 3_600_000);
      expect(await timeOf(attend(durable, 'key-vault'))).toBeLessThanOrEqual(2_000);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(warned).toEqual([expect.stringContaining('has not answered for 30 seconds')]);
    },
  );

  it('is tried anew by who comes a minute later', async () => {
    let reads = 0;
    const { attend } = productWith({
      read: () => {
        reads += 1;
        return reads === 1 ? never() : Promise.resolve({});
      },
    });
    await timeOf(attend(well));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await timeOf(attend(well))).toBe(0);
    expect(reads).toBe(2);
  });

  it('holds nobody at all where nothing is missing', async () => {
    const { attend, warned } = productWith({});
    expect(await timeOf(attend(well))).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(warned).toEqual([]);
  });

  it('lets the health of the product be told where storage hangs: it cannot be asked', async () => {
    const { attend, guardian } = productWith({ read: never, beat: never });
    const pulse = openPulse(guardian, attend)(well);
    expect(await timeOf(pulse)).toBeLessThanOrEqual(15_000);
    expect(await pulse).toMatchObject({
      kind: 'noStorage',
      why: expect.stringMatching(/has not answered for 10 seconds\. Fix: .*`cmk-guardian doctor /),
    });
  });

  it('lets the health say in words what is wrong with storage that refuses, and what mends it', async () => {
    const app = `/subscriptions/s/resourceGroups/ops/providers/Microsoft.Web/sites/keeper`;
    const refusal = Object.assign(new Error('{"odata.error":{}}'), {
      statusCode: 403,
      details: { odataError: { code: 'AuthorizationFailure', message: { value: 'Not authorized.\nRequestId:1' } } },
    });
    const { attend, guardian } = productWith({ beat: () => Promise.reject(refusal) }, { functionApp: app });
    expect(await openPulse(guardian, attend)(well)).toEqual({
      kind: 'noStorage',
      why: 'The storage account is closed to the network of the app. Fix: let the subnet of the app in, or give it a private endpoint of the account; `cmk-guardian doctor --subscription s --group ops --app keeper` tells more. Azure says: Not authorized. (AuthorizationFailure)',
    });
  });
});

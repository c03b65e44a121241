import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patientlyInEach } from '../../../src/azure/http/ration.ts';
import * as rations from '../../../src/azure/http/rations.ts';
import {
  ASKS_MS,
  type Caller,
  type Callers,
  COUNTED_MS,
  LAPSES_MS,
  openShare,
  SAYS_MS,
} from '../../../src/azure/http/share.ts';
import { type PlayedTime, playedTime } from '../../builders/played-time.ts';
import { runs } from '../../run/exhaustive.ts';

/** The ration takes three times as long to fill as a new worker waits. */
const RATION = { size: 60, perSecond: 4 };
const SECOND = 1_000;

/** A place that all workers share, and that takes its time. */
const openCallers = ({ time }: PlayedTime, latencyMs = 0) => {
  const rows = new Map<string, string>();
  const said: Caller[] = [];
  let isDown = false;
  const answering = async <Value>(answer: () => Value): Promise<Value> => {
    if (latencyMs > 0) await time.sleep(latencyMs);
    if (isDown) throw new Error('storage does not answer');
    return answer();
  };
  const callers: Callers = {
    say: ({ at, id }) =>
      answering(() => {
        said.push({ id, at });
        rows.set(id, at);
      }),
    list: () => answering((): readonly Caller[] => [...rows].map(([id, at]) => ({ id, at }))),
  };
  const fail = (is: boolean): void => {
    isDown = is;
  };
  return { callers, fail, said, forge: ({ id, at }: Caller) => void rows.set(id, at) };
};

/** Workers with one subscription, and the instants at which Azure got their requests. */
const openWorkers = (latencyMs = 0) => {
  const played = playedTime();
  const { callers, fail, forge, said } = openCallers(played, latencyMs);
  const sent: { readonly at: number; readonly by: number }[] = [];
  const join = (by: number) => {
    const share = openShare(callers, played.time, `worker-${by}`);
    const send = patientlyInEach(
      async (request) => {
        sent.push({ at: played.time.now(), by });
        return { request, status: 200, headers: createHttpHeaders() };
      },
      RATION,
      share,
    );
    const request = () => createPipelineRequest({ url: 'https://management.azure.com/subscriptions/one/resources' });
    return (count: number): void => {
      for (let n = 0; n < count; n++) void send(request());
    };
  };
  return { ...played, join, sent, fail, forge, said };
};

/** The lowest level of Azure's bucket, if it were as big as the ration. */
const lowest = (sent: readonly { readonly at: number }[]): number => {
  let [left, at, least] = [RATION.size, sent[0]?.at ?? 0, RATION.size];
  for (const one of sent) {
    left = Math.min(RATION.size, left + ((one.at - at) * RATION.perSecond) / SECOND) - 1;
    at = one.at;
    least = Math.min(least, left);
  }
  return least;
};

type Ask = { readonly afterMs: number; readonly by: number; readonly count: number };

const asked = fc.array(
  fc.record({
    afterMs: fc.oneof(fc.integer({ min: 0, max: 8_000 }), fc.integer({ min: 0, max: 2 * LAPSES_MS })),
    by: fc.integer({ min: 0, max: 5 }),
    count: fc.integer({ min: 1, max: 90 }),
  }),
  { minLength: 1, maxLength: 12 },
);

const played = async (asks: readonly Ask[], latencyMs: number) => {
  const workers = openWorkers(latencyMs);
  const asking = new Map<number, (count: number) => void>();
  for (const { afterMs, by, count } of asks) {
    await workers.pass(afterMs);
    const ask = asking.get(by) ?? workers.join(by);
    asking.set(by, ask);
    ask(count);
  }
  await workers.pass(1_000 * SECOND);
  return workers.sent;
};

describe('Workers that share a ration', () => {
  it('send together no more than the whole, whoever comes, rests and comes back, and in the end all that they were asked', async () => {
    await fc.assert(
      fc.asyncProperty(asked, fc.constantFrom(0, 40, 700), async (asks, latencyMs) => {
        const sent = await played(asks, latencyMs);
        expect(lowest(sent)).toBeGreaterThanOrEqual(-1e-6);
        expect(sent).toHaveLength(asks.reduce((sum, { count }) => sum + count, 0));
      }),
      { numRuns: runs(150) },
    );
  });

  it('do not wait where there is one, and where there are three all of it is used', async () => {
    const { join, pass, sent, time } = openWorkers();
    join(0)(RATION.size);
    await pass(0);
    expect(sent).toHaveLength(RATION.size);
    const [second, third] = [join(1), join(2)];
    for (const ask of [second, third, join(0)]) ask(1_000);
    await pass(60 * SECOND);
    const from = time.now();
    await pass(60 * SECOND);
    const late = sent.filter(({ at }) => at >= from);
    expect(late.length).toBeGreaterThanOrEqual(60 * RATION.perSecond * 0.95);
    const each = [0, 1, 2].map((one) => late.filter(({ by }) => by === one).length / late.length);
    expect(Math.min(...each)).toBeGreaterThan(0.3);
  });

  it('have the part of one that is gone, when it has said nothing for long enough', async () => {
    const { join, pass, sent, time } = openWorkers();
    const first = join(0);
    first(1);
    join(1)(1);
    await pass(10 * SECOND);
    for (let ms = 0; ms <= COUNTED_MS; ms += ASKS_MS) {
      first(1);
      await pass(ASKS_MS);
    }
    const from = time.now();
    first(1_000);
    await pass(60 * SECOND);
    const rate = sent.filter(({ at }) => at > from + 20 * SECOND).length / 40;
    expect(rate).toBeGreaterThanOrEqual(RATION.perSecond * 0.95);
  });

  it('say that they go on twice a minute, however often they ask, and one that comes then still counts them', async () => {
    const { join, pass, said, sent } = openWorkers();
    const first = join(0);
    for (let ms = 0; ms < 4 * SAYS_MS; ms += SECOND) {
      first(1);
      await pass(SECOND);
    }
    expect(said.length).toBeLessThanOrEqual(4);
    join(1)(RATION.size);
    // The second waits until the first knows of it.
    await pass(ASKS_MS - 1);
    expect(sent.filter(({ by }) => by === 1)).toEqual([]);
  });

  it('go on with a tenth each while storage does not answer', async () => {
    const { fail, join, pass, sent, time } = openWorkers();
    fail(true);
    const first = join(0);
    first(1_000);
    await pass(20 * SECOND);
    const from = time.now();
    await pass(100 * SECOND);
    const there = sent.filter(({ at }) => at > from).length;
    expect([there > 0, there <= 100 * (RATION.perSecond / 10) + 1]).toEqual([true, true]);
    fail(false);
    await pass(20 * SECOND);
    expect(sent.filter(({ at }) => at > from + 110 * SECOND).length).toBeGreaterThanOrEqual(9 * RATION.perSecond);
  });
});

describe('A worker that somebody wants to stand still', () => {
  it('sends on, with a hundredth at the least, however many workers somebody has written into the table', async () => {
    const { forge, join, pass, sent, time } = openWorkers();
    const forged = (): void => {
      for (let n = 0; n < 5_000; n++) forge({ id: `forged-${n}`, at: new Date(time.now()).toISOString() });
    };
    forged();
    join(0)(1_000);
    for (let minute = 0; minute < 10; minute++) {
      await pass(60 * SECOND);
      forged();
    }
    expect(sent.length).toBeGreaterThanOrEqual((600 * RATION.perSecond) / 100 - 1);
  });

  it('sends on where its clock was an hour ahead and is set right', async () => {
    const { join, pass, sent, setBack } = openWorkers();
    const workers = [join(0), join(1)];
    for (const ask of workers) ask(1);
    await pass(20 * SECOND);
    setBack(60 * 60 * SECOND);
    const before = sent.length;
    for (const ask of workers) ask(1);
    for (let n = 0; n < 12; n++) await pass(ASKS_MS);
    expect(sent.length).toBe(before + 2);
  });
});

describe('The rations of Resource Manager', () => {
  const { DETOURS, LISTS, READS, READS_BESIDE_LISTS, WRITES } = rations;
  const together = (...all: readonly { readonly size: number; readonly perSecond: number }[]) => ({
    size: all.reduce((sum, { size }) => sum + size, 0),
    perSecond: all.reduce((sum, { perSecond }) => sum + perSecond, 0),
  });
  const fits = (asked: ReturnType<typeof together>, size: number, perSecond: number): boolean =>
    asked.size <= size && asked.perSecond <= perSecond;

  it('are together no more than Azure allows for a subscription, with lists of vaults and without', () => {
    expect(fits(together(READS, DETOURS), 250, 25)).toBe(true);
    expect(fits(together(READS_BESIDE_LISTS, DETOURS, LISTS), 250, 25)).toBe(true);
    expect(fits(WRITES, 200, 10)).toBe(true);
  });

  it('are full again before a worker counts as gone: who comes then may begin with a full bucket', () => {
    for (const { perSecond, size } of Object.values(rations))
      expect((size / perSecond) * SECOND).toBeLessThan(COUNTED_MS - ASKS_MS);
  });
});

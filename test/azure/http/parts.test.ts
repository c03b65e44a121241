import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openParts } from '../../../src/azure/http/parts.ts';
import { orRefusedInEach } from '../../../src/azure/http/ration.ts';

const RATION = { size: 10, perSecond: 10 };
const SECONDS = 60;

/** A worker's client, which counts what Azure gets of it, and refuses what is above this worker's part. */
const aWorker = async () => {
  const parts = openParts();
  let sent = 0;
  const send = await orRefusedInEach(
    async (request) => {
      sent += 1;
      return { request, status: 200, headers: createHttpHeaders() };
    },
    RATION,
    parts.now,
  );
  const url = 'https://management.azure.com/subscriptions/one/resourceGroups';
  const ask = () => send(createPipelineRequest({ url })).catch(() => undefined);
  return { parts, ask, sent: () => sent };
};

/** One part: as many calls as it gets through, for a minute, all parts side by side. */
const workedOff = async (workers: readonly number[]): Promise<number> => {
  const beside = workers.length;
  const all = await Promise.all(Array.from({ length: Math.max(...workers) + 1 }, aWorker));
  const end = Date.now() + SECONDS * 1_000;
  let ended = (): void => {};
  const minute = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const parts = workers.map((one) => all[one]?.parts.during(beside, () => minute));
  for (; Date.now() < end; vi.setSystemTime(Date.now() + 50)) for (const one of workers) await all[one]?.ask();
  ended();
  await Promise.all(parts);
  return all.reduce((sum, { sent }) => sum + sent(), 0);
};

describe('Parts of one ration', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  it('take together no more than the whole, whichever workers they are with', async () => {
    const workers = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(workers, async (of) => {
        const sent = await workedOff(of);
        // What each worker may send at once comes on top of it, one call at least.
        expect(sent).toBeLessThanOrEqual(SECONDS * RATION.perSecond + new Set(of).size * RATION.size);
        expect(sent).toBeGreaterThan(SECONDS * RATION.perSecond * 0.8);
      }),
      { numRuns: 20 },
    );
  });

  it('are the whole where nothing is handed out, and after a part has failed', async () => {
    const parts = openParts();
    expect(parts.now()).toBe(1);
    const failing = parts.during(4, async () => {
      expect(parts.now()).toBe(1 / 4);
      throw new Error('refused');
    });
    await expect(failing).rejects.toThrow('refused');
    expect(parts.now()).toBe(1);
  });
});

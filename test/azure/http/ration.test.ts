import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { orRefusedInEach, patientlyInEach } from '../../../src/azure/http/ration.ts';

const ARM = 'https://management.azure.com';
const RATION = { size: 3, perSecond: 20 };

/** Sends reads to an Azure that answers at once, and notes what has arrived. */
const start = async () => {
  const arrived: string[] = [];
  const send = await patientlyInEach(async (request) => {
    arrived.push(new URL(request.url).pathname);
    return { request, status: 200, headers: createHttpHeaders() };
  }, RATION);
  const read = (path: string) => send(createPipelineRequest({ url: `${ARM}${path}` }));
  const many = (path: string, count: number) => Array.from({ length: count }, (_, n) => read(`${path}/${n}`));
  return { arrived, many };
};

/** Time stands still but for timers: a machine that is slow to ask does not fill a ration meanwhile. */
const frozenTime = (): void => {
  vi.useFakeTimers({ toNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
};

describe('Reads of Resource Manager', () => {
  beforeEach(frozenTime);
  afterEach(() => void vi.useRealTimers());

  it('wait their turn where one subscription gets more of them than it takes', async () => {
    const { arrived, many } = await start();
    const before = performance.now();
    const all = many('/subscriptions/a/r', 7);
    await Promise.all(all.slice(0, RATION.size));
    expect(arrived).toHaveLength(RATION.size);
    await Promise.all(all);
    expect(arrived).toHaveLength(7);
    expect(performance.now() - before).toBeGreaterThanOrEqual(180);
  });

  it('of another subscription, and what names none, do not wait behind them; a spelling is no other subscription', async () => {
    const { arrived, many } = await start();
    const first = many('/subscriptions/a', 3);
    const later = many('/subscriptions/A', 1);
    await Promise.all([...first, ...many('/subscriptions/b', 3), ...many('/providers/p', 5)]);
    expect(arrived).toHaveLength(11);
    await Promise.all(later);
    expect(arrived).toHaveLength(12);
  });
});

describe('Writes of Resource Manager', () => {
  beforeEach(frozenTime);
  afterEach(() => void vi.useRealTimers());

  const writing = async () => {
    const arrived: string[] = [];
    const send = await orRefusedInEach(async (request) => {
      arrived.push(new URL(request.url).pathname);
      return { request, status: 200, headers: createHttpHeaders() };
    }, RATION);
    return { arrived, write: (url: string) => send(createPipelineRequest({ url, method: 'PUT' })) };
  };

  it('are refused before anything is sent where one subscription gets more than it takes, with when there is one more', async () => {
    const { arrived, write } = await writing();
    for (let n = 0; n < RATION.size; n++) await write(`${ARM}/subscriptions/a/r/${n}`);
    await expect(write(`${ARM}/subscriptions/A/r/9`)).rejects.toMatchObject({ statusCode: 429 });
    const refused = await write(`${ARM}/subscriptions/a/r/9`).catch((error) => error);
    const wait = Number(refused.response.headers.get('retry-after-ms'));
    expect([wait > 0, wait <= 1_000 / RATION.perSecond]).toEqual([true, true]);
    expect(arrived).toHaveLength(RATION.size);
    vi.setSystemTime(Date.now() + wait);
    await write(`${ARM}/subscriptions/a/r/9`);
    expect(arrived).toHaveLength(RATION.size + 1);
  });

  it('of another subscription, and those of a vault, are no part of them: one repair is never late', async () => {
    const { arrived, write } = await writing();
    for (let n = 0; n < RATION.size; n++) await write(`${ARM}/subscriptions/a/r/${n}`);
    await write(`${ARM}/subscriptions/b/r/0`);
    for (let n = 0; n < 2 * RATION.size; n++) await write(`https://kv.vault.azure.net/keys/cmk/${n}`);
    expect(arrived).toHaveLength(3 * RATION.size + 1);
  });
});

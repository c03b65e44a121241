import { createHttpHeaders, createPipelineRequest, type PipelineRequest } from '@azure/core-rest-pipeline';
import { describe, expect, it } from 'vitest';
import { orRefusedInEach, patientlyInEach } from '../../../src/azure/http/ration.ts';
import { wholeShare } from '../../../src/azure/http/share.ts';
import { playedTime } from '../../builders/played-time.ts';

const ARM = 'https://management.azure.com';
const RATION = { size: 3, perSecond: 20 };

/** Sends reads to an Azure that answers at once, and notes what has arrived. */
const start = () => {
  const arrived: string[] = [];
  const { pass, time } = playedTime();
  const send = patientlyInEach(
    async (request) => {
      arrived.push(new URL(request.url).pathname);
      return { request, status: 200, headers: createHttpHeaders() };
    },
    RATION,
    wholeShare(time),
  );
  const read = (path: string) => void send(createPipelineRequest({ url: `${ARM}${path}` }));
  const ask = (path: string, count: number) => {
    for (let n = 0; n < count; n++) read(`${path}/${n}`);
  };
  return { arrived, ask, pass };
};

describe('Reads of Resource Manager', () => {
  it('wait their turn where one subscription gets more of them than it takes', async () => {
    const { arrived, ask, pass } = start();
    ask('/subscriptions/a/r', 7);
    await pass(0);
    expect(arrived).toHaveLength(RATION.size);
    await pass(150);
    expect(arrived).toHaveLength(6);
    await pass(50);
    expect(arrived).toEqual(Array.from({ length: 7 }, (_, n) => `/subscriptions/a/r/${n}`));
  });

  it('of another subscription, and what names none, do not wait behind them; a spelling is no other subscription', async () => {
    const { arrived, ask, pass } = start();
    ask('/subscriptions/a', 3);
    ask('/subscriptions/A', 1);
    ask('/subscriptions/b', 3);
    ask('/providers/p', 5);
    await pass(0);
    expect(arrived).toHaveLength(11);
    await pass(50);
    expect(arrived).toHaveLength(12);
  });
});

describe('Writes of Resource Manager', () => {
  const writing = async () => {
    const arrived: string[] = [];
    const { pass, time } = playedTime();
    const note = async (request: PipelineRequest) => {
      arrived.push(new URL(request.url).pathname);
      return { request, status: 200, headers: createHttpHeaders() };
    };
    const send = await orRefusedInEach(note, RATION, wholeShare(time));
    return { arrived, pass, write: (url: string) => send(createPipelineRequest({ url, method: 'PUT' })) };
  };

  it('are refused before anything is sent where one subscription gets more than it takes, with when there is one more', async () => {
    const { arrived, pass, write } = await writing();
    for (let n = 0; n < RATION.size; n++) await write(`${ARM}/subscriptions/a/r/${n}`);
    await expect(write(`${ARM}/subscriptions/A/r/9`)).rejects.toMatchObject({ statusCode: 429 });
    const refused = await write(`${ARM}/subscriptions/a/r/9`).catch((error) => error);
    const wait = Number(refused.response.headers.get('retry-after-ms'));
    expect([wait > 0, wait <= 1_000 / RATION.perSecond]).toEqual([true, true]);
    expect(arrived).toHaveLength(RATION.size);
    await pass(wait);
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

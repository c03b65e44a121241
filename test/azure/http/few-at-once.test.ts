import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fewAtOnce } from '../../../src/azure/http/few-at-once.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An Azure whose hosts answer after so many ms each; one that is not named never answers. */
const start = (answers: Readonly<Record<string, number>>) => {
  const sent: string[] = [];
  let [underWay, mostUnderWay] = [0, 0];
  const send = fewAtOnce(
    async (request) => {
      const { hostname } = new URL(request.url);
      sent.push(hostname);
      underWay += 1;
      mostUnderWay = Math.max(mostUnderWay, underWay);
      const ms = answers[hostname];
      await new Promise<void>((resolve) => ms !== undefined && setTimeout(resolve, ms));
      underWay -= 1;
      return { request, status: 200, headers: createHttpHeaders() };
    },
    { ofVault: 2, ofAll: 4 },
  );
  const ask = (hostname: string, count: number): void => {
    for (let n = 0; n < count; n += 1) void send(createPipelineRequest({ url: `https://${hostname}/keys/${n}` }));
  };
  const sentTo = (hostname: string): number => sent.filter((one) => one === hostname).length;
  return { ask, sentTo, mostUnderWay: () => mostUnderWay };
};

const [SLOW, ORDERS, WEB, ARM] = [
  'a.vault.azure.net',
  'b.vault.azure.net',
  'c.vault.azure.net',
  'management.azure.com',
];

describe('Requests that would all be sent at the same moment', () => {
  it('are sent few at a time, fewer to one vault, and all in the end', async () => {
    const { ask, mostUnderWay, sentTo } = start({ [ORDERS]: 20, [WEB]: 20, [ARM]: 20 });
    ask(ORDERS, 5);
    await vi.advanceTimersByTimeAsync(0);
    expect(sentTo(ORDERS)).toBe(2);
    ask(ARM, 5);
    ask(WEB, 5);
    await vi.advanceTimersByTimeAsync(200);
    expect([ORDERS, ARM, WEB].map(sentTo)).toEqual([5, 5, 5]);
    expect(mostUnderWay()).toBe(4);
  });

  it('do not wait for longer than a moment for those of a host that hangs', async () => {
    const { ask, sentTo } = start({ [ORDERS]: 20, [ARM]: 20 });
    ask(SLOW, 2);
    ask(WEB, 2);
    await vi.advanceTimersByTimeAsync(0);
    ask(ORDERS, 2);
    await vi.advanceTimersByTimeAsync(249);
    expect(sentTo(ORDERS)).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(sentTo(ORDERS)).toBe(2);
  });
});

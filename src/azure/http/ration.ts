import type { HttpClient } from '@azure/core-rest-pipeline';

/** A bucket as those of Azure Resource Manager: it holds so many requests, and gets so many a second. */
export type Ration = { readonly size: number; readonly perSecond: number };

type Bucket = {
  /** Milliseconds until there is one more; 0 where there is one. */
  waitMs(): number;
  /** Takes one out, though there may be none: the next one then waits longer. */
  take(): void;
};

const openBucket = ({ size, perSecond }: Ration): Bucket => {
  let left = size;
  let at = Date.now();
  return {
    waitMs: () => {
      const now = Date.now();
      left = Math.min(size, left + ((now - at) * perSecond) / 1_000);
      at = now;
      return left >= 1 ? 0 : Math.ceil(((1 - left) * 1_000) / perSecond);
    },
    take: () => {
      left -= 1;
    },
  };
};

/** Sends no more than that; what is more waits its turn. */
export const patiently = async (httpClient: HttpClient, ration: Ration): Promise<HttpClient> => {
  const { setTimeout } = await import('node:timers/promises');
  const bucket = openBucket(ration);
  return {
    sendRequest: async (request) => {
      const waitMs = bucket.waitMs();
      bucket.take();
      if (waitMs > 0) await setTimeout(waitMs);
      return httpClient.sendRequest(request);
    },
  };
};

/** Sends no more than that; what is more is refused as Azure would: 429, and when there will be one more. */
export const orRefused = async (httpClient: HttpClient, ration: Ration): Promise<HttpClient> => {
  const { createHttpHeaders, RestError } = await import('@azure/core-rest-pipeline');
  const bucket = openBucket(ration);
  return {
    sendRequest: async (request) => {
      const waitMs = bucket.waitMs();
      if (waitMs > 0) {
        const response = { request, status: 429, headers: createHttpHeaders({ 'retry-after-ms': String(waitMs) }) };
        throw new RestError('the ration of such requests is used up', { request, response, statusCode: 429 });
      }
      bucket.take();
      return httpClient.sendRequest(request);
    },
  };
};

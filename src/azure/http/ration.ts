import type { PipelineRequest, SendRequest } from '@azure/core-rest-pipeline';

/** A bucket like those of Azure Resource Manager: it holds `size` requests, and gets `perSecond` new ones each second. */
export type Ration = { readonly size: number; readonly perSecond: number };

type Bucket = {
  /** Milliseconds until the bucket has a request; 0 where it has one. */
  waitMs(): number;
  /** Takes a request out, even of an empty bucket: the next one then waits longer. */
  take(): void;
};

/** The fraction of the ration that this process may use now, above 0 and up to 1. */
type Part = () => number;

const whole: Part = () => 1;

const openBucket = ({ size, perSecond }: Ration, part: Part = whole): Bucket => {
  let left = size * part();
  let at = Date.now();
  return {
    waitMs: () => {
      const now = Date.now();
      const rate = (perSecond * part()) / 1_000;
      left = Math.min(Math.max(1, size * part()), left + (now - at) * rate);
      at = now;
      return left >= 1 ? 0 : Math.ceil((1 - left) / rate);
    },
    take: () => {
      left -= 1;
    },
  };
};

type Turn = (bucket: Bucket) => Promise<void>;

const openTurns = async (): Promise<Turn> => {
  const { setTimeout } = await import('node:timers/promises');
  return async (bucket) => {
    const waitMs = bucket.waitMs();
    bucket.take();
    if (waitMs > 0) await setTimeout(waitMs);
  };
};

const SUBSCRIPTION = /^\/subscriptions\/([^/]+)/i;

/** The bucket of the subscription in a request to Resource Manager; `undefined` where the request names no subscription. */
const openBuckets = (ration: Ration, part?: Part): ((request: PipelineRequest) => Bucket | undefined) => {
  const buckets = new Map<string, Bucket>();
  return ({ url }) => {
    const [, subscription] = SUBSCRIPTION.exec(new URL(url).pathname) ?? [];
    if (subscription === undefined) return undefined;
    const name = subscription.toLowerCase();
    const bucket = buckets.get(name) ?? openBucket(ration, part);
    buckets.set(name, bucket);
    return bucket;
  };
};

/**
 * Sends no more than the ration, or than this process's part of it, to Resource Manager for each subscription. A
 * request above it waits. A request without a subscription is not limited.
 */
export const patientlyInEach = async (send: SendRequest, ration: Ration, part?: Part): Promise<SendRequest> => {
  const turn = await openTurns();
  const bucketOf = openBuckets(ration, part);
  return async (request) => {
    const bucket = bucketOf(request);
    if (bucket) await turn(bucket);
    return send(request);
  };
};

type Refuse = (request: PipelineRequest, waitMs: number) => never;

const openRefusal = async (): Promise<Refuse> => {
  const { createHttpHeaders, RestError } = await import('@azure/core-rest-pipeline');
  return (request, waitMs) => {
    const response = { request, status: 429, headers: createHttpHeaders({ 'retry-after-ms': String(waitMs) }) };
    throw new RestError('the ration of such requests is used up', { request, response, statusCode: 429 });
  };
};

const takeOr = (refuse: Refuse, bucket: Bucket, request: PipelineRequest): void => {
  const waitMs = bucket.waitMs();
  if (waitMs > 0) refuse(request, waitMs);
  bucket.take();
};

/**
 * Like `patientlyInEach`, for requests that must not wait while a step holds a lease. A request above the ration is
 * refused as Azure would, with 429 and the time to wait, before anything is sent.
 */
export const orRefusedInEach = async (send: SendRequest, ration: Ration, part?: Part): Promise<SendRequest> => {
  const refuse = await openRefusal();
  const bucketOf = openBuckets(ration, part);
  return async (request) => {
    const bucket = bucketOf(request);
    if (bucket) takeOr(refuse, bucket, request);
    return send(request);
  };
};

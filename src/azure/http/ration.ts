import type { PipelineRequest, SendRequest } from '@azure/core-rest-pipeline';
import { inOrder } from './in-order.ts';
import { subscriptionIn } from './place-of.ts';
import type { Share } from './share.ts';

/** A bucket like those of Azure Resource Manager: it holds `size` requests, and gets `perSecond` new ones each second. */
export type Ration = { readonly size: number; readonly perSecond: number };

type Bucket = {
  /** Milliseconds until the bucket has a request; 0 where it has one. */
  waitMs(): number;
  /** Takes a request out, even of an empty bucket: the next one then waits longer. */
  take(): void;
};

/**
 * A bucket that nobody has used counts as full where this worker was alone when it began to send, and as empty where others were
 * there: they may have used what there was.
 */
const openBucket = ({ size, perSecond }: Ration, share: Share): Bucket => {
  let left = 0;
  let at = -Infinity;
  return {
    waitMs: () => {
      const now = share.time.now();
      const [part, joined] = [share.fraction(), share.joined()];
      const rate = (perSecond * part) / 1_000;
      if (at < joined) left = 0;
      const filling = now - Math.max(at, joined, share.since());
      left = Math.min(Math.max(1, size * part), left + Math.max(0, filling) * rate);
      at = now;
      return left >= 1 ? 0 : Math.ceil((1 - left) / rate);
    },
    take: () => {
      left -= 1;
    },
  };
};

/** The longest wait until the worker asks anew how much it may take. */
const RECKONS_MS = 5_000;
/** The shortest: a shorter one may end before the clock has moved. */
const TICK_MS = 5;

/** Waits until this request has its turn. The part of the ration that this worker may use may change meanwhile. */
const takeTurn = async (bucket: Bucket, share: Share): Promise<void> => {
  for (;;) {
    await share.ready();
    const waitMs = bucket.waitMs();
    if (waitMs === 0) return bucket.take();
    await share.time.sleep(Math.min(Math.max(waitMs, TICK_MS), RECKONS_MS));
  }
};

/** The bucket of the subscription in a request to Resource Manager; `undefined` where the request names no subscription. */
const openBuckets = <Held>(open: () => Held): ((request: PipelineRequest) => Held | undefined) => {
  const buckets = new Map<string, Held>();
  return ({ url }) => {
    const name = subscriptionIn(url);
    if (name === undefined) return undefined;
    const bucket = buckets.get(name) ?? open();
    buckets.set(name, bucket);
    return bucket;
  };
};

/**
 * Sends no more than this worker's share of the ration to Resource Manager for each subscription. A request above it waits.
 * A request without a subscription is not limited.
 */
export const patientlyInEach = (send: SendRequest, ration: Ration, share: Share): SendRequest => {
  const bucketOf = openBuckets(() => ({ bucket: openBucket(ration, share), queue: inOrder() }));
  return async (request) => {
    const held = bucketOf(request);
    if (held) await held.queue(() => takeTurn(held.bucket, share));
    return send(request);
  };
};

type Refuse = (request: PipelineRequest, waitMs: number) => never;

/** The code of a request that the product has not sent, to keep to what Azure allows. */
export const RATION_USED_UP = 'RationUsedUp';

const openRefusal = async (): Promise<Refuse> => {
  const { createHttpHeaders, RestError } = await import('@azure/core-rest-pipeline');
  return (request, waitMs) => {
    const response = { request, status: 429, headers: createHttpHeaders({ 'retry-after-ms': String(waitMs) }) };
    throw new RestError('the ration of such requests is used up', {
      code: RATION_USED_UP,
      request,
      response,
      statusCode: 429,
    });
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
export const orRefusedInEach = async (send: SendRequest, ration: Ration, share: Share): Promise<SendRequest> => {
  const refuse = await openRefusal();
  const bucketOf = openBuckets(() => openBucket(ration, share));
  return async (request) => {
    const bucket = bucketOf(request);
    if (bucket) {
      await share.ready();
      takeOr(refuse, bucket, request);
    }
    return send(request);
  };
};

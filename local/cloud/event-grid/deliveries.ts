import type { World } from '../room.ts';
import type { EventSubscription } from './event-subscription.ts';
import { notify } from './notify.ts';
import { nextAttempt, type Outcome } from './retry-schedule.ts';

/** One event on its way to one subscription, already in its schema. Instants are milliseconds. */
export type Delivery = {
  id: string;
  event: Record<string, unknown>;
  publishedAt: number;
  dueAt: number;
  attempts: number;
};

/** What could not be delivered, as it would be written to the dead-letter container. */
export type DeadLetter = {
  event: Record<string, unknown>;
  deadLetterReason: string;
  deliveryAttempts: number;
  lastDeliveryOutcome: string;
  publishTime: string;
  lastDeliveryAttemptTime: string;
};

/** The queue of one subscription. Order means nothing in it. */
export type Deliveries = {
  enqueue(id: string, event: Record<string, unknown>, delayMs: number): void;
  pending(): Delivery[];
  deadLetters(): DeadLetter[];
  delivered(): number;
  /** Drops what waits: a deleted subscription delivers nothing more. */
  stop(): void;
};

const describe = (outcome: Outcome) => ('status' in outcome ? String(outcome.status) : outcome.failure);
const time = (instant: number) => new Date(instant).toISOString();

/** Splits what is due into requests: same attempt, at most so many events, about so many kilobytes. */
export const batches = (
  due: Delivery[],
  { maxEventsPerBatch, preferredBatchSizeInKilobytes }: EventSubscription,
): Delivery[][] => {
  const made: Delivery[][] = [];
  let size = 0;
  for (const delivery of [...due].sort((a, b) => a.attempts - b.attempts)) {
    const bytes = Buffer.byteLength(JSON.stringify(delivery.event));
    const current = made.at(-1);
    const fits =
      current !== undefined &&
      current[0]?.attempts === delivery.attempts &&
      current.length < maxEventsPerBatch &&
      size + bytes <= preferredBatchSizeInKilobytes * 1024;
    if (fits) current.push(delivery);
    else made.push([delivery]);
    size = fits ? size + bytes : bytes;
  }
  return made;
};

/** Delivers at least once: what an endpoint does not take is tried again on the schedule, until it is a dead letter. */
export const createDeliveries = (world: World, subscription: () => EventSubscription): Deliveries => {
  let waiting: Delivery[] = [];
  const dead: DeadLetter[] = [];
  let done = 0;
  let isStopped = false;

  const wait = (delivery: Delivery, delayMs: number): void => {
    if (isStopped) return;
    delivery.dueAt = world.clock.now() + delayMs;
    waiting.push(delivery);
    world.clock.setTimeout(() => void flush(), delayMs);
  };
  const settle = (delivery: Delivery, outcome: Outcome): void => {
    const now = world.clock.now();
    delivery.attempts += 1;
    const next = nextAttempt(outcome, delivery.attempts, now - delivery.publishedAt, subscription().retryPolicy);
    if (next.kind === 'delivered') done += 1;
    if (next.kind === 'retry') wait(delivery, next.after);
    if (next.kind === 'deadLetter')
      dead.push({
        event: delivery.event,
        deadLetterReason: next.reason,
        deliveryAttempts: delivery.attempts,
        lastDeliveryOutcome: describe(outcome),
        publishTime: time(delivery.publishedAt),
        lastDeliveryAttemptTime: time(now),
      });
  };
  const flush = async (): Promise<void> => {
    const due = waiting.filter(({ dueAt }) => dueAt <= world.clock.now());
    waiting = waiting.filter((delivery) => !due.includes(delivery));
    await Promise.all(
      batches(due, subscription()).map(async (batch) => {
        const outcome = await notify(world.clock, subscription(), batch);
        for (const delivery of batch) settle(delivery, outcome);
      }),
    );
  };
  return {
    enqueue: (id, event, delayMs) => {
      const now = world.clock.now();
      wait({ id, event, publishedAt: now, dueAt: now, attempts: 0 }, delayMs);
    },
    pending: () => [...waiting],
    deadLetters: () => [...dead],
    delivered: () => done,
    stop: () => {
      isStopped = true;
      waiting = [];
    },
  };
};

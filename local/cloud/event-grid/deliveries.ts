import type { World } from '../service.ts';
import { batches } from './batches.ts';
import { type DeadLetter, deadLetter } from './dead-letter.ts';
import type { DeadLetterBlobs } from './dead-letter-blobs.ts';
import type { Delivery } from './delivery.ts';
import type { EventSubscription } from './event-subscription.ts';
import { notify } from './notify.ts';
import { nextAttempt, type Outcome } from './retry-schedule.ts';

/** The queue of one subscription. Events are delivered in any order. */
export type Deliveries = {
  enqueue(id: string, event: Record<string, unknown>, delayMs: number): void;
  pending(): Delivery[];
  deadLetters(): DeadLetter[];
  delivered(): number;
  /** Drops waiting events: a deleted subscription delivers nothing more. */
  stop(): void;
};

/**
 * Delivers at least once: an event that its endpoint does not accept is tried again on the schedule, until it is a dead letter.
 */
export const createDeliveries = (
  world: World,
  subscription: () => EventSubscription,
  blobs: Pick<DeadLetterBlobs, 'write'>,
): Deliveries => {
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
    if (next.kind !== 'deadLetter') return;
    const letter = deadLetter(delivery, outcome, next.reason, now);
    dead.push(letter);
    blobs.write(subscription(), letter);
  };
  const flush = async (): Promise<void> => {
    const due = waiting.filter(({ dueAt }) => dueAt <= world.clock.now());
    waiting = waiting.filter((delivery) => !due.includes(delivery));
    await Promise.all(
      batches(due, subscription()).map(async (batch) => {
        const outcome = await notify(world, subscription(), batch);
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

import type { Delivery } from './delivery.ts';
import type { Outcome } from './retry-schedule.ts';

/** An event that could not be delivered, as Event Grid writes it to the dead-letter container. */
export type DeadLetter = {
  event: Record<string, unknown>;
  deadLetterReason: string;
  deliveryAttempts: number;
  lastDeliveryOutcome: string;
  publishTime: string;
  lastDeliveryAttemptTime: string;
};

const describe = (outcome: Outcome) => ('status' in outcome ? String(outcome.status) : outcome.failure);
const time = (instant: number) => new Date(instant).toISOString();

/** The dead letter of a delivery that was given up at an instant. */
export const deadLetter = (delivery: Delivery, outcome: Outcome, reason: string, now: number): DeadLetter => ({
  event: delivery.event,
  deadLetterReason: reason,
  deliveryAttempts: delivery.attempts,
  lastDeliveryOutcome: describe(outcome),
  publishTime: time(delivery.publishedAt),
  lastDeliveryAttemptTime: time(now),
});

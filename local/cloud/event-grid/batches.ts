import type { Delivery } from './delivery.ts';
import type { EventSubscription } from './event-subscription.ts';

/** Splits due deliveries into requests: same attempt, at most so many events, about so many kilobytes. */
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

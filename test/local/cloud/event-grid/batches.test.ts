import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batches } from '../../../../local/cloud/event-grid/batches.ts';
import type { Delivery } from '../../../../local/cloud/event-grid/delivery.ts';
import { newSubscription } from '../../../../local/cloud/event-grid/event-subscription.ts';

const subscription = (maxEventsPerBatch: number, preferredBatchSizeInKilobytes: number) =>
  newSubscription({
    name: 'guardian',
    scope: '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/contoso',
    endpointUrl: 'http://127.0.0.1:7071/events',
    maxEventsPerBatch,
    preferredBatchSizeInKilobytes,
  });

const due: fc.Arbitrary<Delivery[]> = fc.array(fc.record({ attempts: fc.nat(3), bytes: fc.nat(3000) })).map((list) =>
  list.map(({ attempts, bytes }, n) => ({
    id: String(n),
    event: { padding: 'x'.repeat(bytes) },
    publishedAt: 0,
    dueAt: 0,
    attempts,
  })),
);

describe('the batches of what is due', () => {
  it('hold every delivery once, no more than allowed, and never deliveries of different attempts', () => {
    fc.assert(
      fc.property(
        due,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        (deliveries, most, kilobytes) => {
          const made = batches(deliveries, subscription(most, kilobytes));
          expect(
            made
              .flat()
              .map(({ id }) => id)
              .sort(),
          ).toEqual(deliveries.map(({ id }) => id).sort());
          for (const batch of made) {
            expect(batch.length).toBeLessThanOrEqual(most);
            expect(new Set(batch.map(({ attempts }) => attempts)).size).toBe(1);
            const size = batch.reduce((sum, { event }) => sum + JSON.stringify(event).length, 0);
            expect(batch.length === 1 || size <= kilobytes * 1024).toBe(true);
          }
        },
      ),
    );
  });

  it('are single deliveries unless the subscription asks for more', () => {
    fc.assert(
      fc.property(due, (deliveries) => {
        expect(batches(deliveries, subscription(1, 64)).every((batch) => batch.length === 1)).toBe(true);
      }),
    );
  });
});

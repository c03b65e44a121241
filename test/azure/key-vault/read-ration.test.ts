import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openParts } from '../../../src/azure/key-vault/parts.ts';
import { OverRation, openReadRation, openWindow } from '../../../src/azure/key-vault/read-ration.ts';
import { aVault, NOW } from '../../builders/observation.ts';
import { runs } from '../../run/exhaustive.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const WINDOW = 10_000;
const pass = (ms: number): void => void vi.setSystemTime(Date.now() + ms);

type Sent = { readonly at: number; readonly cost: number };

/** The most reads within any ten seconds. */
const busiest = (sent: readonly Sent[]): number =>
  Math.max(
    0,
    ...sent.map(({ at }) =>
      sent.filter((one) => one.at >= at && one.at < at + WINDOW).reduce((sum, { cost }) => sum + cost, 0),
    ),
  );

const costs = fc.array(fc.constantFrom(1, 2, 4, 8, 16), { minLength: 1, maxLength: 200 });

describe('Reads that nobody has planned', () => {
  it('of any types take of a vault, in any ten seconds, what they may, and as soon as they may', () => {
    fc.assert(
      fc.property(
        costs,
        fc.array(fc.nat(3_000), { maxLength: 20 }),
        fc.integer({ min: 16, max: 700 }),
        (all, rests, most) => {
          const window = openWindow();
          const sent: Sent[] = [];
          for (const [at, cost] of all.entries()) {
            pass(rests[at % Math.max(1, rests.length)] ?? 0);
            const waited = window.waitMs(cost, most);
            pass(Math.max(0, waited - 1));
            if (waited > 0) expect(window.waitMs(cost, most)).toBe(1);
            pass(Math.min(1, waited));
            expect(window.waitMs(cost, most)).toBe(0);
            window.spend(cost);
            sent.push({ at: Date.now(), cost });
          }
          expect(busiest(sent)).toBeLessThanOrEqual(most);
        },
      ),
      { numRuns: runs(100) },
    );
  });

  it('take together, in several workers that end their parts whenever they like, what one might', async () => {
    const part = fc.record({ worker: fc.nat(2), beginsAt: fc.nat(9_999), lastsMs: fc.nat(3_000), reads: fc.nat(60) });
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 10, maxLength: 40 }), async (parts) => {
        vi.setSystemTime(NOW);
        const began = NOW.getTime();
        const workers = [0, 1, 2].map(() => {
          const own = openParts(WINDOW);
          return { own, ration: openReadRation(own) };
        });
        const sent: Sent[] = [];
        for (const { worker, beginsAt, reads } of parts.toSorted((a, b) => a.beginsAt - b.beginsAt)) {
          vi.setSystemTime(began + beginsAt);
          const { own, ration } = workers[worker] ?? { own: openParts(), ration: openReadRation({ now: () => 0 }) };
          await own.during(parts.length, async () => {
            for (let n = 0; n < reads; n += 1) {
              const taken = ration.take(aVault(), 1, { share: 0.2, until: Date.now() });
              if (
                await taken.then(
                  () => false,
                  (error: unknown) => error instanceof OverRation,
                )
              )
                break;
              sent.push({ at: Date.now(), cost: 1 });
            }
          });
        }
        expect(busiest(sent)).toBeLessThanOrEqual(4_000 * 0.2);
      }),
      { numRuns: runs(30) },
    );
  });

  it('are left to the next run where they would have to wait for longer than this one lasts', async () => {
    const ration = openReadRation({ now: () => 1 });
    const take = (cost: number) => ration.take(aVault(), cost, { share: 0.01, until: Date.now() + WINDOW });
    await take(40);
    await expect(take(1)).rejects.toThrow(OverRation);
    pass(WINDOW);
    await take(1);
  });

  it('go one at a time at least, where a worker has the smallest fraction of a ration', async () => {
    const ration = openReadRation({ now: () => 1e-6 });
    await ration.take(aVault(), 16, { share: 0.01, until: Date.now() });
    pass(WINDOW);
    await ration.take(aVault(), 16, { share: 0.01, until: Date.now() });
  });

  it('reckon a few times each, however many of them wait for one subscription', async () => {
    let reckoned = 0;
    const parts = {
      now: () => {
        reckoned += 1;
        return 1;
      },
    };
    const ration = openReadRation(parts);
    const pace = { share: 0.005, until: Date.now() + 6 * WINDOW };
    const vaults = Array.from({ length: 100 }, (_, n) => aVault({ name: `kv-${n}`, id: `${aVault().id}-${n}` }));
    for (const vault of vaults) {
      await ration.take(vault, 1, pace);
      pass(10);
    }
    const waiting = vaults.flatMap((vault) => [1, 2, 3].map(() => ration.take(vault, 1, pace)));
    reckoned = 0;
    await vi.advanceTimersByTimeAsync(5 * WINDOW);
    await Promise.all(waiting);
    expect(reckoned).toBeLessThan(10 * waiting.length);
  });
});

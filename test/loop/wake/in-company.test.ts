import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCompany } from '../../../src/loop/wake/in-company.ts';

describe('what many ask for under one name at once', () => {
  it('is done twice at most: at once for the first, and after that for all who came meanwhile', async () => {
    const inCompany = openCompany<number>();
    let begun = 0;
    const run = async (): Promise<number> => {
      begun += 1;
      const own = begun;
      await Promise.resolve();
      return own;
    };
    const answers = await Promise.all(Array.from({ length: 100 }, () => inCompany('key', run)));
    expect(answers).toEqual([1, ...Array.from({ length: 99 }, () => 2)]);
    expect(await inCompany('key', run)).toBe(3);
  });

  it('fails for those for whom it was done, and for nobody else', async () => {
    const inCompany = openCompany<string>();
    const outcomes = await Promise.allSettled([
      inCompany('key', () => Promise.reject(new Error('storage is down'))),
      inCompany('key', async () => 'woken'),
      inCompany('key', async () => 'not asked'),
      inCompany('another', async () => 'woken too'),
    ]);
    expect(outcomes.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))).toEqual([
      'Error: storage is down',
      'woken',
      'woken',
      'woken too',
    ]);
  });

  it('begins after the call of each, whenever they come, and never twice at once while they wait', async () => {
    const come = fc.array(fc.record({ name: fc.constantFrom('a', 'b'), fails: fc.boolean() }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), come, async (scheduler, callers) => {
        const inCompany = openCompany<number>();
        let instant = 0;
        const calls = callers.map(async ({ name, fails }) => {
          await scheduler.schedule(Promise.resolve());
          instant += 1;
          const called = instant;
          const began = inCompany(name, async () => {
            instant += 1;
            const at = instant;
            await scheduler.schedule(Promise.resolve());
            if (fails) throw new Error(String(at));
            return at;
          }).catch((error: Error) => Number(error.message));
          expect(await began).toBeGreaterThan(called);
        });
        await scheduler.waitFor(Promise.all(calls));
      }),
    );
  });
});

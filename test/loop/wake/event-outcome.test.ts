import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { PRODUCT_CHAIN, recordOnce } from '../../../src/loop/record.ts';
import { refuse } from '../../../src/loop/wake/event-outcome.ts';
import { useAzurite } from '../../builders/azurite.ts';

const DAY = 86_400_000;

describe('What is refused of events and alerts', () => {
  const { newStore } = useAzurite();
  afterEach(() => {
    vi.useRealTimers();
  });

  const opened = () => {
    const store = newStore();
    const guardian = { store } as unknown as Guardian;
    const refuseMany = async (count: number, of: string): Promise<void> => {
      for (let n = 0; n < count; n++)
        await refuse(guardian, `/subscriptions/s/resourcegroups/${of}-${n} is outside GUARDIAN_SCOPE.`);
    };
    const entered = async () => (await store.ledger.recent(PRODUCT_CHAIN, 1_000)).length;
    return { entered, guardian, refuseMany, store };
  };

  it('is entered twenty times a day and not more, whatever is invented: what else was entered stays in sight', async () => {
    const { entered, guardian, refuseMany, store } = opened();
    await recordOnce(guardian, 'instance replaced', { instance: 'sweep' });
    await refuseMany(40, 'invented');
    expect(await entered()).toBe(21);
    expect(JSON.stringify(await store.ledger.recent(PRODUCT_CHAIN, 100))).toContain('instance replaced');
  });

  it('is entered again a day later', async () => {
    const { entered, refuseMany } = opened();
    await refuseMany(25, 'today');
    vi.useFakeTimers({
      now: Date.now() + DAY + 1_000,
      toNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'queueMicrotask'],
    });
    await refuseMany(2, 'tomorrow');
    expect(await entered()).toBe(22);
  });
});

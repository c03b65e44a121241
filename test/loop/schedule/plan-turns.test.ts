import { describe, expect, it } from 'vitest';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { planTurns } from '../../../src/loop/schedule/plan-turns.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import { KEY } from '../../builders/observation.ts';

const PACE = { share: 0.2, periodMs: 60_000 };

/** One key in use, whose vault is located in this way. */
const located = (locateVaultsAtOnce: Guardian['azure']['locateVaultsAtOnce']): Guardian =>
  ({
    store: {
      keyRows: {
        async *listUsed() {
          yield { keyId: keyId(KEY), row: 'a0', cost: 1 };
        },
      },
    },
    azure: { locateVaultsAtOnce },
  }) as unknown as Guardian;

describe('A plan of reads', () => {
  it('is made without the places of vaults where Azure does not tell them', async () => {
    expect(
      (
        await planTurns(
          located(async () => new Map()),
          PACE,
        )
      ).turns,
    ).toHaveLength(1);
  });

  it('is not made where this product itself has failed: nobody would ever see that', async () => {
    const failing = located(() => Promise.reject(new TypeError('no such function')));
    await expect(planTurns(failing, PACE)).rejects.toThrow('no such function');
  });
});

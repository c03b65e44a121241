import { describe, expect, it } from '@jest/globals';
import type { Activity } from '../../../src/azure/connection/activity-log.ts';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { undoneBy } from '../../../src/loop/reconcile/undone-by.ts';
import { type Fact, present, unknown } from '../../../src/remediation/model/facts.ts';
import type { PolicySituation } from '../../../src/remediation/policy/policy-rule.ts';
import { tugOfWar } from '../../../src/remediation/policy/policy-rules/tug-of-war.ts';
import { emptyChain, link } from '../../../src/remediation/protocol/ledger.ts';
import type { Step } from '../../../src/remediation/steps/step.ts';
import { STEP_KINDS } from '../../../src/remediation/steps/steps.ts';
import { anObservation, aVersion, inDays, NOW } from '../../builders/observation.ts';

const OURS = 'correlation-of-ours';
const observation = anObservation([aVersion()], []);
const chain = link('k', emptyChain, [{ id: '1', at: inDays(0), kind: 'outcome', detail: {}, correlationIds: [OURS] }]);
const done = (step: string, stepId: string, days: number) => ({ step, stepId, at: inDays(days) });
const thrice = [-0.3, -0.2, -0.1].map((days) => done('grantKeyAccess', 'grant', days));
const activity = (caller: string, correlationId: string): Activity => ({
  at: inDays(-0.1),
  operation: 'Microsoft.KeyVault/vaults/write',
  caller,
  resourceId: '/v',
  correlationId,
});

const says = (log: Fact<readonly Activity[]>, repairs = thrice) => {
  const azure = { activitySince: async () => log } as unknown as Guardian['azure'];
  return undoneBy({ azure }, observation, repairs, chain);
};

describe('Who keeps undoing a repair', () => {
  it('is not asked while nothing was repaired thrice within a day', async () => {
    const different = ['a', 'b', 'c'].map((stepId) => done('grantKeyAccess', stepId, -0.1));
    const harmless = [1, 2, 3].map(() => done('extendKeyExpiry', 'extend', -0.1));
    expect(await says(present([activity('policy', 'x')]), harmless)).toEqual({});
    expect(await says(present([activity('policy', 'x')]), different)).toEqual({});
    expect(await says(present([activity('policy', 'x')]), [])).toEqual({});
  });
  it('is asked of every step that the policy holds back for it, and of no other', async () => {
    for (const kind of STEP_KINDS) {
      const repairs = [-0.3, -0.2, -0.1].map((days) => done(kind, 'step', days));
      const situation = { records: { repairs }, now: NOW } as unknown as PolicySituation;
      const isHeld = tugOfWar({ kind, stepId: 'step' } as Step, situation) !== undefined;
      const { undoneBy: sentence } = await says(present([activity('policy', 'x')]), repairs);
      expect([kind, sentence !== undefined]).toEqual([kind, isHeld]);
    }
  });
  it('is whoever else wrote to the vault since, and never the product itself', async () => {
    const { undoneBy: sentence } = await says(present([activity('us', OURS), activity('policy-assignment-7', 'x')]));
    expect(sentence).toContain('policy-assignment-7 (Microsoft.KeyVault/vaults/write at');
    expect(sentence).not.toContain('us (');
  });
  it('is not known where the log shows nobody else, or may not be read', async () => {
    expect((await says(present([activity('us', OURS)]))).undoneBy).toContain('no write of anybody else');
    expect((await says(unknown('403'))).undoneBy).toContain('could not be read');
  });
});

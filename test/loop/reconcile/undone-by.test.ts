import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/azure/connection/activity-log.ts';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { undoneBy } from '../../../src/loop/reconcile/undone-by.ts';
import { absent, type Fact, present, unknown } from '../../../src/remediation/model/facts.ts';
import { emptyChain, link } from '../../../src/remediation/protocol/ledger.ts';
import type { Step } from '../../../src/remediation/steps/step.ts';
import { STEP_KINDS, STEPS, type StepKind } from '../../../src/remediation/steps/steps.ts';
import { inDays, NOW } from '../../builders/observation.ts';

const OURS = 'correlation-of-ours';
const VAULT =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/data/providers/microsoft.keyvault/vaults/kv';
const SERVER =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/data/providers/microsoft.dbformysql/servers/orders';
const chain = link('k', emptyChain, [{ id: '1', at: inDays(0), kind: 'outcome', detail: {}, correlationIds: [OURS] }]);
const done = (step: string, stepId: string, days: number) => ({ step, stepId, at: inDays(days) });
const KEY = { host: 'kv.vault.azure.net', name: 'cmk' };
const aStep = (kind: StepKind, stepId: string = kind, target = VAULT, key = KEY) =>
  ({ kind, stepId, target, parameters: { vaultId: VAULT, key } }) as unknown as Step;
const activity = (caller: string, correlationId: string): Activity => ({
  at: inDays(-0.1),
  operation: 'Microsoft.KeyVault/vaults/write',
  caller,
  resourceId: '/v',
  correlationId,
});
const others = present([activity('us', OURS), activity('policy-assignment-7', 'x')]);

const OF_KEYS = ['recoverKey', 'enableKey', 'extendKeyExpiry', 'setActivationDate', 'restoreKeyFromBackup'] as const;
const act = (operation: string, caller: string, correlationId = 'x'): Activity => ({
  ...activity(caller, correlationId),
  operation,
});
const hourBefore = (days: number): string => new Date(Date.parse(inDays(days)) - 3_600_000).toISOString();

const asking = async (
  steps: readonly Step[],
  repairs: readonly ReturnType<typeof done>[],
  log: Fact<readonly Activity[]> = others,
  audit: () => Promise<Fact<readonly Activity[]>> = async () => absent,
) => {
  const asked: string[] = [];
  const activitySince = async (resource: string, from: string) => {
    asked.push(`${resource.split('/').at(-1)} since ${from}`);
    return log;
  };
  const keyActsSince = async ({ name }: { readonly name: string }, from: string) => {
    asked.push(`${name} since ${from}`);
    return audit();
  };
  const azure = { activitySince, keyActsSince } as unknown as Guardian['azure'];
  return { ...(await undoneBy({ azure }, steps, repairs, chain, NOW)), asked };
};

describe('Who undoes a repair', () => {
  it('is not asked where nothing is needed again that was done within a day, or was done a moment ago', async () => {
    const steps = [aStep('grantKeyAccess')];
    for (const repairs of [
      [],
      [done('grantKeyAccess', 'another', -0.1)],
      [done('grantKeyAccess', 'grantKeyAccess', -1.1)],
      [done('grantKeyAccess', 'grantKeyAccess', -0.001)],
    ])
      expect(await asking(steps, repairs)).toEqual({ asked: [] });
  });

  it('is asked from the second time on, of every step but a mere trial', async () => {
    for (const kind of STEP_KINDS) {
      const { undoneBy: said = {} } = await asking([aStep(kind)], [done(kind, kind, -0.1)]);
      expect([kind, Object.keys(said)]).toEqual([kind, STEPS[kind].purpose === 'trial' ? [] : [kind]]);
    }
  });

  it('is whoever else wrote to the resource since, and never the product itself', async () => {
    const { undoneBy: said, asked } = await asking(
      [aStep('setVaultBypass')],
      [done('setVaultBypass', 'setVaultBypass', -0.2)],
    );
    expect(said?.['setVaultBypass']).toContain('policy-assignment-7 (Microsoft.KeyVault/vaults/write at');
    expect(said?.['setVaultBypass']).not.toContain('us (');
    expect(asked).toEqual([`kv since ${inDays(-0.2)}`]);
  });

  it('is asked of the consumer where that is what was repaired, and once for all steps of one resource', async () => {
    const steps = [aStep('grantKeyAccess', 'a'), aStep('grantKeyAccess', 'b'), aStep('assignIdentity', 'c', SERVER)];
    const repairs = [
      done('grantKeyAccess', 'a', -0.2),
      done('grantKeyAccess', 'b', -0.1),
      done('assignIdentity', 'c', -0.3),
    ];
    expect((await asking(steps, repairs)).asked).toEqual([`kv since ${inDays(-0.2)}`, `orders since ${inDays(-0.3)}`]);
  });

  it('is unknown, and no activity log is asked, for what is done to a key itself: no audit source', async () => {
    for (const kind of OF_KEYS) {
      const { undoneBy: said, asked } = await asking([aStep(kind)], [done(kind, kind, -0.1)]);
      expect(said?.[kind]).toMatch(/^Who did that is unknown: no audit source\./);
      expect(asked).toEqual([`cmk since ${hourBefore(-0.1)}`]);
    }
  });

  it('is whoever the audit log shows of what undoes that step, where a workspace is configured, and never the product itself', async () => {
    const audit = async () =>
      present([act('KeyUpdate', 'a-pipeline'), act('KeyDelete', 'a-script'), act('KeyDelete', 'us', OURS)]);
    for (const kind of OF_KEYS) {
      const { undoneBy: said } = await asking([aStep(kind)], [done(kind, kind, -0.1)], others, audit);
      const isOfDeleted = kind === 'recoverKey' || kind === 'restoreKeyFromBackup';
      const who = isOfDeleted ? 'a-script (KeyDelete at' : 'a-pipeline (KeyUpdate at';
      expect(said?.[kind]).toMatch(/^The audit log shows since an hour before the first of these repairs: /);
      expect(said?.[kind]).toContain(who);
      expect(said?.[kind]).not.toContain(isOfDeleted ? 'a-pipeline' : 'a-script');
      expect(said?.[kind]).not.toContain('us (');
    }
  });

  it('is asked of the audit log once for all steps of one key, for each key, and from an hour before the first repair', async () => {
    const steps = [
      aStep('enableKey', 'a'),
      aStep('extendKeyExpiry', 'b'),
      aStep('enableKey', 'c', VAULT, { ...KEY, name: 'other' }),
    ];
    const repairs = [done('enableKey', 'a', -0.1), done('extendKeyExpiry', 'b', -0.3), done('enableKey', 'c', -0.2)];
    const { asked } = await asking(steps, repairs);
    expect(asked).toEqual([`cmk since ${hourBefore(-0.3)}`, `other since ${hourBefore(-0.2)}`]);
  });

  it('is unknown, with the reason, and never fails, where the audit log shows nobody, may not be read, or does not answer', async () => {
    const said = async (audit: () => Promise<Fact<readonly Activity[]>>) =>
      (await asking([aStep('recoverKey')], [done('recoverKey', 'recoverKey', -0.1)], others, audit)).undoneBy?.[
        'recoverKey'
      ];
    expect(await said(async () => present([]))).toContain('shows no such act of anybody else');
    expect(await said(async () => unknown('403'))).toBe('Who did that is unknown: 403');
    expect(await said(() => Promise.reject(new Error('no answer')))).toBe('Who did that is unknown: no answer');
  });

  it('is unknown where the log shows nobody else, or may not be read', async () => {
    const steps = [aStep('grantKeyAccess')];
    const repairs = [done('grantKeyAccess', 'grantKeyAccess', -0.1)];
    const said = async (log: Fact<readonly Activity[]>) =>
      (await asking(steps, repairs, log)).undoneBy?.['grantKeyAccess'];
    expect(await said(present([activity('us', OURS)]))).toContain('shows no write of anybody else');
    expect(await said(unknown('403'))).toBe('Who did that is unknown: the activity log could not be read.');
  });
});

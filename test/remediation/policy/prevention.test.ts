import { describe, expect, it } from 'vitest';
import type { KeyObservation } from '../../../src/remediation/model/facts.ts';
import type { PolicyRecords } from '../../../src/remediation/model/records.ts';
import type { PolicySettings, StepVerdict } from '../../../src/remediation/policy/policy-types.ts';
import { assessed, did, stepOf } from '../../builders/assessed.ts';
import { aBaseline } from '../../builders/baseline.ts';
import {
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVault,
  aVersion,
  GROUP,
  inaccessible,
  inDays,
  KEY,
  V1,
} from '../../builders/observation.ts';
import { anApprovalOf, policyIn } from '../../builders/policy.ts';

const HOUR = 1 / 24;
const VAULT = aVault().id;
const others = (at = inDays(0)): Partial<PolicyRecords> => ({
  rootCauses: Array.from({ length: 6 }, (_, n) => ({ cause: `https://other${n}.vault.azure.net/keys/k`, at })),
});
const endsIn = (days: number, consumers = [aSingleServer()]) =>
  anObservation([aVersion(V1, { expiresOn: inDays(days), updatedOn: inDays(-300) })], consumers);

const decided = (
  observation: KeyObservation,
  records: Partial<PolicyRecords>,
  policy: PolicySettings = policyIn('auto'),
) => assessed(observation, { records, policy });

const wordOn = (...situation: Parameters<typeof decided>) => {
  const { verdicts } = decided(...situation);
  return verdicts.map((verdict: StepVerdict) => [
    verdict.step.kind,
    verdict.verdict,
    'period' in verdict.step.parameters ? verdict.step.parameters.period : '',
    verdict.verdict === 'run' && verdict.authority.kind === 'policy'
      ? (verdict.authority.pace?.deadline ?? 'free')
      : '',
  ]);
};

describe('While the fuse is blown', () => {
  it('a version that ends within a day is extended by a week, at a pace, in order of its end', () => {
    expect(wordOn(endsIn(HOUR * 3), others())).toEqual([['extendKeyExpiry', 'run', 'P7D', inDays(HOUR * 3)]]);
    expect(wordOn(endsIn(HOUR * 24), others())).toEqual([['extendKeyExpiry', 'run', 'P7D', inDays(1)]]);
  });
  it('one that ends later goes on as ever, behind those', () => {
    expect(wordOn(endsIn(20), others())).toEqual([['extendKeyExpiry', 'run', 'P1Y', inDays(20)]]);
  });
  it('and without it, each at once and in full', () => {
    expect(wordOn(endsIn(HOUR), {})).toEqual([['extendKeyExpiry', 'run', 'P1Y', 'free']]);
  });
  it('a server that is down is revalidated at a pace, after its version', () => {
    const down = endsIn(-1, [aSingleServer('orders', { state: inaccessible })]);
    expect(wordOn(down, others())).toEqual([
      ['extendKeyExpiry', 'run', 'P7D', inDays(-1)],
      ['revalidateConsumer', 'run', '', inDays(-1)],
    ]);
  });
  it('a shorter extension that is set is not made longer, nor a nearer threshold wider', () => {
    const { plan } = assessed(endsIn(HOUR / 2), {
      records: others(),
      policy: policyIn('auto'),
      remediation: { nearExpiry: 'PT1H', extension: 'P2D' },
    });
    expect(plan.steps.map(({ parameters }) => parameters)).toMatchObject([{ period: 'P2D', threshold: 'PT1H' }]);
  });
  it('an expiry that somebody has set to end asks, and for the full extension', () => {
    const set = anObservation([aVersion(V1, { expiresOn: inDays(HOUR), updatedOn: inDays(0) })], [aSingleServer()]);
    expect(wordOn(set, others())).toEqual([['extendKeyExpiry', 'ask', 'P1Y', '']]);
  });
  it('every step asks where every step asks, and for the full extension', () => {
    expect(wordOn(endsIn(HOUR), others(), policyIn('approve'))).toEqual([['extendKeyExpiry', 'ask', 'P1Y', '']]);
  });
  it('a pause stops all of it', () => {
    const paused = { paused: { by: 'ada', why: 'wait' } };
    expect(wordOn(endsIn(HOUR), { ...others(), ...paused })).toEqual([['extendKeyExpiry', 'report', 'P7D', '']]);
  });
  it.each([
    ['vault', VAULT],
    ['vault, by its url', `https://${KEY.host}`],
    ['group', GROUP],
    ['subscription', GROUP.split('/').slice(0, 3).join('/')],
    ["consumer's group", '/subscriptions/s2/resourceGroups/apps'],
  ])('what was held by a pause of its %s goes on at a pace once that has ended by itself', (_what, scope) => {
    const elsewhere = '/subscriptions/s2/resourceGroups/apps/providers/Microsoft.DBforMySQL/servers/orders';
    const held = endsIn(HOUR, [aSingleServer('orders', { id: elsewhere })]);
    const pausedUntil = (until: string) => ({
      incidentOpenedAt: inDays(-3),
      ...others(inDays(-2)),
      pausedScopes: [{ scope, by: 'ada', why: 'migration', until }],
    });
    expect(wordOn(held, pausedUntil(inDays(-0.5)))[0]?.at(-1)).toBe(inDays(HOUR));
    expect(wordOn(held, pausedUntil(inDays(-4)))[0]?.at(-1)).toBe('free');
  });
  it('what was held by a pause goes on at a pace once that is lifted', () => {
    const { rootCauses: lifted = [] } = others();
    const opened = { incidentOpenedAt: inDays(-3) };
    expect(wordOn(endsIn(HOUR), { ...opened, lifted })[0]?.at(-1)).toBe(inDays(HOUR));
    expect(wordOn(endsIn(HOUR), opened)[0]?.at(-1)).toBe('free');
  });
});

describe('A version that was extended by a week', () => {
  const before = stepOf(decided(endsIn(HOUR), others()), 'extendKeyExpiry');
  const extended = (minutesAgo: number, opened: string, ends = 7) =>
    decided(endsIn(ends), {
      ...others(opened),
      incidentOpenedAt: opened,
      attempts: [did(before, minutesAgo)],
      judged: [],
    });

  it('is extended in full a day after the fuse has blown, and people read when', () => {
    const decision = extended(10, inDays(-HOUR));
    expect(decision.verdicts).toMatchObject([{ verdict: 'report', step: { parameters: { period: 'P1Y' } } }]);
    expect(JSON.stringify(decision.verdicts)).toContain(inDays(0).slice(0, 8));
    expect(extended(1_500, inDays(-2), 6).verdicts).toMatchObject([
      { verdict: 'run', step: { parameters: { period: 'P1Y' } } },
    ]);
  });
  it('is then extended at a pace too, since all of them are due together', () => {
    const pace = { deadline: inDays(6) };
    expect(extended(1_500, inDays(-2), 6).verdicts).toMatchObject([{ authority: { kind: 'policy', pace } }]);
    const free = decided(endsIn(6), { incidentOpenedAt: inDays(-2), judged: [] });
    expect(free.verdicts).toMatchObject([{ verdict: 'run', authority: { kind: 'policy' } }]);
    expect(JSON.stringify(free.verdicts)).not.toContain('"pace"');
  });
  it('is extended again where it ends within a day all the same', () => {
    expect(extended(10, inDays(-HOUR), HOUR).verdicts).toMatchObject([{ verdict: 'run' }]);
  });
});

describe('A flexible server that is down while the fuse is blown', () => {
  const server = aFlexibleServer('web', { state: inaccessible });
  const down = anObservation([aVersion()], [server]);
  const known = { baseline: aBaseline([server]) };
  const wordWith = (records: Partial<PolicyRecords>) =>
    assessed(down, { known, records, policy: policyIn('auto') }).verdicts.map(({ verdict }) => verdict);

  it('is revalidated only once it was seen that this works, or by approval', () => {
    expect(wordWith({})).toEqual(['run']);
    expect(wordWith(others())).toEqual(['ask']);
    expect(wordWith({ ...others(), seenToWork: ['mysqlFlexibleServer'] })).toEqual(['run']);
    const [step] = assessed(down, { known, records: others(), policy: policyIn('auto') }).plan.steps;
    expect(wordWith({ ...others(), approvals: [anApprovalOf(step ? [step] : [])] })).toEqual(['run']);
  });
});

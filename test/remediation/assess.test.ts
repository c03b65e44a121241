import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/remediation/assess.ts';
import { type ConsumerFacts, type KeyObservation, present, unknown } from '../../src/remediation/model/facts.ts';
import { hasImpact } from '../../src/remediation/model/findings.ts';
import type { PolicyRecords } from '../../src/remediation/model/records.ts';
import type { PolicySettings } from '../../src/remediation/policy/policy-types.ts';
import { arbitraryObservation } from '../builders/arbitrary-observation.ts';
import { expired, lost } from '../builders/decision.ts';
import { aFlexibleServer, anObservation, inDays, NOW, V1 } from '../builders/observation.ts';
import { anApprovalOf, policyIn, REMEDIATION, someRecords } from '../builders/policy.ts';
import { runs } from '../run/exhaustive.ts';

const MODES = ['observe', 'approve', 'auto'] as const;
const arbitraryPolicy: fc.Arbitrary<PolicySettings> = fc
  .record({ mode: fc.constantFrom(...MODES), autoReverse: fc.constantFrom('all' as const, []) })
  .map(({ mode, autoReverse }) => policyIn(mode, { autoReverse }));

const judge = (
  observation: KeyObservation,
  policy: PolicySettings,
  records: PolicyRecords = someRecords(),
  now = NOW,
) => assess(observation, present(records), { remediation: REMEDIATION, policy }, now);
const running = (...situation: Parameters<typeof judge>) =>
  judge(...situation)
    .verdicts.filter(({ verdict }) => verdict === 'run')
    .map(({ step }) => step);

const markOf = ({ tags, state }: ConsumerFacts) =>
  'cmk-guardian:do-not-heal' in tags && state.kind !== 'absent' ? 'marked' : 'free';

/** States a law of every observation and policy. */
const always = (law: (observation: KeyObservation, policy: PolicySettings) => void): void =>
  fc.assert(fc.property(arbitraryObservation, arbitraryPolicy, law), { numRuns: runs(500) });

describe('Of any key it is true that', () => {
  it('nothing runs in observe, nor without an approval in approve', () =>
    always((observation) => {
      expect(running(observation, policyIn('observe'))).toEqual([]);
      expect(running(observation, policyIn('approve'))).toEqual([]);
    }));
  it('nothing runs on records that could not be read', () =>
    always((observation, policy) => {
      const decision = assess(observation, unknown('503'), { remediation: REMEDIATION, policy }, NOW);
      expect(decision.verdicts.filter(({ verdict }) => verdict !== 'report')).toEqual([]);
    }));
  it('what a person approved is what auto would have done, and what always asks', () =>
    always((observation) => {
      const { steps } = judge(observation, policyIn('approve')).plan;
      const approvals = [anApprovalOf(steps)];
      const approvedSteps = running(observation, policyIn('approve'), someRecords({ approvals }));
      const fuse = { rootCauses: 99, sharePercent: 0, windowMinutes: 60 };
      const byItself = running(observation, policyIn('auto', { autoReverse: 'all', fuse })).map(({ stepId }) => stepId);
      const asking = new Set<string>();
      for (const { stepId, risk, asks, dependsOn } of steps)
        if (risk === 'irreversible' || asks !== undefined || dependsOn.some((id) => asking.has(id))) asking.add(stepId);
      expect(approvedSteps.map(({ stepId }) => stepId).filter((id) => !asking.has(id))).toEqual(byItself);
    }));
  it('requests do not let anything run that policy does not', () =>
    always((observation, policy) => {
      const { steps } = judge(observation, policy).plan;
      const requests = steps.map(({ kind, target }) => ({ step: kind, target, by: 'ada', at: NOW.toISOString() }));
      // A request may bring a step into the plan: a step that affects no consumer is offered to a person who requests it.
      const planned = new Set(steps.map(({ stepId }) => stepId));
      const requested = running(observation, policy, someRecords({ requests }));
      expect(requested.filter(({ stepId }) => planned.has(stepId))).toEqual(running(observation, policy));
      expect(requested.filter(({ risk }) => risk === 'irreversible')).toEqual([]);
    }));
  it('no expiry is extended on a version that is disabled, unread or absent', () =>
    always((observation, policy) => {
      for (const step of judge(observation, policy).plan.steps) {
        if (step.kind !== 'extendKeyExpiry') continue;
        expect(observation.versions[step.parameters.version]).toMatchObject({
          kind: 'present',
          value: { enabled: true },
        });
      }
    }));
  it('what gives access back by itself does not run while any consumer of the key forbids repairs', () =>
    always((observation, policy) => {
      const marked = observation.consumers.kind === 'present' ? observation.consumers.value.map(markOf) : [];
      for (const step of running(observation, policy)) {
        if (step.kind === 'recoverKey') expect(marked).not.toContain('marked');
      }
    }));
  it('a step that runs comes after all that it depends on, and those run too', () =>
    always((observation, policy) => {
      const before = new Set<string>();
      for (const step of running(observation, policy)) {
        expect(step.dependsOn.filter((id) => !before.has(id))).toEqual([]);
        before.add(step.stepId);
      }
    }));
  it('what affects nobody makes no step, and what affects somebody is not healthy', () =>
    always((observation, policy) => {
      const { findings, plan, kind } = judge(observation, policy);
      if (!findings.some(hasImpact)) expect(plan.steps).toEqual([]);
      else expect(kind).not.toBe('healthy');
    }));
  it('an unknown fact is never healthy', () =>
    always((observation, policy) => {
      const facts = [observation.vault, observation.consumers];
      if (facts.some(({ kind }) => kind === 'unknown')) expect(judge(observation, policy).kind).not.toBe('healthy');
    }));
  it('whoever is told to act or to wait is told why in whole sentences', () =>
    always((observation, policy) => {
      const { findings, plan, verdicts, notes } = judge(observation, policy);
      const sentences = [
        ...findings.flatMap(({ sentence, harm }) => [sentence, ...harm.map((one) => one.sentence)]),
        ...plan.steps.flatMap(({ sentence, undo }) => [sentence, undo]),
        ...verdicts.flatMap((verdict) => ('why' in verdict ? [verdict.why] : [])),
        ...notes,
      ];
      for (const sentence of sentences) expect(sentence).toMatch(/^\S.*[^.]\.$/);
    }));
});

describe('The same situation', () => {
  it('gets the same decision an hour later, as long as no date was passed', () =>
    always((observation, policy) => {
      const later = new Date(NOW.getTime() + 3_600_000);
      const again = judge({ ...observation, observedAt: later.toISOString() }, policy, someRecords(), later);
      expect(again).toEqual(judge(observation, policy));
    }));
  it('makes the same plan in whatever order its servers are listed', () =>
    always((observation, policy) => {
      if (observation.consumers.kind !== 'present') return;
      const turned = { ...observation, consumers: present(observation.consumers.value.toReversed()) };
      expect(judge(turned, policy).plan.planId).toBe(judge(observation, policy).plan.planId);
    }));
  it('minus one server makes a part of the plan, but for a backup, which names every version that it must bring back', () =>
    always((observation, policy) => {
      if (observation.consumers.kind !== 'present') return;
      const fewer = { ...observation, consumers: present(observation.consumers.value.slice(1)) };
      const whole = judge(observation, policy).plan.steps.map(({ stepId }) => stepId);
      const part = judge(fewer, policy).plan.steps.filter(({ kind }) => kind !== 'restoreKeyFromBackup');
      expect(whole).toEqual(expect.arrayContaining(part.map(({ stepId }) => stepId)));
    }));
});

describe('An assessment', () => {
  it('of a lost single server runs both steps in auto', () => {
    expect(judge(lost, policyIn('auto'))).toMatchObject({
      kind: 'run',
      verdicts: [{ verdict: 'run' }, { verdict: 'run' }],
    });
  });
  it('of a flexible server whose revalidation was ignored reports the manual steps, until someone asks for it again', () => {
    const down = aFlexibleServer('billing', { state: present({ state: 'inaccessible', raw: 'Inaccessible' }) });
    const observation = anObservation([{ ...expired, expiresOn: inDays(300) }], [down]);
    const [step] = judge(observation, policyIn('auto')).plan.steps;
    const attempt = {
      stepId: step?.stepId ?? '',
      step: 'revalidateConsumer',
      target: down.id,
      outcome: 'done',
      why: 'ok',
      at: inDays(-1),
    } as const;
    const ended = judge(observation, policyIn('auto'), someRecords({ attempts: [attempt] }));
    expect(ended).toMatchObject({ kind: 'report', verdicts: [], notes: [expect.stringContaining('Data encryption')] });
    const requests = [{ step: 'revalidateConsumer', target: down.id, by: 'ada', at: inDays(0) }];
    expect(judge(observation, policyIn('auto'), someRecords({ attempts: [attempt], requests })).kind).toBe('run');
  });
  it('of a key with a version that is not named does not fail', () => {
    const versionless = aFlexibleServer('billing', { version: '' });
    expect(judge(anObservation([[V1, present(expired)]], [versionless]), policyIn('auto')).kind).toBe('unseen');
  });
});

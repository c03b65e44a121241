import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/remediation/assess.ts';
import { type Baseline, ofConsumer } from '../../src/remediation/model/baseline.ts';
import { absent, type ConsumerFacts, type KeyObservation, present } from '../../src/remediation/model/facts.ts';
import { saysAnother } from '../../src/remediation/model/findings.ts';
import type { Known } from '../../src/remediation/model/known.ts';
import { neededBy } from '../../src/remediation/observation/needed-permissions.ts';
import type { Decision } from '../../src/remediation/policy/policy-types.ts';
import type { Step } from '../../src/remediation/steps/step.ts';
import { ASSIGNED_BY_PLAN } from '../../src/remediation/steps/step-kinds/grant-key-access.ts';
import { restsOn, withOwn } from '../../src/remediation/steps/step-scope.ts';
import { STEP_KINDS } from '../../src/remediation/steps/steps.ts';
import { lineageOf, ofKnown } from '../../src/remediation/trust/lineage.ts';
import { arbitrarySituation, type Given } from '../builders/arbitrary-situation.ts';
import { drawnBefore } from '../builders/drawn.ts';
import { NOW } from '../builders/observation.ts';
import { policyIn, REMEDIATION, someRecords } from '../builders/policy.ts';
import { runs } from '../run/exhaustive.ts';

const BOLD = policyIn('auto', {
  autoReverse: 'all',
  fuse: { rootCauses: 99, sharePercent: 0, windowMinutes: 60 },
});

const judge = (observation: KeyObservation, known: Known): Decision =>
  assess(
    observation,
    present(someRecords({ attempts: known.attempts ?? [] })),
    { remediation: REMEDIATION, policy: BOLD },
    NOW,
    known,
  );

const listed = ({ consumers }: KeyObservation): readonly ConsumerFacts[] =>
  consumers.kind === 'present' ? consumers.value : [];

/** Whether a consumer that names no version may use this one. */
const mayFollow = (version: string, { current, superseded }: KeyObservation): boolean =>
  (current?.kind === 'present' && current.value.version === version) ||
  (superseded?.kind === 'present' && superseded.value.some((one) => one.version === version));

/** States a law of every situation, judged by the boldest policy there is. */
const always = (law: (given: Given, decision: Decision) => void): void =>
  fc.assert(
    fc.property(arbitrarySituation, (given) => law(given, judge(given.observation, given.known))),
    { numRuns: runs(600), examples: drawnBefore('drawn') },
  );

const running = ({ verdicts }: Decision): readonly Step[] =>
  verdicts.filter(({ verdict }) => verdict === 'run').map(({ step }) => step);

describe('In any situation, whatever is known and was tried,', () => {
  it('nothing is written on a fact of what belongs here, or of what is written on, that could not be read', () =>
    always(({ observation, known }, decision) => {
      const ours = ofKnown(observation, known);
      for (const step of running(decision)) {
        const facts = restsOn(step, withOwn(step, ours, observation));
        expect(facts.filter(({ kind }) => kind === 'unknown')).toEqual([]);
      }
    }));
  it('what cannot be undone, and what only a person can know, does not run unasked', () =>
    always((_given, decision) => {
      expect(running(decision).filter(({ risk, asks }) => risk === 'irreversible' || asks !== undefined)).toEqual([]);
    }));
  it('a step comes once, and after all that it depends on', () =>
    always((_given, { plan }) => {
      const before = new Set<string>();
      for (const { stepId, dependsOn } of plan.steps) {
        expect(before.has(stepId)).toBe(false);
        expect(dependsOn.filter((id) => !before.has(id))).toEqual([]);
        before.add(stepId);
      }
    }));
  it('a version is changed only where a consumer may be using it', () =>
    always(({ observation }, { plan }) => {
      for (const { parameters } of plan.steps) {
        if (!('version' in parameters)) continue;
        const stating = listed(observation).filter(({ pinned }) => pinned.version === parameters.version);
        const following = listed(observation).filter(({ pinned }) => typeof pinned.version !== 'string');
        expect(stating.length > 0 || (following.length > 0 && mayFollow(parameters.version, observation))).toBe(true);
      }
    }));
  it('strangers appear in no step', () =>
    always(({ observation, known }, { plan }) => {
      const strangers = listed(observation)
        .filter((one) => one.state.kind !== 'absent' && lineageOf(one, { observation, known }) === 'stranger')
        .map(({ id }) => id.toLowerCase());
      const named = plan.steps.flatMap(({ target, serves, parameters }) => [
        target,
        ...serves,
        ...('consumerId' in parameters ? [parameters.consumerId] : []),
      ]);
      expect(named.filter((id) => strangers.includes(id))).toEqual([]);
    }));
  it('the same makes the same plan, in whatever order consumers are listed', () =>
    always(({ observation, known }, { plan }) => {
      expect(judge(observation, known).plan).toEqual(plan);
      const turned = { ...observation, consumers: present(listed(observation).toReversed()) };
      if (observation.consumers.kind === 'present') expect(judge(turned, known).plan.planId).toBe(plan.planId);
    }));
  it('whatever is planned for one consumer alone is planned for it among others, but of a key or vault that is another', () =>
    always(({ observation, known }, { plan, findings }) => {
      if (findings.some(saysAnother)) {
        expect(plan.steps).toEqual([]);
        return;
      }
      const all = plan.steps.map(({ stepId }) => stepId);
      for (const one of listed(observation)) {
        const alone = judge({ ...observation, consumers: present([one]) }, known).plan.steps;
        const own = alone.filter(({ target }) => target === one.id.toLowerCase()).map(({ stepId }) => stepId);
        expect(all).toEqual(expect.arrayContaining(own));
      }
    }));
});

describe('The situations that are drawn', () => {
  it('need every step there is, but for those that only a person asks for', () => {
    const steps = fc
      .sample(arbitrarySituation, { numRuns: 1500, seed: 4 })
      .flatMap(({ observation, known }) => judge(observation, known).plan.steps);
    const planned = new Set(steps.map(({ kind }) => kind));
    const asked = ['enableSoftDelete', 'enablePurgeProtection'];
    const why =
      'draw a situation that needs the step (test/builders/arbitrary-situation.ts), or name it above where only a person asks for it';
    expect(
      STEP_KINDS.filter((kind) => !planned.has(kind)),
      why,
    ).toEqual(asked);
  });
});

type Grant = Extract<Step, { kind: 'grantKeyAccess' }>;

const showsAccess = ({ consumers }: Baseline, principalId: string, needed: readonly string[]): boolean =>
  consumers.some(
    (one) =>
      one.principalId === principalId &&
      needed.every((permission) => one.permissions.some((had) => had === permission)),
  );

/**
 * Invariant `admission`, written independently of the code: the reason why this grant may be offered, `undefined` where it may
 * not.
 */
const reasonFor = ({ parameters, asks }: Grant, { observation, known }: Given): string | undefined => {
  const { baseline, attempts = [] } = known;
  const consumer = listed(observation).find(({ id }) => id.toLowerCase() === parameters.consumerId);
  if (consumer === undefined || baseline === undefined || observation.vault.kind !== 'present') return undefined;
  if (consumer.tenantId !== undefined && consumer.tenantId !== observation.vault.value.tenantId) return undefined;
  const was = ofConsumer(baseline, consumer.id);
  const source = consumer.copyOf === undefined ? undefined : ofConsumer(baseline, consumer.copyOf);
  const isUser = consumer.identity?.kind === 'user';
  if ((was || source) && showsAccess(baseline, parameters.principalId, neededBy(consumer.kind) ?? [])) return 'had it';
  if (!was && consumer.copyOf !== undefined && (!isUser || source?.identity?.kind === 'user')) return 'a copy';
  if (!was && consumer.kind === 'mysqlSingleServer' && !isUser && asks !== undefined) return 'somebody must know';
  const assigned = attempts.some(
    ({ step, target, outcome }) =>
      step === 'assignIdentity' &&
      target === consumer.id.toLowerCase() &&
      (outcome === 'done' || outcome === 'unknown'),
  );
  return was && !isUser && assigned ? 'its new identity' : undefined;
};

describe('A grant, in any situation,', () => {
  it('is for one of those that may be let in', () =>
    always((given, { plan }) => {
      for (const step of plan.steps) if (step.kind === 'grantKeyAccess') expect(reasonFor(step, given)).toBeDefined();
    }));
  it('is under the model that the vault uses, of its own tenant, to the principal that its consumer has', () =>
    always(({ observation }, { plan }) => {
      for (const step of plan.steps) {
        if (step.kind !== 'grantKeyAccess' || observation.vault.kind !== 'present') continue;
        const { model, tenantId, consumerId, principalId } = step.parameters;
        const { permissionModel, tenantId: its } = observation.vault.value;
        const { assigned } = step;
        expect([model, tenantId]).toEqual([permissionModel, its]);
        const consumer = listed(observation).find(({ id }) => id.toLowerCase() === consumerId);
        if (principalId !== ASSIGNED_BY_PLAN) expect(consumer?.principalId).toEqual(present(principalId));
        else expect(consumer?.principalId).toEqual(assigned === undefined ? absent : present(assigned));
      }
    }));
  it('that opens other keys too asks', () =>
    always(({ observation: { otherKeys } }, { plan }) => {
      const opensMore = !(otherKeys?.kind === 'present' && !otherKeys.value);
      for (const step of plan.steps) {
        if (step.kind === 'grantKeyAccess' && step.parameters.model === 'accessPolicies' && opensMore)
          expect(step.asks).toBeDefined();
      }
    }));
  it('is no more than its consumers need together', () =>
    always(({ observation }, { plan }) => {
      for (const step of plan.steps) {
        if (step.kind !== 'grantKeyAccess') continue;
        const served = listed(observation).filter(({ id }) => step.serves.includes(id.toLowerCase()));
        const needed = new Set(served.flatMap(({ kind }) => neededBy(kind) ?? []));
        expect(step.parameters.permissions.filter((permission) => !needed.has(permission))).toEqual([]);
      }
    }));
});

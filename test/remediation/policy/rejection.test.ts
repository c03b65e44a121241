import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { present } from '../../../src/remediation/model/facts.ts';
import type { PolicyRecords, Rejection } from '../../../src/remediation/model/records.ts';
import type { Decision, Mode, PolicySettings } from '../../../src/remediation/policy/policy-types.ts';
import { cancelled } from '../../../src/remediation/policy/recheck.ts';
import { downIn } from '../../../src/remediation/policy/rejection.ts';
import { arbitrarySituation, type Given } from '../../builders/arbitrary-situation.ts';
import { assessed, findingsIn, stepOf } from '../../builders/assessed.ts';
import { down } from '../../builders/decision.ts';
import {
  anObservation,
  aSingleServer,
  aVersion,
  inaccessible,
  inDays,
  KEY,
  NOW,
  V1,
} from '../../builders/observation.ts';
import { anApprovalOf, aRejectionOf, policyIn } from '../../builders/policy.ts';
import { runs } from '../../run/exhaustive.ts';

const wordsIn = ({ verdicts }: Decision): readonly string[] => verdicts.map(({ verdict }) => verdict);
const whysIn = ({ verdicts }: Decision): readonly string[] =>
  verdicts.map((one) => ('why' in one ? one.why : one.authority.kind));

const MODES: readonly Mode[] = ['observe', 'approve', 'auto'];

const settingsIn = (mode: Mode): PolicySettings =>
  policyIn(mode, { autoReverse: 'all', fuse: { rootCauses: 99, sharePercent: 0, windowMinutes: 60 } });

const judge = ({ observation, known }: Given, mode: Mode, records: Partial<PolicyRecords> = {}): Decision =>
  assessed(observation, { known, records, policy: settingsIn(mode) });

/** All consumers that a fault affects, now or later. */
const everybody = ({ observation }: Given): readonly string[] =>
  observation.consumers.kind === 'present' ? observation.consumers.value.map(({ id }) => id.toLowerCase()) : [];

/** Any situation, and some of the steps of its plan. */
const rejecting = arbitrarySituation.chain((given) =>
  fc.record({
    given: fc.constant(given),
    mode: fc.constantFrom(...MODES),
    chosen: fc.subarray([...judge(given, 'auto').plan.steps]),
  }),
);

type Case = { readonly given: Given; readonly mode: Mode; readonly chosen: Decision['plan']['steps'] };

const always = (law: (drawn: Case) => void): void => fc.assert(fc.property(rejecting, law), { numRuns: runs(200) });

const standing = ({ given, chosen }: Case, changes: Partial<Rejection> = {}): Rejection =>
  aRejectionOf(chosen, { down: everybody(given), ...changes });

describe('In any situation, what a person has rejected', () => {
  it('does not run, whatever the mode and whatever was approved before', () =>
    always((drawn) => {
      const { given, mode, chosen } = drawn;
      const approvals = [anApprovalOf(chosen, { at: inDays(-1 / 24) })];
      const { verdicts } = judge(given, mode, { approvals, rejections: [standing(drawn)] });
      const rejectedIds = chosen.map(({ stepId }) => stepId);
      expect(verdicts.filter((one) => one.verdict === 'run' && rejectedIds.includes(one.step.stepId))).toEqual([]);
    }));

  it('runs when it is approved afterwards, as if nobody had rejected it', () =>
    always((drawn) => {
      const { given, mode, chosen } = drawn;
      const approvals = [anApprovalOf(chosen, { at: inDays(-0.1 / 24) })];
      const without = judge(given, mode, { approvals });
      const after = judge(given, mode, { approvals, rejections: [standing(drawn)] });
      expect(wordsIn(after)).toEqual(wordsIn(without));
    }));

  it('is silenced by it nowhere: what was asked is asked, and what was reported is reported', () =>
    always((drawn) => {
      const { given, mode } = drawn;
      const without = judge(given, mode);
      const after = judge(given, mode, { rejections: [standing(drawn)] });
      expect(after.findings).toEqual(without.findings);
      expect(after.plan).toEqual(without.plan);
      for (const [at, word] of wordsIn(without).entries())
        expect([word, wordsIn(after)[at]]).toEqual(
          word === 'run' ? ['run', expect.stringMatching(/^(run|ask)$/)] : [word, word],
        );
    }));

  it('is again as if nobody had, once one whom it is for is down that was not', () =>
    always((drawn) => {
      const { given, mode, chosen } = drawn;
      const nobodyWasDown = standing(drawn, { down: [] });
      const isDown = new Set(downIn(findingsIn(given.observation, given.known), NOW));
      const words = (records: Partial<PolicyRecords>) =>
        judge(given, mode, records)
          .verdicts.filter(({ step }) => chosen.some(({ stepId }) => stepId === step.stepId))
          .filter(({ step }) => step.dependsOn.length === 0 && step.serves.some((id) => isDown.has(id)))
          .filter(({ step }) => step.serves.every((id) => everybody(given).includes(id)));
      const ended = words({ rejections: [nobodyWasDown] });
      const never = words({});
      expect(ended.filter(({ verdict }) => verdict === 'run').map(({ step }) => step.stepId)).toEqual(
        never.filter(({ verdict }) => verdict === 'run').map(({ step }) => step.stepId),
      );
    }));

  it('brings no other step to do more than before', () =>
    always((drawn) => {
      const { given, mode } = drawn;
      const runsIn = (decision: Decision) =>
        decision.verdicts.filter(({ verdict }) => verdict === 'run').map(({ step }) => step.stepId);
      const before = runsIn(judge(given, mode));
      for (const id of runsIn(judge(given, mode, { rejections: [standing(drawn)] }))) expect(before).toContain(id);
    }));
});

/** The key was disabled while its server is up: it goes down when it looks at its key. */
const disabled = (changes: Parameters<typeof aSingleServer>[1] = {}) =>
  anObservation([aVersion(V1, { enabled: false })], [aSingleServer('orders', changes)]);

const deciding = (records: Partial<PolicyRecords>, changes?: Parameters<typeof disabled>[0]) =>
  assessed(disabled(changes), { records, policy: policyIn('auto') });

describe('A rejection', () => {
  const steps = deciding({}).plan.steps;

  it('is said with who gave it and why, and asks on', () => {
    const decision = deciding({ rejections: [aRejectionOf(steps)] }, {});
    expect(decision.kind).toBe('ask');
    expect(whysIn(decision)[0]).toContain('bob rejected it on');
    expect(whysIn(decision)[0]).toContain('the customer leaves tomorrow');
    expect(whysIn(decision)[0]).toContain('An approver may still approve it');
  });

  it('ends when the server goes down, and the same plan is asked anew', () => {
    const active = deciding({ rejections: [aRejectionOf(steps)] }, { state: inaccessible });
    expect(active.kind).toBe('ask');
    expect(whysIn(active)[0]).toContain('It is asked anew, because more is down than was then.');
    const known = aRejectionOf(steps, { down: [down.id.toLowerCase()] });
    expect(whysIn(deciding({ rejections: [known] }, { state: inaccessible }))[0]).toContain('may still approve it');
  });

  it('is not ended by a server that nobody knows to be the key’s, nor by one that the step is not for', () => {
    const stranger = aSingleServer('stranger', { state: inaccessible, version: '2222' });
    const observation = anObservation(
      [aVersion(V1, { enabled: false }), aVersion('2222')],
      [aSingleServer(), stranger],
    );
    const policy = policyIn('auto');
    const enabling = stepOf(assessed(observation, { policy }), 'enableKey');
    const decision = assessed(observation, { policy, records: { rejections: [aRejectionOf([enabling])] } });
    const verdict = decision.verdicts.find(({ step }) => step.stepId === enabling.stepId);
    expect(verdict).toMatchObject({ verdict: 'ask', why: expect.stringContaining('bob rejected it') });
  });

  it('does not revive an approval of before when it has ended', () => {
    const approvals = [anApprovalOf(steps)];
    expect(deciding({ approvals }, { state: inaccessible }).kind).toBe('run');
    const records = { approvals, rejections: [aRejectionOf(steps)] };
    expect(deciding(records, { state: inaccessible }).kind).toBe('ask');
  });

  it('of the same instant as an approval wins', () => {
    const approvals = [anApprovalOf(steps)];
    const at = approvals[0]?.at ?? '';
    expect(deciding({ approvals, rejections: [aRejectionOf(steps, { at })] }).kind).toBe('ask');
  });

  it.each([
    ['whose deadline has passed', inDays(-0.01), ['/c']],
    ['whose deadline lies ahead', inDays(0.01), []],
    ['without a deadline', undefined, []],
  ])('takes a consumer that is up and %s for what it is', (_what, deadline, expected) => {
    const harm = { consumerId: '/C', consumerKind: 'mysqlSingleServer', level: 'latent', sentence: '' } as const;
    const finding = { kind: 'keyNearExpiry', target: '', evidence: {}, rows: [], sentence: '' } as const;
    expect(downIn([{ ...finding, harm: [{ ...harm, ...(deadline && { deadline }) }] }], NOW)).toEqual(expected);
  });
});

describe('Right before the write, a step that was rejected', () => {
  const [step] = deciding({}).plan.steps;
  if (step === undefined) throw new Error('the plan has a step');
  const read = (records: Partial<PolicyRecords>) => ({
    records: present({
      doNotHeal: [],
      approvals: [],
      usedSteps: [],
      attempts: [],
      requests: [],
      repairs: [],
      rootCauses: [],
      ...records,
    }),
    tagged: present([]),
    settings: settingsIn('auto'),
    host: KEY.host,
    now: NOW,
  });
  const rejections = [aRejectionOf([step])];
  const earlier = { approvals: [anApprovalOf([step])], rejections };
  const later = { approvals: [anApprovalOf([step], { at: inDays(0) })], rejections };

  it('is cancelled where it was decided on an earlier word, and goes on on a later one', () => {
    expect(cancelled(step, { kind: 'approval' }, read(earlier))).toContain('bob rejected it');
    expect(cancelled(step, { kind: 'approval' }, read(later))).toBeUndefined();
  });

  it('is cancelled where policy alone let it run, unless that had heard of it', () => {
    expect(cancelled(step, { kind: 'policy' }, read({ rejections }))).toContain('bob rejected it');
    const heard = rejections.map(({ at }) => at);
    expect(cancelled(step, { kind: 'policy', heard }, read({ rejections }))).toBeUndefined();
  });
});

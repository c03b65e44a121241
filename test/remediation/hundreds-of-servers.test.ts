import { describe, expect, it } from '@jest/globals';
import { baselineOf } from '../../src/loop/memory/baseline.ts';
import { type Access, type ConsumerFacts, type KeyObservation, present } from '../../src/remediation/model/facts.ts';
import { findingId } from '../../src/remediation/model/findings.ts';
import type { Known } from '../../src/remediation/model/known.ts';
import type { PolicyRecords } from '../../src/remediation/model/records.ts';
import type { Decision } from '../../src/remediation/policy/policy-types.ts';
import { assessed } from '../builders/assessed.ts';
import { callsMade } from '../builders/calls-made.ts';
import {
  anObservation,
  aSingleServer,
  aVersion,
  inaccessible,
  inDays,
  V1,
  withAccess,
} from '../builders/observation.ts';
import { anApprovalOf, anAttemptAt, aRejectionOf } from '../builders/policy.ts';

const ALL: Access = { permissions: ['get', 'wrapKey', 'unwrapKey'] };
const NONE: Access = { permissions: [] };

const server = (at: number, state?: ConsumerFacts['state']): ConsumerFacts =>
  aSingleServer(`server-${at}`, {
    principalId: present(`00000000-0000-0000-0000-${String(at).padStart(12, '0')}`),
    ...(state && { state }),
  });

const servers = (count: number, state?: ConsumerFacts['state']) =>
  Array.from({ length: count }, (_, at) => server(at, state));

const mayAll = (consumers: readonly ConsumerFacts[], access: Access) =>
  withAccess(
    Object.fromEntries(
      consumers.flatMap(({ principalId }) => (principalId.kind === 'present' ? [[principalId.value, access]] : [])),
    ),
  );

type Scene = { readonly observation: KeyObservation; readonly known: Known };

const down = (count: number, access: Access, changes = {}): KeyObservation => {
  const all = servers(count, inaccessible);
  return anObservation([aVersion(V1, changes)], all, mayAll(all, access));
};

const wellBefore = (count: number): Known => {
  const all = servers(count);
  const baseline = baselineOf(anObservation([aVersion()], all, mayAll(all, ALL)), undefined);
  return baseline ? { baseline } : {};
};

const EXPIRED = { expiresOn: inDays(-1), updatedOn: inDays(-300) };

const SCENES: Readonly<Record<string, (count: number) => Scene>> = {
  'whose version expired': (count) => ({ observation: down(count, ALL, EXPIRED), known: wellBefore(count) }),
  'whose version is disabled': (count) => ({ observation: down(count, ALL, { enabled: false }), known: {} }),
  'that lost their access': (count) => ({ observation: down(count, NONE), known: wellBefore(count) }),
  'of which half may be restored copies': (count) => ({ observation: down(count, NONE), known: wellBefore(count / 2) }),
};

/** What an incident of days has gathered: every step was approved, rejected before that, tried twice, and done once. */
const gathered = ({ findings, plan: { steps } }: Decision): Partial<PolicyRecords> => ({
  incidentOpenedAt: inDays(-2),
  judged: findings.map(findingId),
  rejections: [aRejectionOf(steps, { at: inDays(-1.5) })],
  approvals: [anApprovalOf(steps, { at: inDays(-1) }), anApprovalOf(steps, { at: inDays(-0.9) })],
  attempts: [-0.5, -0.4].flatMap((at) => steps.map((step) => anAttemptAt(step, { outcome: 'failed', at: inDays(at) }))),
  repairs: steps.map(({ stepId }) => ({ stepId, at: inDays(-0.6) })),
  readOnly: [],
  usedSteps: [],
});

const callsFor = (make: (count: number) => Scene, count: number): readonly [fresh: number, later: number] => {
  const { observation, known } = make(count);
  let decision: Decision | undefined;
  const fresh = callsMade(() => {
    decision = assessed(observation, { known });
  });
  if (decision === undefined) throw new Error('nothing was decided');
  const records = gathered(decision);
  // A look begins with an observation of its own: nothing that was worked out for the last one is known.
  const again = structuredClone(observation);
  const { attempts = [] } = records;
  return [fresh, callsMade(() => assessed(again, { known: { ...known, attempts }, records }))];
};

/** Twice as many servers make twice as many calls, and a few more; where work grows with the square four times as many. */
const SLACK = 2.4;

describe('To decide for a key with hundreds of servers down', () => {
  it.each(Object.entries(SCENES))('takes as much more as there are more of them: servers %s', (_what, make) => {
    const calls = [20, 40, 80].map((count) => callsFor(make, count));
    const growth = [0, 1].map((which) => calls.map((each) => Number(each[which])));
    const isSteady = growth.every((one) => one.every((much, at) => at === 0 || much < SLACK * Number(one[at - 1])));
    expect({ growth, isSteady }).toEqual({ growth, isSteady: true });
    expect(growth.flat().every((much) => much > 1_000)).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { type Access, present } from '../../../src/remediation/model/facts.ts';
import type { Attempt } from '../../../src/remediation/model/records.ts';
import type { StepKind } from '../../../src/remediation/steps/steps.ts';
import { assessed, stepOf } from '../../builders/assessed.ts';
import { aBaseline } from '../../builders/baseline.ts';
import {
  anObservation,
  aSingleServer,
  aVault,
  aVersion,
  inaccessible,
  NOW,
  withAccess,
} from '../../builders/observation.ts';

const down = aSingleServer('orders', { state: inaccessible, principalId: present('p1'), identity: { kind: 'system' } });
const full = { permissions: ['get', 'unwrapKey', 'wrapKey'] } as const;
const observation = anObservation([aVersion()], [down], { ...withAccess({ p1: full }), otherKeys: present(false) });
const known = { baseline: aBaseline([down]) };

const minutesFromNow = (minutes: number): string => new Date(NOW.getTime() + minutes * 60_000).toISOString();
const ended = (step: StepKind, minutesAgo: number, changes: Partial<Attempt> = {}): Attempt => ({
  step,
  stepId: step,
  target: aVault().id,
  outcome: 'done',
  why: '',
  at: minutesFromNow(-minutesAgo),
  ...changes,
});
const timesAfter = (...attempts: readonly Attempt[]) =>
  stepOf(assessed(observation, { known: { ...known, attempts } }), 'revalidateConsumer').attemptsAt;

describe('A server', () => {
  it('is revalidated at once where its way to the key was not changed in this incident', () => {
    expect(timesAfter()).toBeUndefined();
    expect(timesAfter(ended('recoverKey', 0), ended('extendKeyExpiry', 0))).toBeUndefined();
  });
  it.each(['recoverVault', 'setVaultBypass', 'restoreNetworkRules'] as const)(
    'is tried 1, 2, 4, 5.5, 8, 11 and 15 minutes after %s',
    (step) => {
      expect(timesAfter(ended(step, 0))).toEqual([1, 2, 4, 5.5, 8, 11, 15].map(minutesFromNow));
    },
  );
  it('is tried after its own new identity, and not after another one’s', () => {
    expect(timesAfter(ended('assignIdentity', 3, { target: down.id }))).toEqual([1, 2.5, 5, 8, 12].map(minutesFromNow));
    expect(timesAfter(ended('assignIdentity', 3, { target: '/another' }))).toBeUndefined();
  });
  it('is tried after its own grant, and not after another one’s', () => {
    const lost = { ...observation, ...withAccess({ p1: { permissions: [] } }) };
    const { stepId } = stepOf(assessed(lost, { known }), 'grantKeyAccess');
    expect(timesAfter(ended('grantKeyAccess', 10, { stepId }))).toEqual([1, 5].map(minutesFromNow));
    expect(timesAfter(ended('grantKeyAccess', 10))).toBeUndefined();
  });
  it('counts from the last change, and is tried once, now, when the time of all is over', () => {
    expect(timesAfter(ended('recoverVault', 14), ended('setVaultBypass', 60))).toEqual([minutesFromNow(1)]);
    expect(timesAfter(ended('recoverVault', 16))).toEqual([NOW.toISOString()]);
  });
  it('is not made another step by its times: what was approved stays approved', () => {
    const without = stepOf(assessed(observation, { known }), 'revalidateConsumer');
    const attempts = [ended('recoverVault', 0)];
    const timed = stepOf(assessed(observation, { known: { ...known, attempts } }), 'revalidateConsumer');
    expect(timed.stepId).toBe(without.stepId);
  });
  it('that is a copy is tried after its own grant too, though it has its access by then', () => {
    const copy = aSingleServer('copy', {
      state: inaccessible,
      principalId: present('p2'),
      identity: { kind: 'system' },
      copyOf: down.id.toLowerCase(),
    });
    const source = { ...down, state: present({ state: 'ready', raw: 'Ready' } as const) };
    const seen = (permissions: Access['permissions']) => ({
      ...observation,
      consumers: present([source, copy]),
      ...withAccess({ p1: full, p2: { permissions } }),
    });
    const { stepId } = stepOf(assessed(seen([]), { known }), 'grantKeyAccess');
    const attempts = [ended('grantKeyAccess', 10, { stepId })];
    const timed = assessed(seen(full.permissions), { known: { ...known, attempts } });
    expect(stepOf(timed, 'revalidateConsumer').attemptsAt).toEqual([1, 5].map(minutesFromNow));
  });
});

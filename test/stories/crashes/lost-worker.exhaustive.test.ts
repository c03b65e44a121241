import { expect, it } from 'vitest';
import { REVALIDATION } from '../../builders/incident.ts';
import { heal, loseIn, losses, startThree, workersUp } from './lost-worker-story.ts';

/** All functions that run between the schedule of a sweep and the end of the incident that it has found. */
const FUNCTIONS = [
  'listScope',
  'sweepKeys',
  'wakeLeftovers',
  'sendNotices',
  'assessKey',
  'recordAssessment',
  'settleKey',
  'beginStep',
  'writeStep',
  'pollStep',
  'endStep',
  'sweepEstate',
  'reconcileKey',
  'extendKeyExpiry',
  'revalidateConsumer',
] as const;
const CASES = FUNCTIONS.flatMap((name) => (['start', 'end'] as const).map((at) => ({ name, at })));

/** The lost worker's messages are hidden for five minutes, and the next sweep may be five away. */
const AT_WORST_MINUTES = 15;

const EXTENSION = /^PATCH \/keys\/orders\//;

/** One app for all functions: each incident is about another key. */
it('writes once and enters the same, whichever function one worker of three is lost in, before and after it', async () => {
  const app = await startThree(CASES.length + 1, { GUARDIAN_FUSE_ROOT_CAUSES: '1000' });
  const undisturbed = await heal(app, CASES.length);
  const minutes: number[] = [];
  for (const [n, { name, at }] of CASES.entries()) {
    const before = losses(app);
    await loseIn(app, name, at);
    const healed = await heal(app, n);
    expect.soft(losses(app) - before, `${name} ${at}`).toBe(1);
    const { verification, ledger, history } = undisturbed;
    expect(healed, `${name} ${at}`).toMatchObject({ verification, ledger, history });
    const twoWrites = [expect.stringMatching(EXTENSION), expect.stringMatching(REVALIDATION)];
    expect(healed.writes, `${name} ${at}`).toEqual(twoWrites);
    minutes.push(healed.minutes);
  }
  expect(await workersUp(app)).toBe(3);
  expect(Math.max(...minutes)).toBeLessThanOrEqual(AT_WORST_MINUTES);
  console.log(
    `a worker of three lost in each of ${CASES.length} moments: healed every time with the same two writes, at worst ` +
      `${Math.max(...minutes).toFixed(1)} virtual minutes after the expiry (undisturbed ${undisturbed.minutes.toFixed(1)})`,
  );
});

import { describe, expect, it } from 'vitest';
import { baselineOf } from '../../src/loop/memory/baseline.ts';
import { absent, type KeyObservation, present, unknown } from '../../src/remediation/model/facts.ts';
import { reread, rereadVersions } from '../../src/remediation/policy/recheck.ts';
import { markedIn } from '../../src/remediation/policy/remembered-marks.ts';
import { assessed, findingsIn, kindsIn, outlineOf, stepOf } from '../builders/assessed.ts';
import { aBaseline } from '../builders/baseline.ts';
import {
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVersion,
  inaccessible,
  inDays,
  KEY,
  kidOf,
  rotated,
  unstated,
  V1,
  V2,
  withAccess,
} from '../builders/observation.ts';

const TAG = 'cmk-guardian:do-not-heal';
const KEY_ID = `https://${KEY.host}/keys/${KEY.name}`;
const HOUR = 1 / 24;

/** A server that names its key without a version: for a day after a new version it may still use the version before. */
const billing = aFlexibleServer('billing', { version: unstated('P1D') });
const down = { ...billing, state: inaccessible };

const made = (daysAgo: number, changes: Parameters<typeof aVersion>[1] = {}) =>
  aVersion(V2, { createdOn: inDays(-daysAgo), ...changes });

/** V2 was made so many days ago, after V1. */
const rotatedBefore = (
  daysAgo: number,
  old: Parameters<typeof aVersion>[1] = {},
  current: Parameters<typeof aVersion>[1] = {},
  consumers = [billing],
): KeyObservation => {
  const now = made(daysAgo, current);
  return anObservation([now, aVersion(V1, old)], consumers, rotated(now, [V1, -daysAgo]));
};

const targetsIn = (observation: KeyObservation): readonly (readonly [string, string])[] =>
  findingsIn(observation).map(({ kind, target }) => [kind, target]);

describe('A consumer that names its key without a version', () => {
  it('is well where its current version is, and nothing says that it should use another', () => {
    expect(kindsIn(rotatedBefore(30))).toEqual([]);
    expect(kindsIn(rotatedBefore(HOUR))).toEqual([]);
  });

  it('is affected by a fault of the current version, and that version is repaired', () => {
    const observation = rotatedBefore(30, {}, { enabled: false }, [down]);
    expect(targetsIn(observation)).toEqual([
      ['keyDisabled', kidOf(V2)],
      ['consumerInaccessible', billing.id.toLowerCase()],
    ]);
    const decision = assessed(observation);
    expect(stepOf(decision, 'enableKey').parameters).toMatchObject({ key: KEY, version: V2 });
    expect(stepOf(decision, 'revalidateConsumer').parameters).toMatchObject({ kid: KEY_ID });
  });

  it('is affected by a fault of the version before within the lag, and by none after it', () => {
    expect(targetsIn(rotatedBefore(23 * HOUR, { enabled: false }))).toEqual([['keyDisabled', kidOf(V1)]]);
    expect(outlineOf(rotatedBefore(23 * HOUR, { enabled: false }))).toEqual([['enableKey', 'run']]);
    expect(kindsIn(rotatedBefore(25 * HOUR, { enabled: false }))).toEqual([]);
  });

  it('has its own lag, whatever others have', () => {
    const prompt = aFlexibleServer('prompt', { version: unstated('PT1H') });
    const [finding] = findingsIn(rotatedBefore(2 * HOUR, { enabled: false }, {}, [billing, prompt]));
    expect(finding?.harm.map(({ consumerId }) => consumerId)).toEqual([billing.id]);
  });

  it('rests on every version that was current within the lag', () => {
    const newest = aVersion('3'.repeat(32), { createdOn: inDays(-HOUR) });
    const observation = anObservation([newest, made(2 * HOUR), aVersion(V1, { enabled: false })], [billing], {
      ...rotated(newest, [V2, -HOUR], [V1, -2 * HOUR]),
    });
    expect(targetsIn(observation)).toEqual([['keyDisabled', kidOf(V1)]]);
  });

  it('is judged by its current version alone where Azure documents no lag', () => {
    const quiet = aFlexibleServer('quiet', { version: unstated() });
    expect(kindsIn(rotatedBefore(HOUR, { enabled: false }, {}, [quiet]))).toEqual([]);
  });

  it('is judged by the version that it uses, where something beside the name of its key states it', () => {
    const stating = { ...billing, pinned: { ...billing.pinned, version: V1 } };
    const observation = rotatedBefore(30, { expiresOn: inDays(10) }, {}, [stating]);
    expect(targetsIn(observation)).toEqual([['keyNearExpiry', kidOf(V1)]]);
    expect(stepOf(assessed(observation), 'extendKeyExpiry').parameters).toMatchObject({ version: V1 });
  });

  it('is asked for the same step before and after its key was rotated', () => {
    const one = aVersion(V1, { enabled: false });
    const before = anObservation([one], [down], { current: present(one) });
    const after = rotatedBefore(HOUR, { enabled: false }, {}, [down]);
    const [a, b] = [before, after].map((observation) => stepOf(assessed(observation), 'revalidateConsumer').stepId);
    expect(a).toBe(b);
  });

  it('goes over to a new version by itself: it is never pointed at one', () => {
    const old = { createdOn: inDays(-1826), expiresOn: inDays(1) };
    const observation = rotatedBefore(10, old, { createdOn: inDays(-1826), expiresOn: inDays(10) });
    const { instructions, steps } = assessed(observation).plan;
    expect(steps).toEqual([]);
    expect(instructions).toEqual([expect.stringContaining('create a new version')]);
    const pinning = aFlexibleServer('pinning', { version: V1 });
    const both = rotatedBefore(30, {}, {}, [billing, pinning]);
    expect(findingsIn(both)).toMatchObject([
      { kind: 'consumerPinnedToOldVersion', harm: [{ consumerId: pinning.id }] },
    ]);
  });

  it('needs no extension of a version that it leaves before that expires', () => {
    expect(kindsIn(rotatedBefore(HOUR, { expiresOn: inDays(2) }))).toEqual([]);
    expect(targetsIn(rotatedBefore(HOUR, { expiresOn: inDays(0.5) }))).toEqual([['keyNearExpiry', kidOf(V1)]]);
  });

  it('has the same way to the key whichever version is current, and its baseline holds the versions in use', () => {
    const access = withAccess({
      [String(billing.principalId.kind === 'present' && billing.principalId.value)]: {
        permissions: ['get', 'list', 'unwrapKey', 'wrapKey'],
      },
    });
    const of = (observation: KeyObservation) => baselineOf({ ...observation, ...access });
    const before = aVersion(V1);
    const { versions, ...others } = of(anObservation([before], [billing], { current: present(before) })) ?? {};
    expect(versions).toEqual({ [V1]: {} });
    expect(of(rotatedBefore(HOUR))).toEqual({ ...others, versions: { [V1]: {}, [V2]: {} } });
    expect(of(rotatedBefore(HOUR))?.consumers).toMatchObject([{ kid: KEY_ID }]);
  });
});

describe('A consumer whose kind has to name a version, and that names none', () => {
  const owed = { kind: 'unknown', reason: 'names a key without its version', isOwed: true } as const;
  const those = [aSingleServer('orders', { version: owed }), aFlexibleServer('billing', { version: owed })];
  const ill = those.map((one) => ({ ...one, state: inaccessible }));

  it('is affected by no version, and keeps nothing unknown for the others', () => {
    const other = aFlexibleServer('other', { version: V1 });
    const seen = anObservation([aVersion(V1, { enabled: false })], [...those, other]);
    expect(findingsIn(seen)).toMatchObject([{ kind: 'keyDisabled', harm: [{ consumerId: other.id }] }]);
    expect(outlineOf(seen)).toEqual([['enableKey', 'run']]);
    expect(kindsIn(anObservation([], those))).toEqual([]);
  });

  it('opens an incident where it is down, in which nothing runs, and a person is told to set a version', () => {
    for (const one of ill) {
      const { findings, plan } = assessed(anObservation([], [one]));
      expect(findings).toMatchObject([{ kind: 'consumerInaccessible', harm: [{ level: 'active' }] }]);
      expect(findings[0]?.sentence).toContain('without its version');
      expect(plan.steps).toEqual([]);
      expect(plan.instructions.join(' ')).toMatch(
        /list-versions --id \S+mysql-cmk`, then run `az mysql .*mysql-cmk\/<version>/,
      );
    }
  });

  it('keeps a deleted key of others from being recovered as little as one that states its version', () => {
    const lost = {
      loss: present({
        kind: 'deleted',
        deletedOn: inDays(-1),
        recoverableUntil: inDays(89),
        version: V2,
        tags: {},
      } as const),
    };
    const other = aFlexibleServer('other', { version: V1 });
    const outline = (consumers: typeof those) => outlineOf(anObservation([[V1, absent]], consumers, lost));
    expect(outline([...those, other])).toEqual(outline([other]));
  });
});

describe('Where nobody can tell which versions exist', () => {
  const other = aFlexibleServer('other', { version: unstated('P1D'), state: inaccessible });

  it('that is said once, however many consumers it concerns, and nothing is done that rests on it', () => {
    const observation = anObservation([], [down, other], { current: unknown('403 from the firewall') });
    const decision = assessed(observation);
    expect(decision.findings.filter(({ kind }) => kind === 'observationIncomplete')).toMatchObject([
      { target: KEY_ID, evidence: { version: '403 from the firewall' }, harm: [{ level: 'none' }, { level: 'none' }] },
    ]);
    expect(outlineOf(observation)).toEqual([
      ['revalidateConsumer', 'report'],
      ['revalidateConsumer', 'report'],
    ]);
  });

  it('a fault of the current version is still seen and repaired', () => {
    const current = made(HOUR, { enabled: false });
    const observation = anObservation([current], [down], { current: present(current), superseded: unknown('no list') });
    expect(kindsIn(observation)).toEqual(['observationIncomplete', 'keyDisabled', 'consumerInaccessible']);
    expect(outlineOf(observation)).toEqual([
      ['enableKey', 'run'],
      ['revalidateConsumer', 'report'],
    ]);
  });

  it('matters no more once the lag is over', () => {
    const current = made(2);
    const observation = anObservation([current], [billing], { current: present(current), superseded: unknown('no') });
    expect(kindsIn(observation)).toEqual([]);
  });
});

describe('The key of such a consumer', () => {
  const deleted = present({ kind: 'deleted', deletedOn: inDays(-1), recoverableUntil: inDays(89), tags: {} } as const);

  it('is recovered where it was deleted, before its consumer is revalidated', () => {
    const observation = anObservation([], [down], { current: absent, loss: deleted });
    expect(targetsIn(observation)).toEqual([
      ['keyDeleted', KEY_ID],
      ['consumerInaccessible', billing.id.toLowerCase()],
    ]);
    expect(outlineOf(observation)).toEqual([
      ['recoverKey', 'run'],
      ['revalidateConsumer', 'run'],
    ]);
  });

  it('is restored from its backup where it is gone, whatever versions it had', () => {
    const observation = anObservation([], [billing], {
      current: absent,
      loss: present({ kind: 'gone' }),
      backup: present('contoso/cmk'),
    });
    expect(kindsIn(observation)).toEqual(['keyPurged']);
    expect(stepOf(assessed(observation), 'restoreKeyFromBackup').parameters).toMatchObject({ versions: [] });
  });

  it('is missing where nobody could tell what became of it', () => {
    const observation = anObservation([], [billing], { current: absent, loss: unknown('403') });
    expect(targetsIn(observation)).toEqual([
      ['observationIncomplete', KEY_ID],
      ['keyMissing', KEY_ID],
    ]);
  });
});

describe('A do-not-heal mark', () => {
  const marked = { tags: { [TAG]: 'legal hold' } };

  it('counts on the version before, for as long as that may be in use', () => {
    const observation = rotatedBefore(HOUR, marked, { enabled: false }, [down]);
    const whys = assessed(observation).verdicts.map((verdict) => ('why' in verdict ? verdict.why : ''));
    expect(whys[1]).toContain(`${kidOf(V1)} carries the tag`);
    const later = rotatedBefore(2, marked, {}, [down]);
    expect(outlineOf(later)).toEqual([['revalidateConsumer', 'run']]);
  });

  it('is read once more on both right before a write', () => {
    const step = stepOf(assessed(rotatedBefore(HOUR, {}, {}, [down])), 'revalidateConsumer');
    expect(rereadVersions(step)).toEqual([kidOf(V2), kidOf(V1)]);
  });

  it('is remembered while nobody can tell which version is the current one', () => {
    const lost = anObservation([], [billing], { current: absent });
    expect(markedIn(lost, TAG, [kidOf(V1)])).toEqual([kidOf(V1)]);
    expect(markedIn(rotatedBefore(HOUR, marked), TAG, [])).toEqual([kidOf(V1)]);
    expect(markedIn(rotatedBefore(2), TAG, [kidOf(V1)])).toEqual([]);
  });

  const pinning = aFlexibleServer('pinning', { version: V1, state: inaccessible });
  const forbidding = { ...billing, ...marked };
  const young = made(HOUR);
  const UNKNOWN: readonly (readonly [string, Partial<KeyObservation>])[] = [
    ['its current version', { current: unknown('403') }],
    ['the version before, within the lag,', { current: present(young), superseded: unknown('no list') }],
  ];

  it.each(UNKNOWN)('counts on a consumer of which %s is unknown: it may use any version', (_what, changes) => {
    for (const fault of [{ enabled: false }, { notBefore: inDays(5) }]) {
      const observation = anObservation([aVersion(V1, fault), young], [pinning, forbidding], changes);
      const [verdict] = assessed(observation).verdicts;
      expect(verdict).toMatchObject({ verdict: 'report', why: expect.stringContaining('billing carries the tag') });
      expect(verdict && reread(verdict.step)).toEqual([pinning.id.toLowerCase(), billing.id.toLowerCase()]);
    }
  });

  it.each(UNKNOWN)(
    'of the only sure user of a version counts, though another, of which %s is unknown, bears none',
    (_what, changes) => {
      const observation = anObservation(
        [aVersion(V1, { expiresOn: inDays(-1) }), young],
        [{ ...pinning, ...marked }, billing],
        changes,
      );
      expect(outlineOf(observation)[0]).toEqual(['extendKeyExpiry', 'report']);
    },
  );

  it('is read once more on every version that a grant opens', () => {
    const observation = {
      ...rotatedBefore(HOUR, {}, {}, [down]),
      ...withAccess({ [String(down.principalId.kind === 'present' && down.principalId.value)]: { permissions: [] } }),
    };
    const grant = stepOf(assessed(observation, { known: { baseline: aBaseline([billing]) } }), 'grantKeyAccess');
    expect(rereadVersions(grant)).toEqual([kidOf(V2), kidOf(V1)]);
  });
});

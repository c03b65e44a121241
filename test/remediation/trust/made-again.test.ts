import { describe, expect, it } from 'vitest';
import { absent, type ConsumerFacts, type KeyObservation, present } from '../../../src/remediation/model/facts.ts';
import type { Known } from '../../../src/remediation/model/known.ts';
import { assessed, did, kindsIn, stepOf } from '../../builders/assessed.ts';
import { aBaseline, wasWell } from '../../builders/baseline.ts';
import {
  aDiskEncryptionSet,
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVersion,
  GROUP,
  inaccessible,
  inDays,
  withAccess,
} from '../../builders/observation.ts';

const system = { kind: 'system' } as const;
const user = { kind: 'user', id: `${GROUP}/identities/shared`.toLowerCase() } as const;
const single = aSingleServer('orders', { state: inaccessible, principalId: present('p1'), identity: system });
const flexible = aFlexibleServer('billing', { state: inaccessible, principalId: present('p2'), identity: user });
const set = aDiskEncryptionSet('disks', { principalId: present('p3'), identity: system });
const other = aSingleServer('other', { principalId: present('p4'), identity: system });

const all = { permissions: ['get', 'list', 'unwrapKey', 'wrapKey'] } as const;
const bare = (consumer: ConsumerFacts, shown: Partial<ConsumerFacts>): KeyObservation =>
  anObservation([aVersion()], [{ ...consumer, ...shown, principalId: absent }, other], {
    ...withAccess({ p4: all }),
    otherKeys: present(false),
  });
const recorded = (consumer: ConsumerFacts, birth?: string): Known => ({
  baseline: aBaseline([wasWell(consumer, birth === undefined ? {} : { birth }), other]),
  baselineAt: inDays(-10),
});
/** Under GUARDIAN_AUTO_REVERSE=all. */
const verdictOn = (consumer: ConsumerFacts, shown: Partial<ConsumerFacts>, known: Known) =>
  assessed(bare(consumer, shown), { known }).verdicts.map(({ step, verdict }) => `${step.kind} ${verdict}`)[0];

describe.each([
  ['a single server', single],
  ['a flexible server', flexible],
  ['a disk encryption set', set],
] as const)('%s under a known name, without an identity', (_kind, consumer) => {
  it.each([
    ['it was made when the one was that had access', { birth: inDays(-90) }, inDays(-90)],
    ['it was made before that one was recorded', { birth: inDays(-11) }, undefined],
    ['it can be restored to a time before that one was recorded', { existsSince: inDays(-11) }, undefined],
  ])('gets its own again where %s', (_case, shown, birth) => {
    expect(verdictOn(consumer, shown, recorded(consumer, birth))).toBe('assignIdentity run');
  });
  it.each([
    ['it was made at another time', { birth: inDays(-1) }, inDays(-90)],
    ['it was made after that one was recorded', { birth: inDays(-1) }, undefined],
    [
      'it was made anew, though it can be restored to long ago',
      { birth: inDays(-1), existsSince: inDays(-90) },
      undefined,
    ],
  ])('is a new consumer, and gets nothing, where %s', (_case, shown, birth) => {
    const decision = assessed(bare(consumer, shown), { known: recorded(consumer, birth) });
    expect(decision.verdicts.filter(({ verdict }) => verdict === 'run')).toEqual([]);
    expect(kindsIn(bare(consumer, shown), recorded(consumer, birth))).toContain('copyAwaitingAccess');
  });
  it.each([
    ['nothing shows when it was made', {}, undefined],
    ['nothing shows any more when it was made', {}, inDays(-90)],
    ['its oldest restore point is younger than the record', { existsSince: inDays(-7) }, undefined],
  ])('asks where %s, whatever autoReverse names', (_case, shown, birth) => {
    expect(verdictOn(consumer, shown, recorded(consumer, birth))).toBe('assignIdentity ask');
  });
});

describe('A new identity of a consumer of which nobody can tell whether it was made again', () => {
  it('is let in only when somebody says yes once more', () => {
    const known = recorded(single);
    const assigned = stepOf(assessed(bare(single, {}), { known }), 'assignIdentity');
    const renewed = anObservation([aVersion()], [{ ...single, principalId: present('p9') }, other], {
      ...withAccess({ p9: { permissions: [] }, p4: all }),
      otherKeys: present(false),
    });
    const [verdict] = assessed(renewed, { known: { ...known, attempts: [did(assigned, 1)] } }).verdicts;
    expect(verdict).toMatchObject({ verdict: 'ask', step: { kind: 'grantKeyAccess' } });
  });
});

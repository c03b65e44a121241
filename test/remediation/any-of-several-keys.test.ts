import { describe, expect, it } from 'vitest';
import { baselineOf } from '../../src/loop/memory/baseline.ts';
import { rootCauses } from '../../src/remediation/diagnosis/root-causes.ts';
import {
  absent,
  type ConsumerFacts,
  type Fact,
  type KeyObservation,
  present,
  unknown,
} from '../../src/remediation/model/facts.ts';
import type { Known } from '../../src/remediation/model/known.ts';
import { assessed, findingIn, findingsIn, kindsIn, outlineOf } from '../builders/assessed.ts';
import { aBaseline } from '../builders/baseline.ts';
import {
  aFlexibleServer,
  anObservation,
  aVersion,
  inaccessible,
  inDays,
  KEY,
  kidOf,
  V1,
  withAccess,
} from '../builders/observation.ts';

const OTHERS = ['https://second.vault.azure.net/keys/cmk', 'https://first.vault.azure.net/keys/cmk/1'];
const loss = present({ kind: 'deleted', deletedOn: inDays(0), recoverableUntil: inDays(90), tags: {} } as const);
const FULL = { permissions: ['get', 'list', 'unwrapKey', 'wrapKey'] } as const;

/** A consumer that can live on any one of three keys; this key is one of them. */
const aNamespace = (changes: Parameters<typeof aFlexibleServer>[1] = {}): ConsumerFacts =>
  aFlexibleServer('events', { use: 'anyOf', otherKeys: OTHERS, principalId: present('p1'), ...changes });

const another = (works: Fact<boolean>): Pick<ConsumerFacts, 'otherKeyWorks'> => ({ otherKeyWorks: works });

const withoutKey = (consumer: ConsumerFacts, changes: Partial<KeyObservation> = {}): KeyObservation =>
  anObservation([[V1, absent]], [consumer], { loss, ...changes });

const impactIn = (observation: KeyObservation, known: Known = {}) =>
  findingIn(observation, 'keyDeleted', known)?.harm[0];

describe('A consumer that lives on any one of several keys', () => {
  it('is weakened by the loss of one while another is known to work: the key is given back, and nothing is urgent', () => {
    const observation = withoutKey(aNamespace(another(present(true))));
    expect(impactIn(observation)).toEqual({
      consumerId: aNamespace().id,
      consumerKind: 'mysqlFlexibleServer',
      level: 'latent',
      weakens: true,
      sentence: expect.stringMatching(/^events is not stopped by it: another of its keys works, but /),
    });
    expect(outlineOf(observation, { known: { baseline: aBaseline([aNamespace()]) } })).toEqual([['recoverKey', 'run']]);
  });

  it('is stopped by the loss of the last, or where none is known to work, though its state does not say so yet', () => {
    const last = impactIn(withoutKey(aNamespace(another(present(false)))));
    expect(last).toMatchObject({ level: 'latent', deadline: expect.any(String) });
    expect(last?.sentence).toContain('none of its other keys works');
    for (const works of [another(unknown('403')), {}]) {
      const harm = impactIn(withoutKey(aNamespace(works)));
      expect(harm).toMatchObject({ level: 'latent', deadline: expect.any(String) });
      expect(harm?.sentence).toContain('none of its other keys is known to work');
    }
  });

  it('that is inaccessible says itself that none of them works', () => {
    const down = aNamespace({ state: inaccessible, ...another(present(true)) });
    expect(findingsIn(withoutKey(down))).toMatchObject([
      { kind: 'keyDeleted', harm: [{ level: 'active' }] },
      { kind: 'consumerInaccessible', explainedBy: expect.stringContaining('keyDeleted') },
    ]);
  });

  it('is not helped by another key where it has no identity to use any with', () => {
    const known = { baseline: aBaseline([aNamespace()]) };
    const nobody = aNamespace({ principalId: absent, ...another(present(true)) });
    const [harm] = findingIn(anObservation([aVersion()], [nobody]), 'identityMissing', known)?.harm ?? [];
    expect(harm?.sentence).not.toContain('another of its keys');
  });

  it('proves nothing of this key by working: it lacks access to it all the same', () => {
    const known = { baseline: aBaseline([aNamespace()]) };
    const observation = anObservation([aVersion()], [aNamespace()], withAccess({ p1: { permissions: [] } }));
    expect(kindsIn(observation, known)).toEqual(['accessMissing']);
    expect(kindsIn(observation)).toEqual(['accessMissing']);
    expect(baselineOf(anObservation([aVersion()], [aNamespace()]))).toBeUndefined();
  });

  it('has its other keys in the baseline, in whatever order it names them', () => {
    const seen = (otherKeys: readonly string[]) =>
      baselineOf(anObservation([aVersion()], [aNamespace({ otherKeys })], withAccess({ p1: FULL })));
    expect(seen(OTHERS)?.consumers).toMatchObject([{ use: 'anyOf', kid: kidOf(V1), otherKeys: OTHERS.toSorted() }]);
    expect(seen(OTHERS.toReversed())).toEqual(seen(OTHERS));
  });

  it('is one cause at the fuse where it is down, with whichever of its keys it is found', () => {
    const down = aNamespace({ state: inaccessible });
    const causes = ['a', 'b'].map((name) => {
      const key = { ...KEY, host: `${name}.vault.azure.net` };
      const here = { ...down, pinned: { ...down.pinned, key } };
      const observation = { ...anObservation([aVersion()], [here]), key };
      return rootCauses(findingsIn(observation), key);
    });
    expect(causes).toEqual([[down.id.toLowerCase()], [down.id.toLowerCase()]]);
  });

  it('is healed no more where it bears a do-not-heal mark', () => {
    const marked = aNamespace({ tags: { 'cmk-guardian:do-not-heal': 'true' }, ...another(present(false)) });
    expect(outlineOf(withoutKey(marked))).toEqual([['recoverKey', 'report']]);
  });

  it('is pointed at another key in this one’s place on request, and never at one that it has beside', () => {
    const request = (newKid: string) => ({
      requests: [
        {
          step: 'repointConsumer',
          target: aNamespace().id.toLowerCase(),
          by: 'ada',
          at: inDays(0),
          parameters: { newKid },
        },
      ],
    });
    const observation = anObservation([aVersion()], [aNamespace()]);
    const planned = (newKid: string) => assessed(observation, { records: request(newKid) }).plan.steps;
    const third = 'https://third.vault.azure.net/keys/cmk/3';
    expect(planned(third)).toMatchObject([{ kind: 'repointConsumer', parameters: { kid: kidOf(V1), newKid: third } }]);
    expect(OTHERS.flatMap(planned)).toEqual([]);
  });
});

describe('Who names a key of others beside one of their own', () => {
  const orders = aFlexibleServer('orders', { principalId: present('p0') });
  const stranger = aNamespace({ principalId: present('p9'), ...another(present(true)) });

  it('is a stranger, whom nothing is done for and nothing affects, though it works', () => {
    const known = { baseline: aBaseline([orders]) };
    const observation = anObservation([aVersion()], [stranger], withAccess({ p9: { permissions: [] } }));
    expect(findingsIn(observation, known)).toMatchObject([{ kind: 'copyAwaitingAccess', harm: [{ level: 'none' }] }]);
    expect(outlineOf(observation, { known })).toEqual([]);
  });

  it('has no key opened for it by working on another: a person must say yes', () => {
    const known = { baseline: aBaseline([orders]) };
    expect(outlineOf(withoutKey(stranger), { known })).toEqual([['recoverKey', 'ask']]);
    expect(outlineOf(withoutKey(stranger))).toEqual([['recoverKey', 'ask']]);
  });
});

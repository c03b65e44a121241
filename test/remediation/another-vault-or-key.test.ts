import { describe, expect, it } from 'vitest';
import type { Baseline, RecordedVersion } from '../../src/remediation/model/baseline.ts';
import {
  absent,
  type ConsumerFacts,
  type KeyObservation,
  present,
  unknown,
  type VaultFacts,
} from '../../src/remediation/model/facts.ts';
import type { Known } from '../../src/remediation/model/known.ts';
import type { Attempt } from '../../src/remediation/model/records.ts';
import { assessed, kindsIn, outlineOf } from '../builders/assessed.ts';
import { aBaseline, wasWell } from '../builders/baseline.ts';
import {
  aDiskEncryptionSet,
  anObservation,
  aSingleServer,
  aVault,
  aVersion,
  inaccessible,
  inDays,
  KEY,
  V1,
  V2,
  withAccess,
} from '../builders/observation.ts';
import { someRecords } from '../builders/policy.ts';

const BIRTH = inDays(-400);
const ELSEWHERE = aVault().id.replace('/resourceGroups/data/', '/resourceGroups/squatted/');
const orders = aSingleServer('orders', { state: inaccessible });
const following = aDiskEncryptionSet('disks', { version: { kind: 'unknown', reason: 'it names none' } });
const m1 = 'a'.repeat(64);
const m2 = 'b'.repeat(64);

const baselineWith = (
  versions: Readonly<Record<string, RecordedVersion>>,
  consumers: readonly ConsumerFacts[] = [orders],
): Baseline => {
  const baseline = aBaseline(consumers.map((one) => wasWell(one)));
  return { ...baseline, vault: { ...baseline.vault, birth: BIRTH }, versions };
};
const KNOWN: Known = { baseline: baselineWith({ [V1]: { material: m1 } }), incidentOpenedAt: inDays(0) };

const vaultWith = (changes: Partial<VaultFacts>) => present(aVault({ birth: BIRTH, ...changes }));
const noAccess = withAccess({ 'p-before': { permissions: [] } });

/** The possible faults of a key. Each is repaired where vault and key are the known ones. */
const FAULTS: Readonly<Record<string, KeyObservation>> = {
  'a disabled version': anObservation([aVersion(V1, { material: m1, enabled: false })], [orders]),
  'an expired version': anObservation([aVersion(V1, { material: m1, expiresOn: inDays(-1) })], [orders]),
  'a version that is not active': anObservation([aVersion(V1, { material: m1, notBefore: inDays(1) })], [orders]),
  'a consumer without access': anObservation(
    [aVersion(V1, { material: m1 })],
    [orders],
    withAccess({ [String(orders.principalId.kind === 'present' && orders.principalId.value)]: { permissions: [] } }),
  ),
  'a consumer without identity': anObservation(
    [aVersion(V1, { material: m1 })],
    [aSingleServer('orders', { state: inaccessible, principalId: absent })],
  ),
  'a consumer that is down': anObservation([aVersion(V1, { material: m1 })], [orders]),
  'a deleted key': anObservation([[V1, absent]], [orders], {
    loss: present({ kind: 'deleted', deletedOn: inDays(0), recoverableUntil: inDays(90), tags: {} }),
  }),
  'a purged key with a backup': anObservation([[V1, absent]], [orders], {
    loss: present({ kind: 'gone' }),
    backup: present('contoso/mysql-cmk'),
  }),
};

const firewalled = { ...aVault().network, bypass: 'None' };
const REQUESTS = [
  { step: 'recoverKey', target: `https://${KEY.host}/keys/${KEY.name}` },
  { step: 'enablePurgeProtection', target: `https://${KEY.host}/keys/${KEY.name}` },
  { step: 'assignIdentity', target: orders.id, parameters: { identity: '/identities/mine' } },
  { step: 'repointConsumer', target: orders.id, parameters: { newKid: `https://${KEY.host}/keys/other/${V2}` } },
].map((one) => ({ ...one, by: 'somebody', at: inDays(0) }));
const decisionOn = (observation: KeyObservation, known: Known = KNOWN) =>
  assessed(observation, { known, records: someRecords({ requests: REQUESTS }) });

const OTHERS: readonly (readonly [string, Partial<VaultFacts>])[] = [
  ['of another resource group', { id: ELSEWHERE, birth: inDays(-1) }],
  ['of another resource group that shows the same birth', { id: ELSEWHERE, birth: BIRTH }],
  ['that was made later under the same id', { birth: inDays(-1) }],
];

describe('A vault that bears the name of the one that was known', () => {
  const cases = OTHERS.flatMap(([other, changes]) => Object.keys(FAULTS).map((fault) => ({ other, changes, fault })));
  it.each(cases)('$other gets nothing for $fault, though all reversals are allowed and steps are requested', (one) => {
    const observation = FAULTS[one.fault] ?? anObservation([], []);
    const own = { ...observation, vault: vaultWith({}) };
    expect(decisionOn(own).plan.steps.length).toBeGreaterThan(0);
    const foreign = { ...observation, vault: vaultWith({ network: firewalled, ...one.changes }) };
    const decision = decisionOn(foreign);
    expect(decision.plan.steps).toEqual([]);
    expect(decision.kind).toBe('report');
    expect(decision.findings.find(({ kind }) => kind === 'vaultForeign')).toMatchObject({
      evidence: { was: KNOWN.baseline?.vault.id },
    });
    expect(decision.notes.join(' ')).toMatch(
      /`cmk-guardian accept-vault \/subscriptions\/\S+ \/subscriptions\/\S+ --host \S+ --why '<why>'`/,
    );
  });

  it.each(OTHERS)(
    '%s has nobody told to let the product, or anybody, in where it cannot be read',
    (_which, changes) => {
      const why =
        'cmk: AccessDenied, it has no key permission. Fix: az keyvault set-policy --name contoso --object-id x --key-permissions get';
      const shut = anObservation([[V1, unknown(why)]], [orders], {
        loss: unknown(why),
        ...withAccess({ x: unknown(why) }),
      });
      const told = (vault: KeyObservation['vault']) => {
        const { findings, notes } = decisionOn({ ...shut, vault });
        return [...findings.map(({ sentence }) => sentence), ...notes].join(' ');
      };
      expect(told(vaultWith({}))).toContain('set-policy');
      expect(told(vaultWith(changes))).not.toMatch(/set-policy|Fix:|role assignment create/);
      expect(told(vaultWith(changes))).toMatch(
        /AccessDenied, it has no key permission; nothing is to be granted there/,
      );
    },
  );

  it('is found also where all who use it are switched off, so that it never becomes the known one', () => {
    const stopped = aSingleServer('orders', { state: present({ state: 'stopped', raw: 'Stopped' }) });
    const seen = anObservation([aVersion(V1, { material: m1 })], [stopped], { vault: vaultWith({ id: ELSEWHERE }) });
    expect(assessed(seen, { known: KNOWN }).kind).toBe('report');
  });

  it('explains what hangs on it', () => {
    const seen = anObservation([[V1, absent]], [orders], {
      vault: vaultWith({ id: ELSEWHERE }),
      loss: present({ kind: 'gone' }),
    });
    const root = `vaultForeign ${ELSEWHERE.toLowerCase()}`;
    const explained = decisionOn(seen).findings.map(({ kind, explainedBy }) => [kind, explainedBy]);
    expect(explained).toEqual([
      ['vaultForeign', undefined],
      ['keyPurged', root],
      ['consumerInaccessible', root],
    ]);
  });

  it('is the same where it shows no birth, or none was recorded', () => {
    const seen = FAULTS['a disabled version'] ?? anObservation([], []);
    expect(kindsIn({ ...seen, vault: present(aVault()) }, KNOWN)).not.toContain('vaultForeign');
    const before = { baseline: aBaseline([wasWell(orders)]) };
    expect(kindsIn({ ...seen, vault: vaultWith({}) }, before)).not.toContain('vaultForeign');
  });

  it('is another where an earlier version recorded no birth, and it was made after that healthy state was entered', () => {
    const before: Known = { ...KNOWN, baseline: aBaseline([wasWell(orders)]), baselineAt: inDays(-30) };
    for (const [fault, seen] of Object.entries(FAULTS)) {
      const made = (birth: string) => ({ ...seen, vault: vaultWith({ birth }) });
      expect([fault, decisionOn(made(inDays(-1)), before).plan.steps]).toEqual([fault, []]);
      expect([fault, kindsIn(made(BIRTH), before)]).toEqual([fault, expect.not.arrayContaining(['vaultForeign'])]);
    }
    const wellLooking = anObservation([aVersion(V1)], [aSingleServer('orders')], {
      vault: vaultWith({ birth: inDays(-1) }),
    });
    expect(assessed(wellLooking, { known: before }).kind).toBe('report');
    const attempts = [recovered(aVault().id, inDays(-1))];
    const known = { ...before, attempts, incidentOpenedAt: inDays(-1.01) };
    expect(kindsIn(wellLooking, known)).not.toContain('vaultForeign');
  });

  it('says whether it holds the same keys, which alone lets nobody in', () => {
    const of = (material: string | undefined, vault: Partial<VaultFacts>) =>
      decisionOn(
        anObservation([aVersion(V1, material === undefined ? {} : { material })], [orders], {
          vault: vaultWith(vault),
        }),
      );
    const evidence = (decision: ReturnType<typeof of>) =>
      decision.findings.find(({ kind }) => kind === 'vaultForeign')?.evidence['isSameContent'];
    for (const vault of [{ id: ELSEWHERE }, { birth: inDays(-1) }]) {
      expect(evidence(of(m1, vault))).toBe(true);
      expect(evidence(of(m2, vault))).toBe(false);
      expect(evidence(of(undefined, vault))).toBe(false);
      expect(of(m1, vault).plan.steps).toEqual([]);
    }
  });
});

const recovered = (id: string, at: string): Attempt => ({
  stepId: 's',
  step: 'recoverVault',
  target: id.toLowerCase(),
  outcome: 'done',
  why: '',
  at,
});

describe('A deleted vault of the name', () => {
  const lost = (vaultId: string): KeyObservation =>
    anObservation([[V1, { kind: 'unknown', reason: 'the vault is deleted' }]], [orders], {
      vault: absent,
      vaultLoss: present({
        kind: 'deleted',
        vaultId,
        location: 'koreacentral',
        deletedOn: inDays(0),
        recoverableUntil: inDays(90),
        tags: {},
      }),
    });

  it('is recovered where it is the one that was known, and no other', () => {
    expect(outlineOf(lost(aVault().id), { known: KNOWN })).toEqual([
      ['recoverVault', 'run'],
      ['revalidateConsumer', 'run'],
    ]);
    expect(decisionOn(lost(ELSEWHERE)).plan.steps).toEqual([]);
    expect(kindsIn(lost(ELSEWHERE), KNOWN)).toEqual(expect.arrayContaining(['vaultForeign', 'vaultDeleted']));
  });

  it('that this incident has recovered is the same, also where Azure gives it a new birth', () => {
    const attempts = [recovered(aVault().id, inDays(0.01))];
    const back = (birth: string, material = m1) =>
      anObservation([aVersion(V1, { material })], [orders], { vault: vaultWith({ birth }) });
    const known = { ...KNOWN, attempts };
    expect(kindsIn(back(inDays(0.01)), known)).not.toContain('vaultForeign');
    expect(kindsIn(back(inDays(0.01)), KNOWN)).toContain('vaultForeign');
    expect(kindsIn(back(inDays(-1)), known)).toContain('vaultForeign');
    expect(kindsIn(back(inDays(0.01), m2), known)).toContain('keyForeign');
    expect(kindsIn(back(inDays(0.1)), known)).toContain('vaultForeign');
  });

  it('that was recovered for another key is the same however much later this key is looked at', () => {
    const born = (birth: string, vaultRecoveredAt: string) =>
      kindsIn(anObservation([aVersion(V1, { material: m1 })], [orders], { vault: vaultWith({ birth }) }), {
        ...KNOWN,
        vaultRecoveredAt,
      });
    expect(born(inDays(-40), inDays(-39.99))).not.toContain('vaultForeign');
    expect(born(inDays(-39), inDays(-39.99))).toContain('vaultForeign');
    expect(born(inDays(-41), inDays(-39.99))).toContain('vaultForeign');
  });

  it('that this incident has recovered is another where it came back without its keys', () => {
    const attempts = [recovered(aVault().id, inDays(0.01))];
    for (const kind of ['gone', 'versionMissing'] as const) {
      const seen = anObservation([[V1, absent]], [orders], {
        vault: vaultWith({ birth: inDays(0.01) }),
        loss: present({ kind }),
        backup: present('contoso/mysql-cmk'),
      });
      expect(decisionOn(seen, { ...KNOWN, attempts }).plan.steps).toEqual([]);
    }
  });
});

describe('A key that bears the name of the one that was in use', () => {
  const well = vaultWith({});
  const current = present(aVersion(V2, { material: m2 }));

  it('and has another public part gets nothing', () => {
    for (const changes of [{ enabled: false }, { expiresOn: inDays(-1) }, {}]) {
      const seen = anObservation([aVersion(V1, { material: m2, ...changes })], [orders], { vault: well, ...noAccess });
      expect(kindsIn(seen, KNOWN)).toContain('keyForeign');
      expect(decisionOn(seen).plan.steps).toEqual([]);
    }
  });

  it('and lacks the version that was in use gets nothing for anybody, be it pinned or followed', () => {
    const missing = { vault: well, loss: present({ kind: 'versionMissing' as const }), current };
    const mixed = anObservation(
      [[V1, absent], aVersion(V2, { material: m2, enabled: false })],
      [orders, following],
      missing,
    );
    expect(kindsIn(mixed, KNOWN)).toEqual(expect.arrayContaining(['keyForeign', 'keyVersionMissing']));
    expect(decisionOn(mixed).plan.steps).toEqual([]);

    const known = { baseline: baselineWith({ [V1]: { material: m1 } }, [following]) };
    const followed = (recorded: KeyObservation['recorded']) =>
      anObservation([aVersion(V2, { material: m2, enabled: false })], [following], {
        vault: well,
        current: present(aVersion(V2, { material: m2, enabled: false })),
        ...(recorded && { recorded }),
      });
    expect(kindsIn(followed(absent), known)).toContain('keyForeign');
    expect(kindsIn(followed(present(aVersion(V1, { material: m2 }))), known)).toContain('keyForeign');
    expect(decisionOn(followed(absent), known).plan.steps).toEqual([]);
  });

  it('was rotated where it holds that version, and is repaired', () => {
    const known = { baseline: baselineWith({ [V1]: { material: m1 } }, [following]) };
    const seen = anObservation([aVersion(V2, { material: m2, enabled: false })], [following], {
      vault: well,
      current: present(aVersion(V2, { material: m2, enabled: false })),
      recorded: present(aVersion(V1, { material: m1 })),
    });
    expect(kindsIn(seen, known)).not.toContain('keyForeign');
    expect(outlineOf(seen, { known })).toEqual([['enableKey', 'run']]);
  });

  it('is known from a baseline of before by the versions that consumers name', () => {
    const before = { baseline: aBaseline([wasWell(orders)]) };
    const seen = anObservation([[V1, absent]], [orders], {
      vault: present(aVault()),
      loss: present({ kind: 'versionMissing' }),
    });
    expect(kindsIn(seen, before)).toContain('keyForeign');
  });

  it('and was deleted is not recovered where it shows another public part, and asks where it shows another version', () => {
    const deleted = (version: string, material: string, consumer = orders) =>
      anObservation(consumer === orders ? [[V1, absent]] : [], [consumer], {
        vault: well,
        ...(consumer === following && { current: absent }),
        loss: present({
          kind: 'deleted',
          deletedOn: inDays(0),
          recoverableUntil: inDays(90),
          tags: {},
          version,
          material,
        }),
      });
    expect(outlineOf(deleted(V1, m1), { known: KNOWN })[0]).toEqual(['recoverKey', 'run']);
    expect(decisionOn(deleted(V1, m2)).plan.steps).toEqual([]);
    expect(outlineOf(deleted(V2, m2), { known: KNOWN })[0]).toEqual(['recoverKey', 'run']);
    const known = { baseline: baselineWith({ [V1]: { material: m1 } }, [following]) };
    expect(outlineOf(deleted(V2, m2, following), { known })[0]).toEqual(['recoverKey', 'ask']);
    expect(outlineOf(deleted(V1, m1, following), { known })[0]).toEqual(['recoverKey', 'run']);
  });
});

describe('What is said of a vault that is elsewhere', () => {
  const sentenceOn = (vault: Partial<VaultFacts>) =>
    assessed(anObservation([aVersion(V1, { material: m1 })], [orders], { vault: vaultWith(vault) }), {
      known: KNOWN,
    }).findings.find(({ kind }) => kind === 'vaultForeign')?.sentence;

  it('is that it was moved, more likely than not, where it was made when the one that was known was', () => {
    expect(sentenceOn({ id: ELSEWHERE })).toMatch(/is not where the one was .* it was moved, more likely than not\.$/);
    expect(sentenceOn({ id: ELSEWHERE, birth: inDays(-1) })).toMatch(/is another than the one that was known/);
  });
});

describe('What a step is made of', () => {
  it('is the vault with its birth and the material of the version: another of either is another step', () => {
    const step = (vault: Partial<VaultFacts>, known: Known, material = m1) =>
      assessed(anObservation([aVersion(V1, { material, enabled: false })], [orders], { vault: vaultWith(vault) }), {
        known,
      }).plan.steps.find(({ kind }) => kind === 'enableKey');
    const one = step({}, {});
    expect(one?.parameters).toMatchObject({ vaultId: aVault().id.toLowerCase(), vaultBirth: BIRTH, material: m1 });
    expect(step({}, {})?.stepId).toBe(one?.stepId);
    expect(step({ birth: inDays(-1) }, {})?.stepId).not.toBe(one?.stepId);
    expect(step({}, {}, m2)?.stepId).not.toBe(one?.stepId);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineOf } from '../../src/loop/memory/baseline.ts';
import { ACCESS_CHECKS } from '../../src/posture/checks/access-checks.ts';
import { KEY_FORM_CHECKS } from '../../src/posture/checks/key-form-checks.ts';
import { NETWORK_CHECKS } from '../../src/posture/checks/network-checks.ts';
import { linesOfPath } from '../../src/posture/lines.ts';
import { ofConsumer } from '../../src/remediation/model/baseline.ts';
import {
  type ConsumerFacts,
  type KeyObservation,
  type NetworkRules,
  present,
  unknown,
} from '../../src/remediation/model/facts.ts';
import type { ConsumerKind } from '../../src/remediation/model/profiles.ts';
import { keyWorks } from '../../src/remediation/observation/key-works.ts';
import { actionsOf } from '../../src/remediation/steps/make-step.ts';
import { isAdmitted, lineageOf, originOf } from '../../src/remediation/trust/lineage.ts';
import { arbitrarySituation, type Given } from '../builders/arbitrary-situation.ts';
import { assessed, findingIn, kindsIn, outlineOf } from '../builders/assessed.ts';
import { aBaseline } from '../builders/baseline.ts';
import { drawnBefore } from '../builders/drawn.ts';
import {
  anObservation,
  aSingleServer,
  aVault,
  aVersion,
  GROUP,
  inaccessible,
  inDays,
  kidOf,
  NOW,
  V1,
  withAccess,
} from '../builders/observation.ts';
import { policyIn } from '../builders/policy.ts';
import { aPath } from '../builders/posture.ts';

/** A kind of a later version of the product, or of an earlier one: stored rows with such kinds must stay readable for ever. */
const KIND = 'cassandraCluster' as ConsumerKind;

const ofUnknownKind = (consumer: ConsumerFacts): ConsumerFacts => ({ ...consumer, kind: KIND });

const aCluster = (name = 'ring', changes: Parameters<typeof aSingleServer>[1] = {}): ConsumerFacts => ({
  ...ofUnknownKind(aSingleServer(name, { principalId: present('p9'), identity: { kind: 'system' }, ...changes })),
  id: `${GROUP}/providers/Microsoft.DocumentDB/cassandraClusters/${name}`,
});

const orders = aSingleServer('orders', { principalId: present('p1') });
const full = { permissions: ['get', 'list', 'unwrapKey', 'wrapKey'] } as const;
const deleted = present({ kind: 'deleted', deletedOn: inDays(-1), recoverableUntil: inDays(80), tags: {} } as const);
const withoutKey = (consumer: ConsumerFacts, changes: Partial<KeyObservation> = {}): KeyObservation =>
  anObservation([[V1, { kind: 'absent' }]], [consumer], { loss: deleted, ...changes });

const strange = ({ observation, known }: Given): Given => ({
  observation: {
    ...observation,
    consumers:
      observation.consumers.kind === 'present'
        ? present(observation.consumers.value.map(ofUnknownKind))
        : observation.consumers,
  },
  known: {
    ...known,
    ...(known.baseline && {
      baseline: { ...known.baseline, consumers: known.baseline.consumers.map((one) => ({ ...one, kind: KIND })) },
    }),
  },
});

const BOLD = policyIn('auto', {
  autoReverse: 'all',
  fuse: { rootCauses: 99, sharePercent: 0, windowMinutes: 60 },
});
const always = (law: (given: Given, decision: ReturnType<typeof assessed>) => void): void =>
  fc.assert(
    fc.property(arbitrarySituation.map(strange), (given) =>
      law(given, assessed(given.observation, { known: given.known, policy: BOLD })),
    ),
    { numRuns: 600, examples: drawnBefore('drawn-of-unknown-kind') },
  );

describe('A consumer of a kind that this version does not know, whatever is seen and known of it,', () => {
  const OPENERS = [
    ...['recoverVault', 'setVaultBypass', 'restoreNetworkRules', 'enableSoftDelete', 'enablePurgeProtection'],
    ...['rebuildEventSubscription', 'rebuildDiagnosticSetting', 'recoverKey', 'restoreKeyFromBackup'],
    ...['enableKey', 'setActivationDate', 'extendKeyExpiry'],
  ];
  it('is not written to, let in, nor given an identity: what is planned is about the key and its vault', () =>
    always((_given, { plan }) => {
      expect(plan.steps.map(({ kind }) => kind).filter((kind) => !OPENERS.includes(kind))).toEqual([]);
    }));
  it('has nothing opened for it unasked, unless it was well here before', () =>
    always(({ observation: { consumers }, known }, { verdicts }) => {
      const wasHere =
        consumers.kind === 'present' && consumers.value.some(({ id }) => ofConsumer(known.baseline, id) !== undefined);
      const opened = verdicts.filter(({ verdict, step }) => verdict === 'run' && !step.kind.startsWith('rebuild'));
      if (!wasHere) expect(opened.map(({ step }) => step.kind)).toEqual([]);
    }));
  it('is not taken for one that is well', () =>
    always(({ observation }) => {
      expect(baselineOf(observation)).toBeUndefined();
    }));
  it('is never healthy: nothing shows whether it reaches its key, unless it is a stranger, or stopped and its key known to be lost', () =>
    always(({ observation, known }, { kind, findings }) => {
      const isLostTo = ({ id, state }: ConsumerFacts): boolean =>
        state.kind === 'present' &&
        state.value.state === 'stopped' &&
        findings.some(({ harm }) => harm.some(({ consumerId }) => consumerId === id));
      const isNoConcern = (one: ConsumerFacts): boolean =>
        one.state.kind === 'absent' || isLostTo(one) || lineageOf(one, { observation, known }) === 'stranger';
      const { consumers } = observation;
      if (consumers.kind === 'present' && !consumers.value.every(isNoConcern)) expect(kind).not.toBe('healthy');
    }));
  it('is said to be affected by what takes the key from every other', () => {
    const found = findingIn(withoutKey(aCluster()), 'keyDeleted');
    expect(found?.harm).toMatchObject([{ consumerKind: KIND, level: 'latent' }]);
    expect(kindsIn(withoutKey(aCluster()))).toContain('keyDeleted');
  });
});

describe('Of a consumer of an unknown kind', () => {
  it('that is ready nobody concludes that it has its key', () => {
    expect(outlineOf(withoutKey(aCluster()))).toEqual([['recoverKey', 'ask']]);
    expect(outlineOf(withoutKey(aCluster()), { known: { baseline: aBaseline([orders]) } })).toEqual([
      ['recoverKey', 'ask'],
    ]);
  });
  it('that may do all with the key nobody concludes that it was let in', () => {
    const seen = withoutKey(aCluster(), withAccess({ p9: full }));
    expect(isAdmitted(aCluster(), seen)).toBe(false);
    expect(outlineOf(seen, { known: { baseline: aBaseline([orders]) } })).toEqual([['recoverKey', 'ask']]);
  });
  it('nobody concludes that it is a copy, whatever it states and wherever restores are trusted', () => {
    const known = { baseline: aBaseline([orders]) };
    const copy = aCluster('copy', { state: inaccessible, copyOf: orders.id.toLowerCase() });
    const observation = anObservation([aVersion()], [copy], withAccess({ p9: { permissions: [] } }));
    expect(originOf(copy, { observation, known })).toBe('stranger');
    expect(outlineOf(observation, { known, remediation: { trustedRestores: ['*'] } })).toEqual([]);
  });
  it('nobody concludes that it lacks what it needs: that is not known', () => {
    const observation = anObservation([aVersion()], [aCluster()], withAccess({ p9: { permissions: [] } }));
    expect(kindsIn(observation)).not.toContain('accessMissing');
  });
  it('that was here in the last healthy state it stays known, whatever it may do now', () => {
    const before = aBaseline([aCluster()]);
    const seen = anObservation([aVersion()], [aCluster()], withAccess({ p9: { permissions: ['get'] } }));
    expect(baselineOf(seen, before)?.consumers).toMatchObject([{ kind: KIND, principalId: 'p9' }]);
  });
  it('nobody concludes that a closed firewall keeps it out, or that it would pass an open one', () => {
    const closed = present(aVault({ network: { ...aVault().network, bypass: 'None' } }));
    expect(kindsIn(anObservation([aVersion()], [aCluster()], { vault: closed }))).not.toContain('vaultFirewallBlocks');
    expect(kindsIn(anObservation([aVersion()], [aCluster(), orders], { vault: closed }))).toContain(
      'vaultFirewallBlocks',
    );
    expect(
      findingIn(anObservation([aVersion()], [aCluster(), orders], { vault: closed }), 'vaultFirewallBlocks')?.harm,
    ).toMatchObject([{ consumerId: orders.id }]);
  });
  it('nobody can tell whether it reaches its key, which is said once for each, with what to do', () => {
    const network = (defaultAction: string, bypass: string) =>
      aVault({ network: { ...aVault().network, defaultAction, bypass } });
    const consumers = [aCluster(), aCluster('second', { state: unknown('403') }), orders];
    for (const vault of [network('Allow', 'None'), network('Deny', 'AzureServices'), network('Deny', 'None')]) {
      const { findings, plan } = assessed(anObservation([aVersion()], consumers, { vault: present(vault) }));
      const doubts = findings.filter(({ kind }) => kind === 'observationIncomplete');
      expect(doubts.map(({ target }) => target)).toEqual(consumers.slice(0, 2).map(({ id }) => id.toLowerCase()));
      expect(doubts[0]?.harm).toMatchObject([{ level: 'none' }]);
      expect(doubts[0]?.sentence).toContain('Nobody can tell whether ring reaches its key: what it needs');
      expect(doubts[0]?.sentence.includes('firewall')).toBe(vault.network.defaultAction === 'Deny');
      expect(doubts[1]?.evidence).toMatchObject({ state: '403', reach: expect.any(String) });
      expect(plan.instructions.filter((one) => one.includes('Look at ring itself'))).toHaveLength(1);
    }
  });
  it('nobody concludes that another of its keys works behind a firewall, whoever passes there as a trusted service', () => {
    const works = (kind: ConsumerKind, changes: Partial<NetworkRules>) =>
      keyWorks(present(aVault({ network: { ...aVault().network, ...changes } })), present(aVersion()), kind, NOW);
    for (const bypass of ['AzureServices', 'None']) {
      expect(works(KIND, { bypass })).toMatchObject({ kind: 'unknown' });
      expect(works(KIND, { bypass, publicNetworkAccess: 'Disabled', defaultAction: 'Allow' }).kind).toBe('unknown');
      expect(works(KIND, { bypass, defaultAction: 'Allow' })).toEqual(present(true));
      expect(works('mysqlFlexibleServer', { bypass })).toEqual(present(bypass === 'AzureServices'));
    }
  });
  it('the report judges nothing that it does not know', () => {
    const path = aPath({ consumer: aCluster() });
    expect(linesOfPath(path).filter(({ verdict }) => verdict !== 'notApplicable')).toEqual([]);
    const checks = [ACCESS_CHECKS.accessComplete, KEY_FORM_CHECKS.keyTypeSupported, NETWORK_CHECKS.trustedServicesPass];
    const seen = aPath({ consumer: aCluster(), observed: withAccess({ p9: full }) });
    expect(checks.map(({ judge }) => judge(seen).verdict)).toEqual(['unknown', 'unknown', 'unknown']);
  });
  it('a step that was stored is read, with what every step needs', () => {
    const spec = {
      kind: 'revalidateConsumer',
      target: '/a',
      parameters: { vaultId: '/v', consumerKind: KIND, kid: kidOf(V1) },
    } as const;
    expect(actionsOf(spec)).toEqual(['Microsoft.KeyVault/vaults/read', 'Microsoft.KeyVault/vaults/keys/read']);
  });
});

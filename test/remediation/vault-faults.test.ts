import { describe, expect, it } from 'vitest';
import { rootCauses } from '../../src/remediation/diagnosis/root-causes.ts';
import {
  absent,
  type KeyObservation,
  type NetworkRules,
  present,
  unknown,
  type VaultLoss,
} from '../../src/remediation/model/facts.ts';
import { isHealthy } from '../../src/remediation/model/findings.ts';
import type { Known } from '../../src/remediation/model/known.ts';
import { assessed, findingIn, findingsIn, kindsIn, outlineOf } from '../builders/assessed.ts';
import { aBaseline } from '../builders/baseline.ts';
import {
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVault,
  aVersion,
  inaccessible,
  inDays,
  KEY,
  kidOf,
  V1,
} from '../builders/observation.ts';
import { policyIn, someRecords } from '../builders/policy.ts';

const down = aSingleServer('orders', { state: inaccessible });
const ready = aFlexibleServer('billing');
const vaultId = aVault().id.toLowerCase();
const deleted: VaultLoss = {
  kind: 'deleted',
  vaultId: aVault().id,
  location: 'koreacentral',
  deletedOn: '2026-11-22T11:55:00Z',
  recoverableUntil: inDays(89),
  tags: {},
};

/** A vault that is not found, and the loss that Azure shows for it. */
const lost = (vaultLoss: KeyObservation['vaultLoss'], consumers = [down, ready]): KeyObservation =>
  anObservation([[V1, unknown('the vault is gone')]], consumers, {
    vault: absent,
    ...(vaultLoss && { vaultLoss }),
  });

const withRules = (network: Partial<NetworkRules>, consumers = [down, ready]): KeyObservation =>
  anObservation([aVersion()], consumers, {
    vault: present(aVault({ network: { ...aVault().network, ...network } })),
  });

describe('A deleted vault', () => {
  it('is one cause for all consumers of its keys, and nothing else is said to be unknown', () => {
    const observation = lost(present(deleted));
    expect(kindsIn(observation)).toEqual(['vaultDeleted', 'consumerInaccessible']);
    expect(rootCauses(findingsIn(observation), KEY)).toEqual([vaultId]);
    expect(findingIn(observation, 'consumerInaccessible')?.explainedBy).toBe(`vaultDeleted ${vaultId}`);
  });
  it('takes its servers within ten minutes', () => {
    expect(findingIn(lost(present(deleted)), 'vaultDeleted')?.harm).toMatchObject([
      { level: 'active' },
      { level: 'latent', deadline: '2026-11-22T12:05:00.000Z' },
    ]);
  });
  it('is left alone where a key in it was marked when all was well, though nobody can read that mark any more', () => {
    const marked = (value: string): Known => ({
      baseline: { ...aBaseline([down, ready]), tags: { [kidOf(V1)]: { 'cmk-guardian:do-not-heal': value } } },
    });
    expect(outlineOf(lost(present(deleted)), { known: marked('the customer left') })).toEqual([
      ['recoverVault', 'report'],
      ['revalidateConsumer', 'report'],
    ]);
    expect(outlineOf(lost(present(deleted)), { known: marked('false') })[0]).toEqual(['recoverVault', 'run']);
  });
  it('is recovered, and its servers are revalidated only when it is back', () => {
    const { plan } = assessed(lost(present(deleted)));
    expect(plan.steps.map(({ kind, target }) => [kind, target])).toEqual([
      ['recoverVault', vaultId],
      ['revalidateConsumer', down.id.toLowerCase()],
    ]);
    expect(plan.steps[0]).toMatchObject({
      reveals: true,
      risk: 'reversal',
      touches: expect.arrayContaining([vaultId]),
    });
    expect(plan.steps[0]?.serves).toEqual([down.id.toLowerCase(), ready.id.toLowerCase()]);
    expect(plan.steps[1]?.dependsOn).toEqual([plan.steps[0]?.stepId]);
  });
  it('is recovered as the baseline saw it', () => {
    const known = { baseline: aBaseline([down], { permissionModel: 'rbac' }) };
    expect(assessed(lost(present(deleted)), { known }).plan.steps[0]?.parameters).toMatchObject({
      was: { permissionModel: 'rbac', tenantId: aVault().tenantId },
    });
  });
  it('is recovered without a question by default, on what is known of its deletion alone', () => {
    const policy = policyIn('auto', { autoReverse: [{ step: 'recoverVault', scope: '*' }] });
    expect(outlineOf(lost(present(deleted)), { policy })).toEqual([
      ['recoverVault', 'run'],
      ['revalidateConsumer', 'run'],
    ]);
  });
  it.each([
    ['its own', { ...deleted, tags: { 'cmk-guardian:do-not-heal': '' } }, [down]],
    ['that of any consumer of the key', deleted, [down, { ...ready, tags: { 'cmk-guardian:do-not-heal': '' } }]],
  ])('stays deleted where it carries the mark: %s', (_whose, loss, consumers) => {
    expect(outlineOf(lost(present(loss), consumers)).map(([, verdict]) => verdict)).toEqual(['report', 'report']);
  });
  it.each([vaultId, `https://${KEY.host}/keys/${KEY.name}`])('stays deleted where a record names %s', (target) => {
    const records = { doNotHeal: [{ target, by: 'ada', why: 'legal hold' }] };
    expect(outlineOf(lost(present(deleted)), { records })[0]).toEqual(['recoverVault', 'report']);
  });
  it('is named by autoReverse at the host of its keys as well', () => {
    const policy = policyIn('auto', { autoReverse: [{ step: 'recoverVault', scope: `https://${KEY.host}` }] });
    expect(outlineOf(lost(present(deleted)), { policy })[0]).toEqual(['recoverVault', 'run']);
  });
  it('does nothing where nobody uses the key', () => {
    expect(findingsIn(lost(present(deleted), []))).toEqual([]);
  });
});

describe('A vault that is not found', () => {
  it('nor among the deleted ones, is lost: a human makes it again, with the baseline in the command', () => {
    const known = { baseline: aBaseline([down]) };
    const { plan, kind, findings } = assessed(lost(present({ kind: 'gone' })), { known });
    expect(findings.map((one) => one.kind)).toEqual(['vaultPurged', 'consumerInaccessible']);
    expect([kind, plan.steps]).toEqual(['report', []]);
    expect(plan.instructions.join()).toContain('az keyvault create --name contoso --resource-group');
    expect(plan.instructions.join()).toContain('az keyvault key restore --vault-name contoso');
  });
  it.each([
    ['and nobody could tell why', unknown('403')],
    ['and nobody was asked why', undefined],
  ])('%s, is unreachable: no deletion, and no health', (_case, loss) => {
    const observation = lost(loss);
    expect(kindsIn(observation)).toEqual(['vaultUnreachable', 'consumerInaccessible']);
    expect(findingIn(observation, 'vaultUnreachable')?.harm.map(({ level }) => level)).toEqual(['none', 'none']);
    expect(assessed(observation).verdicts.map(({ verdict }) => verdict)).toEqual(['report']);
  });
  it('while its key answers lies out of sight', () => {
    const observation = anObservation([aVersion()], [ready], { vault: absent, vaultLoss: present(deleted) });
    expect(kindsIn(observation)).toEqual(['vaultUnreachable']);
  });
});

describe('A vault that cannot be read', () => {
  it('is unreachable, which takes the place of what cannot be read in it', () => {
    const observation = anObservation([[V1, unknown('503')]], [ready], { vault: unknown('503') });
    expect(findingsIn(observation)).toMatchObject([{ kind: 'vaultUnreachable', evidence: { vault: '503' } }]);
    expect(isHealthy(findingsIn(observation))).toBe(false);
  });
});

describe('The firewall of a vault', () => {
  const closed = { defaultAction: 'Deny', bypass: 'None' };

  it('that keeps trusted services out takes the key from everyone', () => {
    const observation = withRules(closed);
    expect(kindsIn(observation)).toEqual(['vaultFirewallBlocks', 'consumerInaccessible']);
    expect(findingIn(observation, 'vaultFirewallBlocks')).toMatchObject({
      target: vaultId,
      evidence: { bypass: 'None' },
      harm: [{ level: 'active' }, { level: 'latent' }],
    });
  });
  it('that lets them pass is no fault', () => {
    expect(kindsIn(withRules({ ...closed, bypass: 'AzureServices' }, [ready]))).toEqual([]);
    expect(kindsIn(withRules({ defaultAction: 'Allow', bypass: 'None' }, [ready]))).toEqual([]);
  });
  it('is opened to them and to nobody else, before the server is revalidated', () => {
    const { plan } = assessed(withRules(closed));
    expect(plan.steps).toMatchObject([
      { kind: 'setVaultBypass', target: vaultId, risk: 'reversal', parameters: { bypass: 'AzureServices' } },
      { kind: 'revalidateConsumer', dependsOn: [plan.steps[0]?.stepId] },
    ]);
  });
  it('asks by default: somebody changed it', () => {
    const policy = policyIn('auto', { autoReverse: [{ step: 'recoverVault', scope: '*' }] });
    expect(outlineOf(withRules(closed), { policy })).toEqual([
      ['setVaultBypass', 'ask'],
      ['revalidateConsumer', 'ask'],
    ]);
  });
  it('is not touched where the key of which it keeps us from carries the mark', () => {
    const marked = {
      ...withRules(closed),
      versions: { [V1]: present(aVersion(V1, { tags: { 'cmk-guardian:do-not-heal': '' } })) },
    };
    expect(outlineOf(marked)[0]).toEqual(['setVaultBypass', 'report']);
  });
  it('is opened also where it keeps us from seeing the key', () => {
    const blind = { ...withRules(closed), versions: { [V1]: unknown('403 from the firewall') } };
    expect(outlineOf(blind)[0]).toEqual(['setVaultBypass', 'run']);
  });
});

describe('A network security perimeter', () => {
  const secured = { publicNetworkAccess: 'SecuredByPerimeter' };
  const before: Known = { baseline: aBaseline([down, ready]) };
  const always: Known = { baseline: aBaseline([down, ready], { network: { ...aVault().network, ...secured } }) };

  it('that was not there when all was well blocks, and the former rules are written back', () => {
    expect(kindsIn(withRules(secured, [ready]), before)).toEqual(['vaultFirewallBlocks']);
    expect(kindsIn(withRules(secured), before)).not.toContain('vaultUnreachable');
    expect(assessed(withRules(secured), { known: before }).plan.steps[0]).toMatchObject({
      kind: 'restoreNetworkRules',
      parameters: { network: aVault().network },
    });
  });
  it('that was always there may let them pass: nothing is wrong while the servers are well', () => {
    expect(kindsIn(withRules(secured, [ready]), always)).toEqual([]);
    expect(kindsIn(withRules(secured, [ready]))).toEqual([]);
  });
  it('that was always there is what nobody can see through while a server is down', () => {
    expect(kindsIn(withRules(secured), always)).toEqual(['vaultUnreachable', 'consumerInaccessible']);
    expect(assessed(withRules(secured), { known: always }).plan.steps.map(({ kind }) => kind)).toEqual([
      'revalidateConsumer',
    ]);
  });
});

describe('The permission model of a vault', () => {
  const observation = anObservation([aVersion()], [ready], { vault: present(aVault({ permissionModel: 'rbac' })) });

  it('that has changed is said, and never changed back', () => {
    const decision = assessed(observation, { known: { baseline: aBaseline([ready]) } });
    expect(decision).toMatchObject({
      kind: 'healthy',
      findings: [{ kind: 'permissionModelChanged', evidence: { was: 'accessPolicies', now: 'rbac' } }],
      plan: { steps: [] },
    });
    expect(decision.notes.join()).toContain('--enable-rbac-authorization false');
  });
  it('that is what it was, or of which nobody knows what it was, is no fault', () => {
    expect(kindsIn(observation, { baseline: aBaseline([ready], { permissionModel: 'rbac' }) })).toEqual([]);
    expect(kindsIn(observation)).toEqual([]);
  });
});

describe('The tenant of a vault', () => {
  it('that is not that of a consumer shuts it out for good', () => {
    const foreign = aSingleServer('orders', { state: inaccessible, tenantId: 'ffff' });
    const decision = assessed(anObservation([aVersion()], [foreign]));
    expect(decision.findings.map(({ kind }) => kind)).toEqual(['tenantMismatch', 'consumerInaccessible']);
    expect([decision.kind, decision.plan.steps]).toEqual(['report', []]);
  });
  it('is compared without case, and only where the consumer states one', () => {
    const own = aSingleServer('orders', { tenantId: aVault().tenantId.toUpperCase() });
    expect(kindsIn(anObservation([aVersion()], [own, ready]))).toEqual([]);
  });
  it('may be crossed by a federated application, which is said and affects nobody', () => {
    const federated = aSingleServer('orders', { tenantId: 'ffff', federatedClientId: 'app' });
    const findings = findingsIn(anObservation([aVersion()], [federated]));
    expect(findings).toMatchObject([{ kind: 'tenantMismatch', harm: [], evidence: { federatedClientId: 'app' } }]);
    expect(isHealthy(findings)).toBe(true);
  });
});

describe('A vault in a platform incident', () => {
  it('is never written to: nothing runs while it cannot be read, whatever its servers say', () => {
    const observation = anObservation([[V1, unknown('403')]], [down], { vault: unknown('403') });
    expect(assessed(observation, { records: someRecords() }).verdicts.map(({ verdict }) => verdict)).toEqual([
      'report',
    ]);
  });
});

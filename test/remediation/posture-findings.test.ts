import { describe, expect, it } from 'vitest';
import { type KeyVersionFacts, present, type VaultFacts } from '../../src/remediation/model/facts.ts';
import { isHealthy } from '../../src/remediation/model/findings.ts';
import { assessed, findingIn, findingsIn, kindsIn } from '../builders/assessed.ts';
import {
  aDiskEncryptionSet,
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVault,
  aVersion,
  GROUP,
  inaccessible,
  inDays,
  KEY,
  kidOf,
  NOW,
  V1,
  V2,
} from '../builders/observation.ts';

const onVersion = (changes: Partial<KeyVersionFacts>, consumers = [aSingleServer(), aFlexibleServer()]) =>
  anObservation([aVersion(V1, changes)], consumers);
const onVault = (changes: Partial<VaultFacts>, consumers = [aSingleServer()]) =>
  anObservation([aVersion()], consumers, { vault: present(aVault(changes)) });
const protection = (changes: Partial<VaultFacts['softDelete']>) => ({
  softDelete: { enabled: true, retentionDays: 90, purgeProtection: true, ...changes },
});
const requesting = (step: string) => ({
  records: { requests: [{ step, target: `https://${KEY.host}/keys/${KEY.name}`, by: 'ada', at: NOW.toISOString() }] },
});

describe('A key that Azure does not support for a consumer', () => {
  it.each([
    ['RSA', 2048, []],
    ['RSA-HSM', 2048, []],
    ['RSA', undefined, []],
    ['RSA', 3072, ['orders']],
    ['RSA', 1024, ['orders', 'billing']],
    ['EC', undefined, ['orders', 'billing']],
    ['oct', undefined, ['orders', 'billing']],
    ['oct-HSM', 256, ['orders', 'billing']],
  ])('%s %s is named with those for which it is not: %j', (keyType, keySize, names) => {
    const { keySize: _size, ...version } = aVersion(V1, { keyType });
    const facts: KeyVersionFacts = keySize === undefined ? version : { ...version, keySize };
    const found = findingIn(anObservation([facts], [aSingleServer(), aFlexibleServer()]), 'keyTypeUnsupported');
    expect(found?.harm.map(({ consumerId }) => consumerId.split('/').at(-1)) ?? []).toEqual(names);
  });
});

describe('A key with a release policy', () => {
  it('is said to be one of which a copy may be elsewhere, and one without is not', () => {
    expect(kindsIn(onVersion({}))).toEqual([]);
    const [finding] = findingsIn(onVersion({ isExportable: true }));
    expect(finding).toMatchObject({ kind: 'keyExportable', harm: [{ level: 'none' }, { level: 'none' }] });
    expect(finding?.sentence).toContain('whoever was given a copy keeps it');
  });

  it('is repaired as any other, and opens an incident where a server of it is down', () => {
    const down = [aSingleServer('down', { state: inaccessible })];
    const outline = (changes: Partial<KeyVersionFacts>) =>
      assessed(onVersion({ enabled: false, ...changes }, down)).verdicts.map(({ step, verdict }) => [
        step.kind,
        verdict,
      ]);
    expect(outline({ isExportable: true })).toEqual(outline({}));
    expect(assessed(onVersion({ isExportable: true }, down)).findings.filter((one) => !isHealthy([one]))).toMatchObject(
      [{ kind: 'consumerInaccessible' }],
    );
  });
});

describe('A recovery level', () => {
  it.each(['Recoverable', 'Recoverable+ProtectedSubscription'])('%s is enough', (recoveryLevel) => {
    expect(kindsIn(onVersion({ recoveryLevel }))).toEqual([]);
  });
  it.each([
    'Purgeable',
    'Recoverable+Purgeable',
    'CustomizedRecoverable',
    'CustomizedRecoverable+Purgeable',
    'CustomizedRecoverable+ProtectedSubscription',
    'recoverable',
  ])('%s is not', (recoveryLevel) => {
    expect(kindsIn(onVersion({ recoveryLevel }))).toEqual(['recoveryLevelInsufficient']);
  });
});

describe('A vault', () => {
  it.each([
    ['without soft delete', protection({ enabled: false }), 'softDeleteOff'],
    ['without purge protection', protection({ purgeProtection: false }), 'purgeProtectionOff'],
    ['that keeps for less than 90 days', protection({ retentionDays: 89 }), 'retentionShort'],
    ['in another region', { location: 'Korea South' }, 'regionMismatch'],
  ])('%s is reported, and affects nobody yet', (_case, changes, kind) => {
    const findings = findingsIn(onVault(changes));
    expect(findings.map((one) => one.kind)).toEqual([kind]);
    expect(isHealthy(findings)).toBe(true);
    expect(assessed(onVault(changes))).toMatchObject({
      kind: 'healthy',
      plan: { steps: [] },
      notes: [expect.stringContaining('az ')],
    });
  });
  it('spells its region with spaces or without', () => {
    expect(kindsIn(onVault({ location: 'Korea Central' }))).toEqual([]);
  });
  it('may keep for a shorter time what disks use', () => {
    expect(kindsIn(onVault(protection({ retentionDays: 7 }), [aDiskEncryptionSet()]))).toEqual([]);
  });
  it('that nobody uses is nobody’s concern', () => {
    expect(kindsIn(onVault(protection({ enabled: false, purgeProtection: false, retentionDays: 7 }), []))).toEqual([]);
  });
  it('is protected only on request, only if somebody says yes, and soft delete first', () => {
    const bare = onVault(protection({ enabled: false, purgeProtection: false }));
    expect(assessed(bare, requesting('enablePurgeProtection')).verdicts).toMatchObject([
      { verdict: 'ask', step: { kind: 'enablePurgeProtection', risk: 'irreversible' } },
    ]);
    const both = {
      records: {
        requests: ['enableSoftDelete', 'enablePurgeProtection'].flatMap((step) => requesting(step).records.requests),
      },
    };
    const { steps } = assessed(bare, both).plan;
    expect(steps.map(({ kind }) => kind)).toEqual(['enableSoftDelete', 'enablePurgeProtection']);
    expect(steps[1]?.dependsOn).toEqual([steps[0]?.stepId]);
  });
});

describe('A newer version of the key', () => {
  const current = (changes: Partial<KeyVersionFacts> = {}) => ({
    current: present(aVersion(V2, { createdOn: inDays(-1), ...changes })),
  });
  const old = aVersion(V1, { createdOn: inDays(-4000), expiresOn: inDays(-1) });
  const down = aSingleServer('orders', { state: inaccessible });

  it('that could be used is said, and used only on request', () => {
    const observation = anObservation([aVersion()], [aFlexibleServer()], current());
    expect(assessed(observation)).toMatchObject({
      kind: 'healthy',
      findings: [{ kind: 'consumerPinnedToOldVersion', evidence: { version: V1, current: V2 } }],
      plan: { steps: [] },
    });
    expect(assessed(observation, requesting('repointConsumer')).plan.steps).toMatchObject([
      { kind: 'repointConsumer', risk: 'reversal', parameters: { kid: kidOf(V1), newKid: kidOf(V2) } },
    ]);
  });
  it.each([
    ['disabled', { enabled: false }],
    ['older', { createdOn: inDays(-500) }],
    ['expired', { expiresOn: inDays(-1) }],
    ['not active yet', { notBefore: inDays(1) }],
  ])('that is %s is none', (_case, changes) => {
    expect(kindsIn(anObservation([aVersion()], [aFlexibleServer()], current(changes)))).toEqual([]);
  });
  it('takes the place of one that may not get any older, which revalidates the server as well', () => {
    const { plan } = assessed(anObservation([old], [down], current()));
    expect(plan.steps.map(({ kind, target }) => [kind, target])).toEqual([['repointConsumer', down.id.toLowerCase()]]);
    expect(plan.instructions).toEqual([]);
  });
  it('that does not exist leaves that to a human', () => {
    const { plan } = assessed(anObservation([old], [down]));
    expect([plan.steps, plan.instructions.join()]).toEqual([[], expect.stringContaining('Not extended')]);
  });
});

describe('A single server that came back without its key', () => {
  it('is told of, with the command that encrypts it again', () => {
    const observation = anObservation([], [], {
      migrated: [`${GROUP}/providers/microsoft.dbformysql/flexibleservers/orders`.toLowerCase()],
    });
    const decision = assessed(observation);
    expect(decision.findings).toMatchObject([{ kind: 'migratedWithoutKey', harm: [] }]);
    expect(decision.notes.join()).toContain('az mysql flexible-server update --ids');
  });
});

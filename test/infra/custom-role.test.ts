import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { conditionAllows } from '../../local/cloud/arm/assignment-condition.ts';
import { productRole, productRoleCondition } from '../../local/cloud/worlds/product.ts';
import { keyId } from '../../src/remediation/model/key-ref.ts';
import { makeStep } from '../../src/remediation/steps/make-step.ts';
import { STEP_KINDS, type StepSpec } from '../../src/remediation/steps/steps.ts';
import { anObservation, aSingleServer, aVault, aVersion, KEY, kidOf, V1, V2 } from '../builders/observation.ts';

const file = path.join(import.meta.dirname, '..', '..', 'infra', 'custom-role.json');
const role = JSON.parse(readFileSync(file, 'utf8')) as {
  permissions: [{ actions: string[]; dataActions: string[] }];
};
const [{ actions, dataActions }] = role.permissions;

const ofVersion = { target: keyId(KEY), parameters: { key: KEY, version: V1 } };

const vaultId = '/subscriptions/s/vaults/contoso';
const ofVault = { target: vaultId, parameters: { vaultId, host: KEY.host } };
const rebuilding = { target: vaultId, parameters: { vaultId, name: 'guardian', body: {} } };
const CONSUMERS = ['mysqlSingleServer', 'mysqlFlexibleServer', 'diskEncryptionSet'] as const;
const consumerId = '/subscriptions/s/servers/orders';

const granting = (model: 'accessPolicies' | 'rbac'): StepSpec => ({
  kind: 'grantKeyAccess',
  target: vaultId,
  parameters: { vaultId, key: KEY, model, principalId: 'p', tenantId: 't', permissions: ['get'], consumerId },
});

const assigning = (identity: { kind: 'system' } | { kind: 'user'; id: string }): readonly StepSpec[] =>
  CONSUMERS.map((consumerKind) => ({
    kind: 'assignIdentity',
    target: consumerId,
    parameters: { consumerKind, kid: kidOf(V1), identity },
  }));

const { network } = aVault();

/** One spec of every kind, of every consumer and of every permission model. */
const SPECS: readonly StepSpec[] = [
  { kind: 'recoverVault', ...ofVault },
  { kind: 'setVaultBypass', target: vaultId, parameters: { vaultId, host: KEY.host, bypass: 'AzureServices' } },
  { kind: 'restoreNetworkRules', target: vaultId, parameters: { vaultId, host: KEY.host, network } },
  { kind: 'enableSoftDelete', ...ofVault },
  { kind: 'enablePurgeProtection', ...ofVault },
  { kind: 'rebuildEventSubscription', ...rebuilding },
  { kind: 'rebuildDiagnosticSetting', ...rebuilding },
  { kind: 'recoverKey', target: keyId(KEY), parameters: { key: KEY } },
  {
    kind: 'restoreKeyFromBackup',
    target: keyId(KEY),
    parameters: { key: KEY, blob: 'contoso/mysql-cmk', versions: [V1] },
  },
  { kind: 'enableKey', ...ofVersion },
  { kind: 'setActivationDate', ...ofVersion },
  {
    kind: 'extendKeyExpiry',
    target: keyId(KEY),
    parameters: { key: KEY, version: V1, period: 'P1Y', maximumAge: 'P5Y', threshold: 'P30D' },
  },
  ...assigning({ kind: 'system' }),
  ...assigning({ kind: 'user', id: '/subscriptions/s/userassignedidentities/orders' }),
  granting('accessPolicies'),
  granting('rbac'),
  { kind: 'grantReader', target: vaultId, parameters: { vaultId, principalId: 'p', consumerId } },
  ...CONSUMERS.flatMap((consumerKind): StepSpec[] => [
    { kind: 'repointConsumer', target: consumerId, parameters: { consumerKind, kid: kidOf(V1), newKid: kidOf(V2) } },
    { kind: 'revalidateConsumer', target: consumerId, parameters: { consumerKind, kid: kidOf(V1) } },
  ]),
  { kind: 'clearAutoRotationError', target: consumerId, parameters: { kid: kidOf(V1) } },
  { kind: 'startVirtualMachines', target: consumerId, parameters: { consumerId, kid: kidOf(V1) } },
];

describe('the custom role', () => {
  it('is exactly what the local cloud lets the product do', () => {
    expect(productRole).toEqual({ actions, dataActions });
  });

  it('allows what every step says it needs', () => {
    const observation = anObservation([aVersion(V1)], [aSingleServer('orders')]);
    const needed = SPECS.flatMap((spec) => makeStep({ spec }, observation, []).actions);
    expect(new Set(SPECS.map(({ kind }) => kind))).toEqual(new Set(STEP_KINDS));
    expect(needed.filter((one) => ![...actions, ...dataActions].includes(one))).toEqual([]);
  });

  it('is assigned with a condition: it may give the use of a key, and reading a vault, to service principals', () => {
    const condition = readFileSync(path.join(file, '..', 'role-assignment-condition.txt'), 'utf8').trim();
    expect(productRoleCondition).toBe(condition);
    expect(condition).toContain("ActionMatches{'Microsoft.Authorization/roleAssignments/write'}");
    const guids = condition.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g);
    expect(guids).toEqual(['e147488a-f6f5-4113-8e2d-b22465e65bf6', 'acdd72a7-3385-48ef-bd42-f606fba81ae7']);
    const may = (role: string, principalType: string) => conditionAllows(condition, { role, principalType });
    expect(guids?.map((role) => may(role, 'ServicePrincipal'))).toEqual([true, true]);
    expect(may('e147488a-f6f5-4113-8e2d-b22465e65bf6', 'User')).toBe(false);
    expect(may('8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'ServicePrincipal')).toBe(false);
  });

  it('lets nothing be deleted, purged or used', () => {
    const dangerous = /\/(delete|purge)(\/|$)|wrap|decrypt|\/encrypt|\/sign|release|\*/i;
    expect([...actions, ...dataActions].filter((one) => dangerous.test(one))).toEqual([]);
  });
});

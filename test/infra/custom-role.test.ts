import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { conditionAllows } from '../../local/cloud/arm/assignment-condition.ts';
import { productRole, productRoleCondition } from '../../local/cloud/worlds/product.ts';
import { API_VERSIONS } from '../../src/remediation/model/api-versions.ts';
import { DATA_ACTIONS, isDataAction, KEY_PERMISSIONS } from '../../src/remediation/model/data-actions.ts';
import { CONSUMER_KINDS } from '../../src/remediation/model/profiles.ts';
import { within } from '../../src/remediation/model/resource-id.ts';
import { actionsOf } from '../../src/remediation/steps/make-step.ts';
import { STEP_KINDS, type StepKind, type StepSpec } from '../../src/remediation/steps/steps.ts';
import { KEY, kidOf, V1, V2 } from '../builders/observation.ts';

const file = path.join(import.meta.dirname, '..', '..', 'infra', 'custom-role.json');
const role = JSON.parse(readFileSync(file, 'utf8')) as {
  permissions: [{ actions: string[]; dataActions: string[] }];
};
const [{ actions, dataActions }] = role.permissions;

const MODELS = ['accessPolicies', 'rbac'] as const;
const IDENTITIES = ['system', 'user'] as const;
const vaultId = '/subscriptions/s/vaults/contoso';

/** Specs of a kind for every consumer, permission model and identity, with all that any kind of step has as parameters. */
const specsOf = (kind: StepKind): readonly StepSpec[] =>
  CONSUMER_KINDS.flatMap((consumerKind) =>
    MODELS.flatMap((model) =>
      IDENTITIES.map((identity) => {
        const key = { vaultId, host: KEY.host, key: KEY, version: V1, kid: kidOf(V1), newKid: kidOf(V2) };
        const consumer = { consumerKind, consumerId: '/s/orders', principalId: 'p', identity: { kind: identity } };
        return { kind, target: vaultId, parameters: { ...key, ...consumer, model } } as unknown as StepSpec;
      }),
    ),
  );

describe('the custom role', () => {
  it('is exactly what the local cloud lets the product do', () => {
    expect(productRole).toEqual({ actions, dataActions });
  });

  it('allows what every step says it needs', () => {
    const needed = STEP_KINDS.flatMap(specsOf).flatMap(actionsOf);
    expect(needed.length).toBeGreaterThan(STEP_KINDS.length);
    expect(needed.filter((one) => ![...actions, ...dataActions].includes(one))).toEqual([]);
  });

  it('has the data actions of which the product knows what they are in an access policy, and a step names no other', () => {
    expect(DATA_ACTIONS).toEqual(dataActions);
    const needed = STEP_KINDS.flatMap(specsOf).flatMap(actionsOf);
    const onKeys = needed.filter((one) => isDataAction(one) || !actions.includes(one));
    expect(new Set(onKeys)).toEqual(new Set(DATA_ACTIONS));
    expect(isDataAction('Microsoft.KeyVault/vaults/keys/rotate/action')).toBe(true);
  });

  it('is matched by the key permissions that people are told to give in a vault with access policies', () => {
    const readme = readFileSync(path.join(file, '..', 'README.md'), 'utf8');
    const [last = '', ...others] = [...KEY_PERMISSIONS].reverse();
    expect(readme).toContain(`the key permissions ${others.reverse().join(', ')} and ${last}.`);
    const runbooks = path.join(file, '..', '..', 'docs', 'runbooks');
    const told = readdirSync(runbooks).flatMap((name) =>
      [...readFileSync(path.join(runbooks, name), 'utf8').matchAll(/function app>' --key-permissions (.*)$/gm)].map(
        ([, permissions]) => permissions,
      ),
    );
    expect(new Set(told)).toEqual(new Set([KEY_PERMISSIONS.join(' ')]));
  });

  it('lets the product read every type of resource that it speaks to', () => {
    const types = Object.keys(API_VERSIONS).filter((service) => service.startsWith('Microsoft.'));
    const reads = actions.filter((action) => action.endsWith('/read'));
    expect(types.length).toBeGreaterThan(10);
    expect(types.filter((type) => !reads.some((action) => within(action, type)))).toEqual([]);
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

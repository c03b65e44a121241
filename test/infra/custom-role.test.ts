import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { holds } from '../../local/cloud/arm/assignment-condition.ts';
import { ConditionError, parseCondition } from '../../local/cloud/arm/parse-condition.ts';
import { API_VERSIONS } from '../../src/remediation/model/api-versions.ts';
import { DATA_ACTIONS, isDataAction, KEY_PERMISSIONS } from '../../src/remediation/model/data-actions.ts';
import { OBSERVE_READS } from '../../src/remediation/model/observe-reads.ts';
import { within } from '../../src/remediation/model/resource-id.ts';
import { grantsCondition, PART_NAMES, type PartName, ROLE_PARTS } from '../../src/remediation/model/role-parts.ts';
import { STEP_KINDS } from '../../src/remediation/steps/steps.ts';
import { actionsOfKind, partOfStep, writesOfKind } from '../builders/step-parts.ts';

const infra = path.join(import.meta.dirname, '..', '..', 'infra');
const fileOf = (part: string) => path.join(infra, `custom-role-${part}.json`);

type Role = {
  readonly roleName: string;
  readonly permissions: readonly [
    { actions: string[]; notActions: string[]; dataActions: string[]; notDataActions: string[] },
  ];
};
const roleOf = (part: PartName) => JSON.parse(readFileSync(fileOf(part), 'utf8')) as Role;
const permissionOf = (part: PartName) => roleOf(part).permissions[0];
/** Where the code says what a part of the role allows. */
const SOURCE_OF: Readonly<Record<PartName, string>> = {
  observe: 'src/remediation/model/observe-reads.ts',
  keys: 'src/remediation/model/role-parts.ts',
  grants: 'src/remediation/model/role-parts.ts',
  consumers: 'the `actions` of the profiles of consumers and src/remediation/model/role-parts.ts',
};
const actions = PART_NAMES.flatMap((part) => permissionOf(part).actions);
const dataActions = PART_NAMES.flatMap((part) => permissionOf(part).dataActions);
const isRead = (action: string) => action.endsWith('/read');
const sorted = (some: Iterable<string>) => [...new Set(some)].sort();

const SELF = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const CRYPTO_USER = 'e147488a-f6f5-4113-8e2d-b22465e65bf6';
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';

describe('the custom role', () => {
  it('comes in as many files as it has parts, each what the product calls by its name', () => {
    const files = readdirSync(infra).filter((name) => /^custom-role.*\.json$/.test(name));
    expect(sorted(files)).toEqual(sorted(PART_NAMES.map((part) => path.basename(fileOf(part)))));
    for (const part of PART_NAMES) {
      const { roleName, writes, dataActions: onKeys } = ROLE_PARTS[part];
      expect(roleOf(part).roleName).toBe(roleName);
      expect(permissionOf(part), `${fileOf(part)} has to be as ${SOURCE_OF[part]} says`).toEqual({
        actions: part === 'observe' ? OBSERVE_READS.filter(isRead) : expect.arrayContaining([...writes]),
        notActions: [],
        dataActions: onKeys,
        notDataActions: [],
      });
      if (part !== 'observe') expect(sorted(permissionOf(part).actions)).toEqual(sorted(writes));
    }
  });

  it('has nothing in two parts', () => {
    expect(actions.length).toBe(new Set(actions).size);
    expect(dataActions.length).toBe(new Set(dataActions).size);
  });

  it.each(PART_NAMES.filter((part) => part !== 'observe'))(
    'is in its part %s exactly what its steps change',
    (part) => {
      const steps = STEP_KINDS.filter((kind) => partOfStep(kind) === part);
      expect(steps).not.toEqual([]);
      const held = [...permissionOf(part).actions, ...permissionOf(part).dataActions.filter((one) => !isRead(one))];
      expect(sorted(steps.flatMap(writesOfKind))).toEqual(sorted(held));
    },
  );

  it('allows what every step says it needs, and reads nothing but what steps need and types that it speaks to', () => {
    const needed = STEP_KINDS.flatMap(actionsOfKind);
    expect(needed.length).toBeGreaterThan(STEP_KINDS.length);
    const lacking = new Set(needed.filter((one) => ![...actions, ...dataActions].includes(one)));
    expect([...lacking], 'steps need these: add each to its part, infra/custom-role-*.json').toEqual([]);
    const spoken = Object.keys(API_VERSIONS);
    const left = permissionOf('observe').actions.filter(
      (one) => !needed.includes(one) && !spoken.some((type) => within(one, type)),
    );
    // Resource Graph shows only rows that its caller may read.
    expect(left).toEqual([
      'Microsoft.Compute/virtualMachineScaleSets/read',
      'Microsoft.ContainerService/managedClusters/read',
      'Microsoft.Insights/activityLogAlerts/read',
      'Microsoft.Insights/actionGroups/read',
    ]);
  });

  it('has the data actions of which the product knows what they are in an access policy, and a step names no other', () => {
    expect(DATA_ACTIONS).toEqual(dataActions);
    const needed = STEP_KINDS.flatMap(actionsOfKind);
    const onKeys = needed.filter((one) => isDataAction(one) || !actions.includes(one));
    const why =
      'what is here alone is in no part of the role (infra/custom-role-*.json), or no data action that is known';
    expect(new Set(onKeys), why).toEqual(new Set(DATA_ACTIONS));
    expect(isDataAction('Microsoft.KeyVault/vaults/keys/rotate/action')).toBe(true);
  });

  it('can be assigned at a management group in the parts that have no data action', () => {
    const assignable = PART_NAMES.filter((part) => permissionOf(part).dataActions.length === 0);
    expect(assignable).toEqual(['observe', 'grants', 'consumers']);
  });

  it('is matched by the key permissions that people are told to give in a vault with access policies', () => {
    const readme = readFileSync(path.join(infra, 'README.md'), 'utf8');
    const [last = '', ...others] = [...KEY_PERMISSIONS].reverse();
    expect(readme).toContain(`the key permissions ${others.reverse().join(', ')} and ${last}.`);
    const runbooks = path.join(infra, '..', 'docs', 'runbooks');
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
    // A query of Resource Graph has no scope, and shows the resources that the caller may read (Microsoft Learn, "Azure RBAC in
    // Resource Graph").
    expect(types.filter((type) => !reads.some((action) => within(action, type)))).toEqual([
      'Microsoft.ResourceGraph/resources',
    ]);
  });

  it('lets nothing be deleted, purged or used', () => {
    const dangerous = /\/(delete|purge)(\/|$)|wrap|decrypt|\/encrypt|\/sign|release|\*/i;
    expect([...actions, ...dataActions].filter((one) => dangerous.test(one))).toEqual([]);
  });
});

describe('the condition on the part that gives access', () => {
  const template = readFileSync(path.join(infra, 'role-assignment-condition.txt'), 'utf8');
  const filled = parseCondition(template.replaceAll('<principal id>', SELF));
  const write = (RoleDefinitionId: string, PrincipalId = OTHER, PrincipalType = 'ServicePrincipal') =>
    holds(filled, {
      action: 'Microsoft.Authorization/roleAssignments/write',
      Request: { RoleDefinitionId, PrincipalId, PrincipalType },
    });
  const remove = (RoleDefinitionId: string, PrincipalId = OTHER, PrincipalType = 'ServicePrincipal') =>
    holds(filled, {
      action: 'Microsoft.Authorization/roleAssignments/delete',
      Resource: { RoleDefinitionId, PrincipalId, PrincipalType },
    });

  it('is a template that Azure refuses as long as nobody has written the product’s principal into it', () => {
    expect(() => parseCondition(template)).toThrow(ConditionError);
  });

  it('is what the product puts into the command that assigns it', () => {
    expect(parseCondition(grantsCondition(SELF))).toEqual(filled);
  });

  it.each([
    ['written', write],
    ['deleted', remove],
  ])('lets assignments of two roles be %s, to service principals, and never to the product itself', (_, may) => {
    expect([CRYPTO_USER, READER].map((role) => may(role))).toEqual([true, true]);
    expect(may(OWNER)).toBe(false);
    expect([may(CRYPTO_USER, OTHER, 'User'), may(CRYPTO_USER, OTHER, 'Group')]).toEqual([false, false]);
    expect([CRYPTO_USER, READER, OWNER].map((role) => may(role, SELF))).toEqual([false, false, false]);
    expect(may(CRYPTO_USER, SELF.toUpperCase())).toBe(false);
  });

  it('is in nobody’s way otherwise', () => {
    expect(holds(filled, { action: 'Microsoft.KeyVault/vaults/accessPolicies/write' })).toBe(true);
  });
});

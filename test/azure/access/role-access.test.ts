import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock } from '../../../local/clock/authority.ts';
import { createRbac } from '../../../local/cloud/arm/create-rbac.ts';
import type { Right, RolePermission } from '../../../src/azure/access/role.ts';
import { type AccessQuestion, type RoleGrant, roleAccess } from '../../../src/azure/access/role-access.ts';
import { absent, present, unknown } from '../../../src/remediation/model/facts.ts';

const SERVER = '00000000-0000-0000-0000-0000000000b1';
const ADMINS = '00000000-0000-0000-0000-0000000000c1';
const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000001';
const VAULT = `${SUBSCRIPTION}/resourcegroups/data/providers/microsoft.keyvault/vaults/contoso`;
const KEY = `${VAULT}/keys/mysql-cmk`;
const ALL: readonly Right[] = ['get', 'list', 'unwrapKey', 'wrapKey', 'reader'];

const question: AccessQuestion = { principalId: SERVER, keyScope: KEY, vaultScope: VAULT, rights: ALL };
const role = (changes: Partial<RolePermission>): RolePermission => ({
  actions: [],
  notActions: [],
  dataActions: [],
  notDataActions: [],
  ...changes,
});

const ENCRYPTION_USER = role({
  dataActions: ['read', 'wrap/action', 'unwrap/action'].map((verb) => `Microsoft.KeyVault/vaults/keys/${verb}`),
});
const READER = role({ actions: ['*/read'] });

const grant = (block: RolePermission, changes: Partial<RoleGrant> = {}): RoleGrant => ({
  scope: KEY,
  principalId: SERVER,
  principalType: 'ServicePrincipal',
  roleDefinitionId: 'role',
  role: present([block]),
  ...changes,
});
/** The access without the role assignments from which it follows. */
const accessBy = (...grants: readonly RoleGrant[]) => {
  const access = roleAccess(grants, question);
  if (access.kind !== 'present') return access;
  const { roles: _roles, ...rights } = access.value;
  return present(rights);
};
const WHOLE = ['get', 'list', 'unwrapKey', 'wrapKey'];

describe('what a principal may do by its roles', () => {
  it('is using the key as a Key Vault Crypto Service Encryption User, and reading the vault as a Reader of it', () => {
    expect(accessBy(grant(ENCRYPTION_USER), grant(READER, { scope: VAULT }))).toEqual(
      present({ permissions: WHOLE, reader: true }),
    );
  });

  it.each([
    ['the vault', VAULT],
    ['the subscription', SUBSCRIPTION],
    ['a management group', '/providers/microsoft.management/managementgroups/everything'],
    ['the root', '/'],
  ])('counts what it holds at %s', (_, scope) => {
    expect(accessBy(grant(ENCRYPTION_USER, { scope }), grant(READER, { scope }))).toEqual(
      present({ permissions: WHOLE, reader: true }),
    );
  });

  it('names the roles that give it, and where each is held: one at the vault dies with it, one above does not', () => {
    const above = grant(READER, { scope: SUBSCRIPTION, roleDefinitionId: '/roles/reader' });
    expect(roleAccess([above, grant(ENCRYPTION_USER), grant(READER)], question)).toMatchObject({
      value: {
        roles: [
          { scope: SUBSCRIPTION, role: 'reader', gives: ['reader'] },
          { scope: KEY, role: 'role', gives: ['key'] },
        ],
      },
    });
  });

  it.each([
    ['at another key', { scope: `${KEY}-2` }],
    ['below the key', { scope: `${KEY}/versions/1` }],
    ['of another principal', { principalId: ADMINS }],
    ['whose definition was deleted', { role: absent }],
  ])('is nothing by a role %s', (_, changes) => {
    expect(accessBy(grant(ENCRYPTION_USER, changes))).toEqual(present({ permissions: [], reader: false }));
  });

  it('does not include reading the vault where Reader is held at the key only', () => {
    expect(accessBy(grant(READER))).toEqual(present({ permissions: [], reader: false }));
  });

  it('lacks what a role takes away, unless another one gives it', () => {
    const all = role({ dataActions: ['*'], notDataActions: ['microsoft.keyvault/vaults/keys/WRAP/*'] });
    expect(accessBy(grant(all))).toMatchObject({ value: { permissions: ['get', 'list', 'unwrapKey'] } });
    expect(accessBy(grant(all), grant(ENCRYPTION_USER))).toMatchObject({ value: { permissions: WHOLE } });
  });

  it.each([
    ['a group holds the role', { principalId: ADMINS, principalType: 'Group' }, /the group .*c1 holds at/],
    ['Azure does not say that its holder is no group', { principalId: ADMINS, principalType: '' }, /the group/],
    ['it holds the role under a condition', { condition: '@Resource[…]' }, /under a condition/],
    ['the role could not be read', { role: unknown('AuthorizationFailed') }, /AuthorizationFailed/],
  ])('is unknown where %s', (_, changes, reason) => {
    expect(accessBy(grant(ENCRYPTION_USER, changes))).toEqual(unknown(expect.stringMatching(reason) as never));
    const known = accessBy(grant(ENCRYPTION_USER), grant(ENCRYPTION_USER, changes));
    expect(known).toMatchObject({ kind: 'present', value: { permissions: WHOLE } });
  });

  it('does not say whether it may read the vault where a group may give it that', () => {
    const admins = grant(READER, { principalId: ADMINS, principalType: 'Group', scope: SUBSCRIPTION });
    expect(accessBy(grant(ENCRYPTION_USER), admins)).toEqual(present({ permissions: WHOLE }));
  });
});

const KEYS = 'Microsoft.KeyVault/vaults/keys';
const pattern = fc.constantFrom(
  '*',
  '*/read',
  'Microsoft.KeyVault/*',
  'microsoft.keyvault/vaults/READ',
  `${KEYS}/*`,
  `${KEYS}/read`,
  `${KEYS.toUpperCase()}/wrap/action`,
  `${KEYS}/*/action`,
  `${KEYS}/unwrap/action`,
  `${KEYS}/sign/action`,
  'Microsoft.KeyVault/vaults/secrets/*',
);
const block = fc.record({
  actions: fc.array(pattern, { maxLength: 2 }),
  notActions: fc.array(pattern, { maxLength: 1 }),
  dataActions: fc.array(pattern, { maxLength: 3 }),
  notDataActions: fc.array(pattern, { maxLength: 2 }),
});
const held = fc.record({
  scope: fc.constantFrom(SUBSCRIPTION, VAULT, KEY, `${KEY}2`, `${VAULT}2`),
  principalId: fc.constantFrom(SERVER, ADMINS),
  blocks: fc.array(block, { minLength: 1, maxLength: 2 }),
});
const grants = fc.array(held, { maxLength: 5 });
type Held = { readonly scope: string; readonly principalId: string; readonly blocks: readonly RolePermission[] };
const grantOf = ({ blocks, ...where }: Held): RoleGrant => grant(role({}), { ...where, role: present(blocks) });

const OPERATIONS = {
  get: { scope: KEY, dataAction: `${KEYS}/read` },
  list: { scope: KEY, dataAction: `${KEYS}/read` },
  unwrapKey: { scope: KEY, dataAction: `${KEYS}/unwrap/action` },
  wrapKey: { scope: KEY, dataAction: `${KEYS}/wrap/action` },
  reader: { scope: VAULT, action: 'Microsoft.KeyVault/vaults/read' },
} as const satisfies Record<Right, unknown>;

const clock = createClock({ now: new Date('2026-11-22T00:00:00Z') });

/** The permissions that the local cloud's authorization gives the principal. */
const allowed = (roles: readonly Held[]): readonly string[] => {
  const rbac = createRbac(clock, { propagationSeconds: 0, flexibleNoChangePatch: 'works' });
  for (const { blocks, ...where } of roles) {
    const permissions = blocks.map((one) => ({
      actions: [...one.actions],
      notActions: [...one.notActions],
      dataActions: [...one.dataActions],
      notDataActions: [...one.notDataActions],
    }));
    const { name } = rbac.define({ roleName: `role ${rbac.definitions().length}`, permissions, scopes: ['/'] });
    rbac.assign({ ...where, role: name });
  }
  return Object.entries(OPERATIONS).flatMap(([right, asked]) =>
    rbac.allows({ principalId: SERVER, ...asked }) ? [right] : [],
  );
};

const rightsIn = (fact: ReturnType<typeof roleAccess>): readonly string[] =>
  fact.kind === 'present' ? [...fact.value.permissions, ...(fact.value.reader ? ['reader'] : [])] : ['unknown'];

describe('any roles', () => {
  it('give what the authorization of Azure lets their holder do', () => {
    fc.assert(
      fc.property(grants, (roles) => {
        expect(rightsIn(accessBy(...roles.map(grantOf)))).toEqual(allowed(roles));
      }),
    );
  });

  it('give no less with one more, and the same in any order', () => {
    fc.assert(
      fc.property(grants, held, (roles, added) => {
        const before = rightsIn(accessBy(...roles.map(grantOf)));
        const after = rightsIn(accessBy(grantOf(added), ...roles.map(grantOf).reverse()));
        expect(after).toEqual(expect.arrayContaining([...before]));
        expect(after).toEqual(rightsIn(accessBy(...[...roles, added].map(grantOf))));
      }),
    );
  });

  it('of a group never take away, never give, and make unknown only what the principal lacks', () => {
    fc.assert(
      fc.property(grants, held, (roles, added) => {
        const own = accessBy(...roles.map(grantOf));
        const group = { ...grantOf({ ...added, principalId: ADMINS }), principalType: 'Group' };
        const both = accessBy(...roles.map(grantOf), group);
        if (both.kind === 'unknown') expect(rightsIn(own)).not.toEqual(expect.arrayContaining(WHOLE));
        else expect(rightsIn(both)).toEqual(rightsIn(own));
      }),
    );
  });
});

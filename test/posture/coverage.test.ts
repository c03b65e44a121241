import { describe, expect, it } from 'vitest';
import { PRODUCT_PARTS, type ProductPart, productRole } from '../../local/cloud/worlds/product-role.ts';
import { coverageOf } from '../../src/posture/coverage.ts';
import type { DataPlane, VaultReach } from '../../src/posture/coverage-facts.ts';
import { placeOfStep } from '../../src/posture/step-needs.ts';
import { type Fact, present, unknown, type VaultFacts } from '../../src/remediation/model/facts.ts';
import { JOIN_SUBNET } from '../../src/remediation/model/subnet-join.ts';
import { STEP_KINDS, type StepKind } from '../../src/remediation/steps/steps.ts';
import { aSingleServer, aVault, KEY } from '../builders/observation.ts';
import { aDiskEncryptionSet } from '../builders/posture.ts';
import { partOfStep } from '../builders/step-parts.ts';

const SELF = '00000000-0000-0000-0000-0000000000c1';
const SCOPE = '/subscriptions/00000000-0000-0000-0000-000000000001';
const FIREWALL: DataPlane = { kind: 'shut', reason: 'ForbiddenByFirewall' };
const ON_KEYS: readonly StepKind[] = STEP_KINDS.filter((kind) => placeOfStep(kind) === 'key');

const letIn = { tenantId: aVault().tenantId, objectId: SELF, keys: ['get', 'list', 'update', 'recover', 'restore'] };
const partAt = (part: ProductPart, scope = SCOPE) => ({ scope, ...productRole(part).permissions[0] });
const grants = PRODUCT_PARTS.map((part) => partAt(part));
const without = (part: ProductPart) => PRODUCT_PARTS.filter((one) => one !== part).map((one) => partAt(one));

type Changes = Partial<Omit<VaultReach, 'vault'>> & { readonly vault?: Partial<VaultFacts> };

const reach = ({ vault, ...changes }: Changes = {}): VaultReach => ({
  key: KEY,
  vault: present(aVault({ accessPolicies: [letIn], ...vault })),
  dataPlane: { kind: 'open' },
  keysSeen: present(true),
  locks: present([]),
  own: present({ objectId: SELF, grants: present(grants) }),
  consumers: [aSingleServer(), aDiskEncryptionSet()],
  ...changes,
});

const of = (step: StepKind, one: VaultReach) => {
  const found = coverageOf(one).find((each) => each.step === step);
  if (!found) throw new Error(`there is no ${step}`);
  return found;
};
const unrepairable = (one: VaultReach): readonly StepKind[] =>
  coverageOf(one).flatMap(({ step, canRepair }) => (canRepair === true ? [] : [step]));

describe('coverage', () => {
  it('is whole where the product has its role, its access policy and a way in', () => {
    expect(coverageOf(reach()).filter(({ canSee, canRepair }) => !canSee || !canRepair)).toEqual([]);
    expect(coverageOf(reach()).map(({ step }) => step)).toEqual([...STEP_KINDS]);
  });

  it('names the subnet rule and the private endpoint where the firewall is shut', () => {
    const shut = reach({ dataPlane: FIREWALL });
    expect(unrepairable(shut)).toEqual(ON_KEYS);
    expect(of('extendKeyExpiry', shut)).toMatchObject({
      canSee: true,
      canRepair: false,
      commands: [
        "az keyvault network-rule add --name contoso --subscription 00000000-0000-0000-0000-000000000001 --resource-group data --subnet '<id of the subnet of the function app>'",
        expect.stringContaining('az network private-endpoint create --name pe-contoso --resource-group data'),
      ],
    });
    expect(of('recoverKey', shut).canSee).toBe(false);
  });

  it('names the private endpoint alone where no public network is let in', () => {
    const network = { ...aVault().network, publicNetworkAccess: 'Disabled' };
    expect(of('enableKey', reach({ dataPlane: FIREWALL, vault: { network } })).commands).toEqual([
      expect.stringContaining('az network private-endpoint create'),
    ]);
  });

  it('names the whole access policy where a permission is missing', () => {
    const poor = reach({ vault: { accessPolicies: [{ ...letIn, keys: ['get', 'list'] }] } });
    expect(unrepairable(poor)).toEqual(ON_KEYS);
    expect(of('extendKeyExpiry', poor)).toMatchObject({
      why: ['No access policy of contoso lets the product update keys.'],
      commands: [
        `az keyvault set-policy --name contoso --subscription 00000000-0000-0000-0000-000000000001 --object-id ${SELF} --key-permissions get list update recover restore`,
      ],
    });
  });

  it('is unknown, and nothing is said to be missing, where the list of the own rights was refused, and there alone', () => {
    const elsewhere = '/subscriptions/00000000-0000-0000-0000-000000000002';
    const none = { objectId: SELF, grants: present([]) };
    const refusedAt = (id: string) => present({ ...none, unread: [{ id, reason: `${id} is refused` }] });
    const hidden = of('revalidateConsumer', reach({ own: refusedAt(SCOPE) }));
    expect(hidden).toMatchObject({ canRepair: null, why: [`${SCOPE} is refused`], commands: [] });
    const here = of('revalidateConsumer', reach({ own: refusedAt(elsewhere) }));
    expect(here).toMatchObject({ canRepair: false });
    // An assignment above all scopes counts, also where the list of another scope has shown it.
    const above = present(grants.map((one) => ({ ...one, scope: '/providers/microsoft.management/x' })));
    const unread = [{ id: SCOPE, reason: 'refused' }];
    expect(unrepairable(reach({ own: present({ objectId: SELF, grants: above, unread }) }))).toEqual([]);
  });

  it('is unknown where the list of locks was refused, and there alone', () => {
    const refusedAt = (id: string) => reach({ unreadLocks: [{ id, reason: `${id} is refused` }] });
    const hidden = of('revalidateConsumer', refusedAt(SCOPE));
    expect(hidden).toMatchObject({ canRepair: null, why: [`${SCOPE} is refused`] });
    expect(unrepairable(refusedAt('/subscriptions/00000000-0000-0000-0000-000000000002'))).toEqual([]);
  });

  it('asks a role of a vault that uses roles, whatever its access policies say', () => {
    const own = present({ objectId: SELF, grants: present(grants.map((one) => ({ ...one, dataActions: [] }))) });
    const poor = reach({ vault: { permissionModel: 'rbac' }, own });
    expect(unrepairable(poor)).toEqual(ON_KEYS);
    expect(of('recoverKey', poor).commands).toEqual([
      `az role assignment create --role 'CMK Guardian Keys' --assignee-object-id ${SELF} --assignee-principal-type ServicePrincipal --scope ${SCOPE}`,
    ]);
    expect(unrepairable(reach({ vault: { permissionModel: 'rbac', accessPolicies: [] } }))).toEqual([]);
  });

  it.each(PRODUCT_PARTS)(
    'says of every step what is impossible without the part %s, and with which command it is given',
    (part) => {
      const own = present({ objectId: SELF, grants: present(without(part)) });
      const poor = reach({ own, vault: { permissionModel: 'rbac', accessPolicies: [] } });
      const { roleName } = productRole(part);
      const stopped = coverageOf(poor).filter(({ canRepair }) => canRepair === false);
      expect(stopped.map(({ step }) => step)).toEqual(
        STEP_KINDS.filter(
          (step) => part === 'observe' || partOfStep(step) === part || (part === 'keys' && placeOfStep(step) === 'key'),
        ),
      );
      for (const { why, commands } of stopped) {
        expect(why.join(' ')).toContain(`the part ${roleName} of its role is missing there`);
        expect(commands).toEqual([expect.stringContaining(`az role assignment create --role '${roleName}'`)]);
      }
    },
  );

  it('asks the right to join every subnet that the rules of the vault name, of steps that write them', () => {
    const subnet = (of: string) => `${of}/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/v/subnets/s`;
    const named = (id: string) => ({ network: { ...aVault().network, virtualNetworkRules: [id.toLowerCase()] } });
    const joinless = present(
      grants.map((one) => ({ ...one, actions: one.actions.filter((action) => action !== JOIN_SUBNET) })),
    );
    const own = present({ objectId: SELF, grants: joinless });
    const writing = ['setVaultBypass', 'restoreNetworkRules', 'recoverVault'];
    expect(unrepairable(reach({ vault: named(subnet(SCOPE)) }))).toEqual([]);
    expect(unrepairable(reach({ own }))).toEqual([]);
    const poor = reach({ own, vault: named(subnet(SCOPE)) });
    expect(unrepairable(poor).toSorted()).toEqual(writing.toSorted());
    expect(of('setVaultBypass', poor)).toMatchObject({
      canRepair: false,
      why: [expect.stringMatching(new RegExp(`may not ${JOIN_SUBNET} at ${subnet(SCOPE)}`, 'i'))],
      commands: [expect.stringContaining(`--role 'CMK Guardian Keys'`)],
    });
    expect(of('setVaultBypass', reach({ vault: named(subnet('/subscriptions/hub')) }))).toMatchObject({
      canRepair: null,
      why: [
        expect.stringContaining(
          'It lies in another subscription: a role with this one action at the subnet is enough.',
        ),
      ],
      commands: [],
    });
  });

  it('never names the command that lets it give access without the condition that keeps it from itself', () => {
    const own = present({ objectId: SELF, grants: present(without('grants')) });
    expect(of('grantKeyAccess', reach({ own })).commands.join()).toMatch(
      new RegExp(`--condition-version 2.0 --condition '.*GuidNotEquals \\{${SELF}\\}`),
    );
  });

  it('asks the part for consumers of every resource group that holds some', () => {
    const group = aSingleServer().id.replace(/\/providers.*/, '');
    const elsewhere = {
      ...aSingleServer(),
      id: aSingleServer().id.replace('/resourceGroups/data/', '/resourceGroups/web/'),
    };
    const own = present({
      objectId: SELF,
      grants: present([...without('consumers'), partAt('consumers', group.toLowerCase())]),
    });
    expect(of('revalidateConsumer', reach({ own }))).toMatchObject({ canRepair: true });
    expect(of('revalidateConsumer', reach({ own, consumers: [aSingleServer(), elsewhere] }))).toMatchObject({
      canRepair: false,
      commands: [expect.stringContaining(`--scope ${elsewhere.id.replace(/\/providers.*/, '')}`)],
    });
  });

  it('counts a lock that makes read-only against steps on vaults and consumers, not against those on keys', () => {
    const lock = { id: `${aVault().id}/locks/keep`, scope: aVault().id.toLowerCase(), level: 'ReadOnly' } as const;
    const locked = reach({ locks: present([lock]) });
    expect(of('grantKeyAccess', locked)).toMatchObject({
      canRepair: false,
      commands: [`az lock delete --ids ${lock.id}`],
    });
    expect(of('revalidateConsumer', locked).canRepair).toBe(true);
    expect(of('extendKeyExpiry', locked).canRepair).toBe(true);
    expect(unrepairable(reach({ locks: present([{ ...lock, level: 'CanNotDelete' }]) }))).toEqual([]);
  });

  it('calls nothing broken that it could not look at', () => {
    const blind: Fact<never> = unknown('403');
    expect(of('grantKeyAccess', reach({ locks: blind }))).toMatchObject({ canRepair: null, why: ['403'] });
    const unasked = reach({ own: present({ objectId: SELF, grants: blind }) });
    expect(of('revalidateConsumer', unasked)).toMatchObject({ canRepair: null });
    expect(of('recoverKey', reach({ dataPlane: { kind: 'unknown', reason: 'timed out' } }))).toMatchObject({
      canSee: null,
      canRepair: null,
    });
  });
});

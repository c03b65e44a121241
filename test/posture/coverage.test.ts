import { describe, expect, it } from '@jest/globals';
import { productRole } from '../../local/cloud/worlds/product.ts';
import { coverageOf } from '../../src/posture/coverage.ts';
import type { DataPlane, VaultReach } from '../../src/posture/coverage-facts.ts';
import { placeOfStep } from '../../src/posture/step-needs.ts';
import { type Fact, present, unknown, type VaultFacts } from '../../src/remediation/model/facts.ts';
import { STEP_KINDS, type StepKind } from '../../src/remediation/steps/steps.ts';
import { aSingleServer, aVault, KEY } from '../builders/observation.ts';
import { aDiskEncryptionSet } from '../builders/posture.ts';

const SELF = '00000000-0000-0000-0000-0000000000c1';
const SCOPE = '/subscriptions/00000000-0000-0000-0000-000000000001';
const FIREWALL: DataPlane = { kind: 'shut', reason: 'ForbiddenByFirewall' };
const ON_KEYS: readonly StepKind[] = STEP_KINDS.filter((kind) => placeOfStep(kind) === 'key');

const letIn = { tenantId: aVault().tenantId, objectId: SELF, keys: ['get', 'list', 'update', 'recover', 'restore'] };
const grants = [{ scope: SCOPE, ...productRole, notActions: [], notDataActions: [] }];

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
        "az keyvault network-rule add --name contoso --resource-group data --subnet '<id of the subnet of the function app>'",
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
        `az keyvault set-policy --name contoso --object-id ${SELF} --key-permissions get list update recover restore`,
      ],
    });
  });

  it('asks a role of a vault that uses roles, whatever its access policies say', () => {
    const role = { ...grants[0], scope: SCOPE, dataActions: [] } as (typeof grants)[0];
    const poor = reach({
      vault: { permissionModel: 'rbac' },
      own: present({ objectId: SELF, grants: present([role]) }),
    });
    expect(unrepairable(poor)).toEqual(ON_KEYS);
    expect(of('recoverKey', poor).commands).toEqual([
      `az role assignment create --role 'CMK Guardian' --assignee-object-id ${SELF} --assignee-principal-type ServicePrincipal --scope ${aVault().id}`,
    ]);
    expect(unrepairable(reach({ vault: { permissionModel: 'rbac', accessPolicies: [] } }))).toEqual([]);
  });

  it('says of what lies outside of its role where that is missing', () => {
    const elsewhere = [{ ...grants[0], scope: `${SCOPE}/resourcegroups/other` }] as typeof grants;
    const outside = reach({ own: present({ objectId: SELF, grants: present(elsewhere) }) });
    expect(of('revalidateConsumer', outside)).toMatchObject({
      canRepair: false,
      commands: [expect.stringContaining(`--scope ${SCOPE}`)],
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

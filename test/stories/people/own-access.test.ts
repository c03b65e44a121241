import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Principal } from '../../../local/cloud/entra/entra.ts';
import { productId } from '../../../local/cloud/worlds/product.ts';
import { productRole } from '../../../local/cloud/worlds/product-role.ts';
import type { PostureLine } from '../../../src/posture/lines.ts';
import { apiVersion } from '../../../src/remediation/model/api-versions.ts';
import { type App, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { ledgerOf, orders, single, VAULT } from '../../builders/incident.ts';
import { sendAs } from '../../local/cloud/arm/send-as.ts';

const ADMINISTRATOR = '00482a5a-887f-4fb3-b363-3b7fe8e74483';

const product = ({ cloud }: App): Principal => {
  const found = cloud.world.entra.managedIdentity(productId);
  if (!found) throw new Error('The product has no identity');
  return found;
};

const vaultOf = ({ cloud }: App): string => cloud.world.keyVault.vault(VAULT)?.id ?? '';

/** An attacker who acts as the product gives it a role on the vault. Returns the status of Azure's answer. */
const assignItself = async (app: App): Promise<number> => {
  const send = sendAs(app.cloud, product(app));
  const path = `${vaultOf(app)}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}?api-version=2022-04-01`;
  const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${ADMINISTRATOR}`;
  const principalId = product(app).objectId;
  const { status } = await send('PUT', path, {
    properties: { roleDefinitionId, principalId, principalType: 'ServicePrincipal' },
  });
  return status;
};

/** The same with an access policy. */
const letItselfIn = async (app: App): Promise<number> => {
  const { objectId, tenantId } = product(app);
  const path = `${vaultOf(app)}/accessPolicies/add?api-version=${apiVersion('Microsoft.KeyVault/vaults')}`;
  const policy = { tenantId, objectId, permissions: { keys: ['purge'], secrets: ['get'] } };
  const { status } = await sendAs(app.cloud, product(app))('PUT', path, { properties: { accessPolicies: [policy] } });
  return status;
};

/** The owner forgot the condition of the part that gives access. */
const forgetCondition = ({ cloud }: App): void => {
  const { rbac } = cloud.world;
  const role = rbac.definition(productRole('grants').roleName)?.name;
  for (const one of rbac.assignments()) if (one.role === role) rbac.rewrite(one, 'owner');
};

const alertsOf = async (app: App): Promise<readonly unknown[]> =>
  (await ledgerOf(app, 'product')).entries
    .map(({ detail }) => detail as { what: string; detail: unknown })
    .flatMap(({ what, detail }) => (what === 'gave itself access' ? [detail] : []));

const rightsOf = async (app: App): Promise<PostureLine | undefined> => {
  await app.door({ method: 'POST', path: '/api/posture' }, 202);
  await app.pass(2 * MINUTE);
  const { body } = await app.door({ method: 'GET', path: '/api/posture' }, 200);
  return (body as { lines: readonly PostureLine[] }).lines.find(({ check }) => check === 'productWithinItsRole');
};

describe('whoever acts as the product', () => {
  it('cannot give it a role under its condition; what it gives itself otherwise is an alert, and a finding with what takes it away', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    await app.pass(NEXT_SWEEP);
    expect(await assignItself(app)).toBe(403);
    expect(await rightsOf(app)).toMatchObject({ verdict: 'pass' });
    expect(await alertsOf(app)).toEqual([]);

    forgetCondition(app);
    expect(await assignItself(app)).toBe(201);
    expect(await letItselfIn(app)).toBe(200);
    await app.pass(2 * NEXT_SWEEP);
    const alerts = await alertsOf(app);
    expect(alerts).toEqual([
      expect.objectContaining({ scope: vaultOf(app).toLowerCase() }),
      expect.objectContaining({ vault: vaultOf(app), permissions: ['keys purge', 'secrets get'] }),
    ]);
    const told = app.said.filter((line) => line.includes('product: alert.'));
    expect(told).toHaveLength(2);
    expect(told.join('\n')).toContain('az role assignment delete --ids');
    expect(told.join('\n')).toContain(`az keyvault delete-policy --name ${VAULT}`);

    const found = await rightsOf(app);
    expect(found?.verdict).toBe('fail');
    expect(found?.evidence).toMatch(/keys purge, secrets get.*without the condition.*vaults\/\*/);
    expect(found?.plan?.filter((one) => one.startsWith('az role assignment delete'))).toHaveLength(2);
  });
});

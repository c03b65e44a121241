import { actingCaller } from '../../local/cloud/acting-caller.ts';
import { resourceId } from '../../local/cloud/arm/resource-id.ts';
import type { Cloud } from '../../local/cloud/cloud.ts';
import { customerIdOf } from '../../local/cloud/monitor/workspaces.ts';
import { productId, subscriptionId } from '../../local/cloud/worlds/product.ts';

/** The workspace of the vaults' audit logs. */
export const WORKSPACE = resourceId({
  subscription: subscriptionId,
  group: 'guardian',
  type: 'Microsoft.OperationalInsights/workspaces',
  name: 'log-guardian',
});

/** The value of GUARDIAN_AUDIT_WORKSPACE. */
export const CUSTOMER_ID = customerIdOf(WORKSPACE);

/** The product may read the workspace, as infra/README.md says. */
export const letProductReadLogs = ({ world }: Cloud): void => {
  const principalId = world.entra.managedIdentity(productId)?.objectId ?? '';
  world.rbac.assign({ scope: WORKSPACE, role: 'Log Analytics Reader', principalId });
};

/** The audit log of every vault goes to the workspace, and the product may read it. */
export const auditVaults = (cloud: Cloud): void => {
  const logs = [{ category: 'AuditEvent', enabled: true }];
  for (const { id } of cloud.world.keyVault.vaults())
    cloud.world.diagnosticSettings.put({ scope: id, name: 'cmk-audit', workspaceId: WORKSPACE, logs, metrics: [] });
  letProductReadLogs(cloud);
};

/** A person of this name, who is made where there is none, does an act on a key. */
export const as = (cloud: Cloud, name: string, act: () => unknown): void => {
  const { entra } = cloud.world;
  const person = entra.principals().find((one) => one.name === name) ?? entra.createUser({ name });
  actingCaller.run({ ...person, scopes: [] }, act);
};

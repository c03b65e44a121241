import { describe, expect, it } from 'vitest';
import { recordManualAct } from '../../../local/cloud/activity-log/record-manual-act.ts';
import { orders, VAULT } from '../../builders/incident.ts';
import { repeated } from '../../run/exhaustive.ts';
import { SUBSCRIPTION, stage } from '../product.ts';

const vaultId = `${SUBSCRIPTION}/resourceGroups/data/providers/Microsoft.KeyVault/vaults/${VAULT}`;
const OPENING = 'Microsoft.KeyVault/vaults/write';

describe('The activity log of a vault', () => {
  repeated('tells who wrote to it and to what lies below, since then, and of no other vault', async () => {
    const { call, cloud, advance } = await stage(orders([]));
    const write = (target: string, operationName: string) =>
      recordManualAct(cloud.world, { target, operationName, existed: true });
    write(vaultId, 'Microsoft.KeyVault/vaults/delete');
    await advance(60_000);
    const since = new Date(cloud.world.clock.now()).toISOString();
    write(vaultId, OPENING);
    write(`${vaultId}-other`, OPENING);
    await advance(60_000);
    write(
      `${vaultId}/keys/cmk/providers/Microsoft.Authorization/roleAssignments/1`,
      'Microsoft.Authorization/roleAssignments/delete',
    );

    const log = await call('activitySince', vaultId, since);
    expect(log).toMatchObject({
      kind: 'present',
      value: [
        { operation: OPENING, caller: 'owner@contoso.com', at: since },
        { operation: 'Microsoft.Authorization/roleAssignments/delete' },
      ],
    });
    expect(await call('activitySince', vaultId, since, since)).toMatchObject({ value: [{ operation: OPENING }] });
  });

  it('is unknown, with the command that helps, where we may not read it', async () => {
    const { call, cloud } = await stage(orders([]));
    const [permission] = cloud.world.rbac.definition('CMK Guardian Observe')?.permissions ?? [];
    if (permission) permission.actions = permission.actions.filter((one) => !one.includes('eventtypes'));
    expect(await call('activitySince', vaultId, '2026-11-22T00:00:00Z')).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining("az role assignment create --role 'CMK Guardian Observe'"),
    });
  });
});

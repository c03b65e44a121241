import { describe, expect, it } from 'vitest';
import { productId } from '../../../local/cloud/worlds/product.ts';
import { as, auditVaults, CUSTOMER_ID, letProductReadLogs } from '../../builders/audit-logs.ts';
import { orders, VAULT } from '../../builders/incident.ts';
import { repeated } from '../../run/exhaustive.ts';
import { KEY, setPinned } from '../orders.ts';
import { stage } from '../product.ts';

const MINUTE = 60_000;
/** An instant before the first story of this file, in any order. */
const FROM = '2026-11-21T00:00:00Z';

const audited = async () => {
  const set = await stage(orders([]), { auditWorkspace: CUSTOMER_ID });
  auditVaults(set.cloud);
  return set;
};

describe('The audit log of a key', () => {
  it('tells who disabled and who deleted it, once the log shows it, and nobody else’s key and nothing of ours', async () => {
    const { call, cloud, advance, requests } = await audited();
    const { keyVault } = cloud.world;
    keyVault.createKey(VAULT, 'cmk-other', {});
    as(cloud, 'mallory', () => keyVault.deleteKey(VAULT, 'cmk-other'));
    as(cloud, 'eve', () => setPinned(cloud, { enabled: false }));
    const product = cloud.world.entra.managedIdentity(productId)?.name ?? '';
    as(cloud, product, () => setPinned(cloud, { enabled: true }));
    await advance(MINUTE);
    expect(await call('keyActsSince', KEY, FROM)).toEqual({ kind: 'present', value: [] });
    as(cloud, 'eve', () => keyVault.deleteKey(VAULT, 'cmk'));
    await advance(6 * MINUTE);
    requests();
    const { length } = cloud.world.auditLog.rows().filter(({ key }) => key === 'cmk');
    expect(length).toBe(3);
    expect(await call('keyActsSince', KEY, FROM)).toMatchObject({
      kind: 'present',
      value: [
        { operation: 'KeyUpdate', caller: 'eve@contoso.com' },
        { operation: 'KeyDelete', caller: 'eve@contoso.com', correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      ],
    });
    expect(requests()).toEqual([`POST api.loganalytics.io/v1/workspaces/${CUSTOMER_ID}/query 200`]);
  });

  it('is asked for once a minute, for every key of its vault, whatever comes of it', async () => {
    const { call, cloud, advance, requests } = await audited();
    const { keyVault } = cloud.world;
    keyVault.createKey(VAULT, 'cmk-other', {});
    as(cloud, 'eve', () => setPinned(cloud, { enabled: false }));
    as(cloud, 'mallory', () => keyVault.deleteKey(VAULT, 'cmk-other'));
    await advance(6 * MINUTE);
    requests();
    const other = { ...KEY, name: 'cmk-other' };
    const asked = await Promise.all([KEY, other, KEY, other].map((key) => call('keyActsSince', key, FROM)));
    const operations = asked.map((one) => (one.kind === 'present' ? one.value.map(({ operation }) => operation) : []));
    expect(operations).toEqual([['KeyUpdate'], ['KeyDelete'], ['KeyUpdate'], ['KeyDelete']]);
    expect(requests()).toHaveLength(1);
    await advance(MINUTE);
    await call('keyActsSince', other, FROM);
    expect(requests()).toHaveLength(1);
    cloud.faults.add({ route: 'POST https://api.loganalytics.io/*', kind: '503', rate: 1 });
    await advance(MINUTE);
    requests();
    for (const key of [KEY, other]) await expect(call('keyActsSince', key, FROM)).rejects.toThrow('audit log');
    expect(requests()).toHaveLength(1);
  });

  repeated('begins and ends where it is asked to', async () => {
    const { call, cloud, advance } = await audited();
    as(cloud, 'eve', () => setPinned(cloud, { enabled: false }));
    await advance(10 * MINUTE);
    const later = new Date(cloud.world.clock.now()).toISOString();
    expect(await call('keyActsSince', KEY, later)).toEqual({ kind: 'present', value: [] });
    expect(await call('keyActsSince', KEY, FROM, FROM)).toEqual({ kind: 'present', value: [] });
    expect(await call('keyActsSince', KEY, FROM, later)).toMatchObject({ value: [{ operation: 'KeyUpdate' }] });
  });

  it('is absent, and nobody is asked, where no workspace is configured', async () => {
    const { call, requests } = await stage(orders([]));
    expect(await call('keyActsSince', KEY, FROM)).toEqual({ kind: 'absent' });
    expect(requests()).toEqual([]);
  });

  it('is unknown, with the command that helps, where we may not read it', async () => {
    const { advance, call, cloud } = await audited();
    cloud.world.rbac.dropScope(cloud.world.diagnosticSettings.all()[0]?.workspaceId ?? '');
    expect(await call('keyActsSince', KEY, FROM)).toMatchObject({
      kind: 'unknown',
      reason: expect.stringMatching(/az role assignment create --role 'Log Analytics Reader'.*insufficient access/),
    });
    letProductReadLogs(cloud);
    await advance(MINUTE);
    expect(await call('keyActsSince', KEY, FROM)).toMatchObject({ kind: 'present' });
  });

  repeated('is unknown where there is no such workspace', async () => {
    const { call } = await stage(orders([]), { auditWorkspace: CUSTOMER_ID });
    expect(await call('keyActsSince', KEY, FROM)).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('GUARDIAN_AUDIT_WORKSPACE'),
    });
  });

  repeated('is waited for some seconds, and asked once', async () => {
    const { call, cloud, requests } = await audited();
    cloud.faults.add({ route: 'POST https://api.loganalytics.io/*', kind: 'timeout', rate: 1 });
    requests();
    const began = cloud.world.clock.now();
    await expect(call('keyActsSince', KEY, FROM)).rejects.toThrow('audit log');
    expect(cloud.world.clock.now() - began).toBeLessThanOrEqual(20_000);
    expect(requests()).toHaveLength(1);
  });
});

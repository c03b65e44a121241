import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { productId } from '../../local/cloud/worlds/product.ts';
import type { VaultDependents } from '../../src/remediation/model/vault-dependents.ts';
import { notRebuilt } from '../../src/remediation/observation/not-rebuilt.ts';
import { takenAway } from '../../src/remediation/observation/taken-away.ts';
import { rebuildScript } from '../../src/remediation/plan/rebuild-script.ts';
import type { StepSpec } from '../../src/remediation/steps/steps.ts';
import { MARK, markVault, ORDERS, SINGLE, vaultId } from './orders.ts';
import { HOUR, type Stage, stage } from './product.ts';

const ROLES: WorldPlan = {
  ...ORDERS,
  vaults: (ORDERS.vaults ?? []).map((vault) => ({ ...vault, permissions: 'roles' })),
};
const FUNCTION = `${productId}/functions/on-key-vault-event`;
const WORKSPACE = '/subscriptions/s/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/audit';
const STORE = '/subscriptions/s/resourceGroups/logs/providers/Microsoft.Storage/storageAccounts/events';

/** A vault with all possible extensions: roles, event subscriptions of three kinds, a diagnostic setting, a lock. */
const furnished = async (): Promise<Stage> => {
  const set = await stage(ROLES, { functionApp: productId });
  const { eventGrid, diagnosticSettings, entra, locks, rbac, keyVault } = set.cloud.world;
  const scope = vaultId(set.cloud);
  eventGrid.functions.runsAt(FUNCTION, 'http://127.0.0.1:9/runtime/webhooks/eventgrid');
  const resource = { endpointType: 'AzureFunction', resourceId: FUNCTION } as const;
  const queue = { endpointType: 'StorageQueue', resourceId: STORE, queueName: 'keys' } as const;
  await eventGrid.subscribe({ name: 'guardian', scope, resource });
  await eventGrid.subscribe({ name: 'queue', scope, resource: queue });
  eventGrid.beginSubscribe({ name: 'hook', scope, endpointUrl: 'http://127.0.0.1:9/hook?code=secret' });
  diagnosticSettings.put({
    scope,
    name: 'audit trail',
    workspaceId: WORKSPACE,
    logs: [{ category: 'AuditEvent', enabled: true }],
    metrics: [],
  });
  const reader = entra.createUser({ name: 'reader' }).objectId;
  rbac.assign({ scope, role: 'Reader', principalId: reader, principalType: 'User' });
  locks.put({ scope, name: 'keep', level: 'CanNotDelete', notes: 'ask Kim' });
  await set.advance(HOUR);
  if (!keyVault.vault('kv-orders')) throw new Error('there is no vault');
  return set;
};

/** An owner deletes the vault in spite of its lock, and recovers it. */
const lostAndRecovered = async (set: Stage): Promise<void> => {
  const { keyVault } = set.cloud.world;
  keyVault.deleteVault('kv-orders');
  keyVault.recoverVault('kv-orders');
  await set.advance(HOUR);
};

const extrasOf = async (set: Stage): Promise<VaultDependents> => {
  const dependents = await set.call('readVaultDependents', vaultId(set.cloud));
  if (dependents.kind !== 'present') throw new Error(JSON.stringify(dependents));
  return dependents.value;
};

const rebuilding = (
  set: Stage,
  kind: 'rebuildEventSubscription' | 'rebuildDiagnosticSetting',
  { name, body = {} }: { name: string; body?: VaultDependents['diagnosticSettings'][0]['body'] },
): StepSpec => {
  const target = vaultId(set.cloud).toLowerCase();
  return { kind, target, parameters: { vaultId: target, name, body } };
};

const mutations = ({ cloud }: Stage): readonly string[] =>
  cloud.requests.list({ mutating: true }).map(({ method, url }) => `${method} ${new URL(url).pathname}`);

/** The owner lets the product write to its own function, and read the keys of where logs go. */
const entrust = ({ cloud: { world } }: Stage): void => {
  const principalId = world.entra.managedIdentity(productId)?.objectId ?? '';
  world.rbac.assign({ scope: productId, role: 'Contributor', principalId });
};

const first = <Item>(items: readonly Item[], is: (item: Item) => boolean): Item => {
  const found = items.find(is);
  if (found === undefined) throw new Error('there is no such thing');
  return found;
};

describe('what hangs on a vault', () => {
  it('is read by four calls: what is above the vault, and secrets, left out', async () => {
    const set = await furnished();
    set.requests();
    const { roleAssignments, eventSubscriptions, diagnosticSettings, locks } = await extrasOf(set);
    expect(set.requests()).toHaveLength(4);
    const scopes = new Set(roleAssignments.map(({ scope }) => scope));
    expect(scopes).toEqual(new Set([vaultId(set.cloud), `${vaultId(set.cloud)}/keys/cmk`]));
    expect(roleAssignments).toHaveLength(3);
    expect(eventSubscriptions.map(({ body, name, own }) => ({ name, own, readable: body !== undefined }))).toEqual([
      { name: 'guardian', own: true, readable: true },
      { name: 'queue', own: false, readable: true },
      { name: 'hook', own: false, readable: false },
    ]);
    expect(JSON.stringify(eventSubscriptions)).not.toContain('secret');
    expect(diagnosticSettings).toMatchObject([{ name: 'audit trail', body: { workspaceId: WORKSPACE } }]);
    expect(locks).toEqual([{ name: 'keep', level: 'CanNotDelete', notes: 'ask Kim' }]);
  });

  it('is unknown where a part of it is refused, and outside the scopes', async () => {
    const set = await furnished();
    const { entra, rbac } = set.cloud.world;
    const objectId = entra.managedIdentity(productId)?.objectId;
    for (const one of rbac.assignments()) if (one.principalId === objectId) rbac.unassign(one.scope, one.name);
    expect(await set.call('readVaultDependents', vaultId(set.cloud))).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('AuthorizationFailed'),
    });
    const elsewhere = vaultId(set.cloud).replace(
      /^\/subscriptions\/[^/]+/,
      '/subscriptions/00000000-0000-0000-0000-000000000001',
    );
    expect(await set.call('readVaultDependents', elsewhere)).toMatchObject({ kind: 'unknown' });
  });

  it('is all that a recovered vault lacks', async () => {
    const set = await furnished();
    const snapshot = await extrasOf(set);
    await lostAndRecovered(set);
    expect(notRebuilt(snapshot, await extrasOf(set))).toEqual(snapshot);
    expect(rebuildScript(vaultId(set.cloud), snapshot)).toHaveLength(8);
  });
});

describe('the product’s own event subscription', () => {
  const lost = async () => {
    const set = await furnished();
    const { eventSubscriptions } = await extrasOf(set);
    await lostAndRecovered(set);
    const of = (name: string) =>
      rebuilding(set, 'rebuildEventSubscription', first(eventSubscriptions, (one) => one.name === name) as never);
    return { ...set, of, body: eventSubscriptions[0] };
  };

  it('is made again as it was by one PUT, and is done when Azure says so', async () => {
    const set = await lost();
    entrust(set);
    set.requests();
    const { sent } = await set.call('repair', set.of('guardian'));
    if (sent?.kind !== 'started') throw new Error(JSON.stringify(sent));
    await set.advance(Date.parse(sent.pollAt) - set.cloud.world.clock.now());
    expect(await set.call('pollOperation', sent.operation)).toMatchObject({ kind: 'done' });
    expect((await extrasOf(set)).eventSubscriptions).toEqual([set.body]);
    expect(await set.call('repair', set.of('guardian'))).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toHaveLength(1);
  });

  it('is left to a human where the product may not write to its own function, with the reason', async () => {
    const set = await lost();
    expect(await set.call('repair', set.of('guardian'))).toMatchObject({
      sent: { kind: 'blocked', why: expect.stringContaining('LinkedAuthorizationFailed') },
    });
  });

  it.each(['queue', 'hook'])('is the only one: somebody else’s %s is not made again', async (name) => {
    const set = await lost();
    entrust(set);
    expect(await set.call('repair', set.of(name))).toMatchObject({
      target: 'blocked',
      why: expect.stringContaining('not at this function app'),
    });
    expect(mutations(set)).toEqual([]);
  });

  it('is left as it is where somebody has made one of its name', async () => {
    const set = await lost();
    entrust(set);
    const resource = { endpointType: 'StorageQueue', resourceId: STORE, queueName: 'other' } as const;
    await set.cloud.world.eventGrid.subscribe({ name: 'guardian', scope: vaultId(set.cloud), resource });
    expect(await set.call('repair', set.of('guardian'))).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toEqual([]);
  });
});

describe('a diagnostic setting', () => {
  it('is made again as it was, once, and read with the tags of its vault', async () => {
    const set = await furnished();
    const { diagnosticSettings } = await extrasOf(set);
    await lostAndRecovered(set);
    markVault(set.cloud);
    const step = rebuilding(
      set,
      'rebuildDiagnosticSetting',
      first(diagnosticSettings, () => true),
    );
    const { sent, tagged } = await set.call('repair', step);
    expect({ sent, tagged }).toMatchObject({ sent: { kind: 'done' }, tagged: [{ tags: MARK }] });
    expect(await set.call('repair', step)).toMatchObject({ target: 'noDrift' });
    expect((await extrasOf(set)).diagnosticSettings).toEqual(diagnosticSettings);
    expect(mutations(set)).toHaveLength(1);
  });

  it('waits while its vault comes back', async () => {
    const set = await furnished();
    const { keyVault } = set.cloud.world;
    keyVault.deleteVault('kv-orders');
    keyVault.recoverVault('kv-orders');
    const step = rebuilding(set, 'rebuildDiagnosticSetting', { name: 'audit trail' });
    expect(await set.call('repair', step)).toMatchObject({ target: 'operationInProgress' });
  });
});

describe('the activity log', () => {
  const deletedAfter = async (act: (set: Stage) => Promise<void>) => {
    const set = await furnished();
    const from = new Date(set.cloud.world.clock.now()).toISOString();
    const { roleAssignments } = await extrasOf(set);
    await act(set);
    await set.advance(HOUR);
    const verb = first(
      set.cloud.azure.services.flatMap(({ breaks }) => breaks),
      ({ name }) => name === 'delete-vault',
    );
    await verb.run({ vault: 'kv-orders' });
    set.cloud.world.keyVault.recoverVault('kv-orders');
    const log = await set.call('activitySince', vaultId(set.cloud), from);
    if (log.kind !== 'present') throw new Error(JSON.stringify(log));
    return { set, noted: roleAssignments, log: log.value };
  };

  it('tells which assignment somebody took away before the vault was deleted', async () => {
    const { set, noted, log } = await deletedAfter(async ({ cloud }) => {
      const principalId = cloud.world.entra.managedIdentity(SINGLE)?.objectId;
      const verb = first(
        cloud.azure.services.flatMap(({ breaks }) => breaks),
        ({ name }) => name === 'remove-role-assignment',
      );
      await verb.run({
        scope: `${vaultId(cloud)}/keys/cmk`,
        role: 'Key Vault Crypto Service Encryption User',
        principalId,
      });
    });
    const principal = set.cloud.world.entra.managedIdentity(SINGLE)?.objectId;
    expect(takenAway(noted, log)).toMatchObject({ kind: 'present', value: [{ principalId: principal }] });
  });

  it('tells that nothing was taken away where the vault took all with it', async () => {
    const { noted, log } = await deletedAfter(async () => undefined);
    expect(takenAway(noted, log)).toEqual({ kind: 'present', value: [] });
  });
});

import { describe, expect, it } from 'vitest';
import type { Switches } from '../../../local/cloud/service.ts';
import { productId } from '../../../local/cloud/worlds/product.ts';
import { webhookUrl } from '../../../local/host-process.ts';
import { type App, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import {
  flexible,
  isDown,
  ledgerOf,
  linesOf,
  orders,
  SINGLE,
  serves,
  single,
  VAULT,
  writes,
} from '../../builders/incident.ts';
import { statusOf } from '../../builders/people.ts';
import { repeated } from '../../run/exhaustive.ts';

const HALF_AN_HOUR = 30 * MINUTE;
const FUNCTION = `${productId}/functions/on-key-vault-event`;
const WORKSPACE = '/subscriptions/s/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/audit';
const KEY_ROLE = 'Key Vault Crypto Service Encryption User';

const GROUP_ID = SINGLE.split('/providers/')[0] ?? '';

const vaultId = ({ cloud }: App): string => cloud.world.keyVault.vault(VAULT)?.id ?? '';

/** An act of a person in the portal. */
const manually = (app: App, verb: string, input: Record<string, unknown>): void => {
  const verbs = app.cloud.azure.services.flatMap(({ breaks }) => breaks);
  verbs.find(({ name }) => name === verb)?.run(input);
};
const deleteVault = (app: App): void => manually(app, 'delete-vault', { vault: VAULT });

/** The identity of the single server. */
const itsPrincipal = ({ cloud }: App): string => cloud.world.entra.managedIdentity(SINGLE)?.objectId ?? '';

/** The product's own subscription, an audit setting, the role of a person who is no consumer, and a lock. */
const furnish = async (app: App): Promise<void> => {
  const { diagnosticSettings, entra, eventGrid, locks, rbac } = app.cloud.world;
  const scope = vaultId(app);
  const product = entra.managedIdentity(productId)?.objectId ?? '';
  rbac.assign({ scope: productId, role: 'Contributor', principalId: product });
  eventGrid.functions.runsAt(FUNCTION, webhookUrl(app.host(), 'on-key-vault-event'));
  const resource = { endpointType: 'AzureFunction', resourceId: FUNCTION } as const;
  await eventGrid.subscribe({ name: 'guardian', scope, resource });
  const logs = [{ category: 'AuditEvent', enabled: true }];
  diagnosticSettings.put({ scope, name: 'audit', workspaceId: WORKSPACE, logs, metrics: [] });
  const kim = entra.createUser({ name: 'kim' }).objectId;
  rbac.assign({ scope, role: 'Reader', principalId: kim, principalType: 'User' });
  locks.put({ scope, name: 'keep', level: 'CanNotDelete' });
};

/** A vault with roles whose key two servers use, looked at by three sweeps. */
const started = async (switches: Partial<Switches> = {}): Promise<App> => {
  const app = await startApp({
    world: orders([single('orders'), flexible('web')], {}, 'roles'),
    wake: 'sweep',
    settings: { GUARDIAN_FUNCTION_APP: productId },
    switches,
  });
  await furnish(app);
  await app.pass(3 * NEXT_SWEEP);
  return app;
};

const assigned = ({ cloud }: App) =>
  cloud.world.rbac
    .assignments()
    .filter(({ scope }) => scope.includes(`/vaults/${VAULT}`))
    .map(({ principalId, role, scope }) => `${principalId} ${role} ${scope}`)
    .sort();

/** The written resources by their type. */
const written = (app: App): readonly string[] =>
  writes(app).map((line) => `${line.split(' ')[0]} ${line.split('/').at(-2)}`);

const bothServe = (app: App) => () => serves(app, 'orders') && serves(app, 'web');

describe('a vault with roles that somebody deletes', () => {
  it('is recovered, its servers are let in again, and what hung on it is made again or handed to a human', async () => {
    const app = await started();
    const before = assigned(app);
    deleteVault(app);
    await app.until('orders is down', () => isDown(app, 'orders'), HALF_AN_HOUR);
    await app.until('both serve again', bothServe(app), HALF_AN_HOUR);
    await app.pass(2 * NEXT_SWEEP);

    const kim = app.cloud.world.entra.principals().find(({ name }) => name === 'kim')?.objectId ?? '';
    expect(assigned(app)).toEqual(before.filter((one) => !one.startsWith(kim)));
    const { diagnosticSettings, eventGrid } = app.cloud.world;
    expect(eventGrid.subscription(vaultId(app), 'guardian')?.provisioningState).toBe('Succeeded');
    expect(diagnosticSettings.get(vaultId(app), 'audit')).toMatchObject({ workspaceId: WORKSPACE });
    expect(written(app)[0]).toBe('PUT vaults');
    expect(written(app).toSorted()).toEqual([
      'PATCH flexibleServers',
      'PUT diagnosticSettings',
      'PUT eventSubscriptions',
      'PUT keys',
      'PUT roleAssignments',
      'PUT roleAssignments',
      'PUT vaults',
    ]);
    const chain = await ledgerOf(app);
    expect(linesOf(chain).at(-1)).toBe('closed');
    const decided = JSON.stringify(chain.entries.filter(({ kind }) => kind === 'decided'));
    expect(decided).toMatch(
      new RegExp(`az role assignment create --assignee-object-id ${kim}.*az lock create --name keep`),
    );
  });

  repeated(
    'gives back no right that was taken away before: that server stays out until a person says yes',
    async () => {
      const app = await started();
      const scope = `${vaultId(app)}/keys/cmk`;
      manually(app, 'remove-role-assignment', { scope, role: KEY_ROLE, principalId: itsPrincipal(app) });
      await app.pass(MINUTE);
      deleteVault(app);
      await app.until('web is down', () => isDown(app, 'web'), HALF_AN_HOUR);
      await app.until('web serves again', () => serves(app, 'web'), HALF_AN_HOUR);
      await app.pass(HOUR);
      expect(serves(app, 'orders')).toBe(false);
      expect(assigned(app).filter((one) => one.startsWith(itsPrincipal(app)))).toEqual([]);
      const { decision, verdict } = await statusOf(app);
      expect(verdict).toBe('ask');
      expect(JSON.stringify(decision)).toContain('GUARDIAN_AUTO_REVERSE does not name grantKeyAccess here');
    },
  );

  repeated(
    'gives back no right that was taken away above the vault, and makes no diagnostic setting that was deleted before',
    async () => {
      const app = await started();
      const { rbac } = app.cloud.world;
      const scope = `${vaultId(app)}/keys/cmk`;
      const principalId = itsPrincipal(app);
      rbac.assign({ scope: GROUP_ID, role: KEY_ROLE, principalId });
      for (const one of rbac.assignments().filter((each) => each.principalId === principalId && each.scope === scope))
        rbac.unassign(one.scope, one.name);
      await app.pass(2 * NEXT_SWEEP);
      manually(app, 'remove-role-assignment', { scope: GROUP_ID, role: KEY_ROLE, principalId });
      manually(app, 'stop-logging', { scope: vaultId(app), name: 'audit' });
      await app.pass(MINUTE);
      deleteVault(app);
      await app.until('web is down', () => isDown(app, 'web'), HALF_AN_HOUR);
      await app.until('web serves again', () => serves(app, 'web'), HALF_AN_HOUR);
      await app.pass(HOUR);
      expect(serves(app, 'orders')).toBe(false);
      expect(rbac.assignments().filter((one) => one.principalId === principalId)).toEqual([]);
      expect(app.cloud.world.diagnosticSettings.get(vaultId(app), 'audit')).toBeUndefined();
      expect((await statusOf(app)).verdict).toBe('ask');
    },
  );

  repeated('gives no right back that is taken once the server had it again, in the same incident too', async () => {
    const app = await started();
    deleteVault(app);
    await app.until('both are down', () => isDown(app, 'orders') && isDown(app, 'web'), HALF_AN_HOUR);
    await app.until('orders serves again', () => serves(app, 'orders'), HALF_AN_HOUR);
    await app.pass(MINUTE);
    const scope = `${vaultId(app)}/keys/cmk`;
    manually(app, 'remove-role-assignment', { scope, role: KEY_ROLE, principalId: itsPrincipal(app) });
    await app.until('orders is down', () => isDown(app, 'orders'), HALF_AN_HOUR);
    await app.pass(HOUR);
    expect(assigned(app).filter((one) => one.startsWith(itsPrincipal(app)))).toEqual([]);
    const { decision, verdict } = await statusOf(app);
    expect(verdict).toBe('ask');
    expect(JSON.stringify(decision)).toContain('GUARDIAN_AUTO_REVERSE does not name grantKeyAccess here');
  });

  repeated('lets nobody in by itself before the activity log shows that nothing was taken away', async () => {
    const app = await started({ activityLogDelaySeconds: 600 });
    const deletedAt = app.clock.now();
    deleteVault(app);
    await app.until('both are down', () => isDown(app, 'orders') && isDown(app, 'web'), HALF_AN_HOUR);
    await app.until('both serve again', bothServe(app), HALF_AN_HOUR);
    const grants = app.cloud.world.rbac.assignments().filter(({ scope }) => scope.endsWith('/keys/cmk'));
    expect(grants.map(({ madeAt }) => madeAt >= deletedAt + 600_000)).toEqual([true, true]);
  });
});

describe('a vault with roles and several keys', () => {
  repeated('is recovered by one PUT, whichever key finds it first, and all its keys are healed', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const app = await startApp({
      world: {
        vaults: [{ name: VAULT, permissions: 'roles', keys: names.map((name) => ({ name })) }],
        servers: names.map((name) => ({ name, generation: 'single', vault: VAULT, key: name })),
      },
      wake: 'sweep',
    });
    await app.pass(3 * NEXT_SWEEP);
    deleteVault(app);
    await app.until('all are down', () => names.every((name) => isDown(app, name)), HALF_AN_HOUR);
    await app.until('all serve again', () => names.every((name) => serves(app, name)), HALF_AN_HOUR);
    expect(written(app).toSorted()).toEqual([
      ...names.map(() => 'PUT keys'),
      ...names.map(() => 'PUT roleAssignments'),
      'PUT vaults',
    ]);
  });
});

describe('what hangs on a vault', () => {
  repeated('is noted once in the ledger of the product for as long as it stays the same', async () => {
    const app = await started();
    await app.pass(3 * HOUR);
    const noted = (await ledgerOf(app, 'product')).entries.filter(({ kind }) => kind === 'baseline');
    expect(noted).toMatchObject([
      { target: vaultId(app).toLowerCase(), evidence: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    manually(app, 'remove-role-assignment', {
      scope: vaultId(app),
      role: 'Reader',
      principalId: app.cloud.world.entra.principals().find(({ name }) => name === 'kim')?.objectId,
    });
    await app.pass(HOUR + NEXT_SWEEP);
    const { entries, verification } = await ledgerOf(app, 'product');
    expect(entries.filter(({ kind }) => kind === 'baseline')).toHaveLength(2);
    expect(verification.kind).toBe('intact');
  });
});

import { TableClient } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import { type App, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import {
  expireKey,
  expiryOf,
  KEY,
  keyVersion,
  ledgerOf,
  orders,
  serves,
  single,
  VAULT,
} from '../../builders/incident.ts';
import { statusOf } from '../../builders/people.ts';

const OTHER = 'kv-other';
const GROUP = { group: 'strangers', location: 'koreacentral' };

/** Two vaults with a key and a server each. */
const WORLD = () => {
  const world = orders([single('orders'), { name: 'other', generation: 'single', vault: OTHER, key: 'cmk' }]);
  const key = { name: 'cmk', expiresInDays: 90 };
  return {
    ...world,
    vaults: [...(world.vaults ?? []), { name: OTHER, permissions: 'accessPolicies' as const, keys: [key] }],
  };
};

const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`tag-${n}`.padEnd(500, 'x'), 'y'.repeat(256)]));

/** The sets that a contributor of another resource group can make in scope: on the owner's key, to which they have no access. */
const strangersMake = ({ cloud: { world } }: App, kid: string): void => {
  const subscription = world.keyVault.vault(VAULT)?.id.split('/')[2] ?? '';
  const set = (name: string, keyUrl: string, tags: unknown) =>
    world.compute.addSet({ subscription, ...GROUP, name, keyUrl, tags: tags as Record<string, string> });
  for (let n = 0; n < 30; n++) set(`stranger-${n}`, kid, fifty);
  set('tags-are-null', kid, null);
  set('names-nothing', 'https://kv-nobody.vault.azure.net/keys/none/0123456789abcdef0123456789abcdef', {});
};

/** An attacker, or a fault, has damaged the rows of the other key. */
const damageRows = async (app: App): Promise<void> => {
  const table = TableClient.fromConnectionString(app.storage.connectionString, `${app.tablePrefix}keys`, {
    allowInsecureConnection: true,
  });
  const filter = `keyId eq 'https://${OTHER}.vault.azure.net/keys/cmk'`;
  for await (const { partitionKey = '', rowKey = '' } of table.listEntities({ queryOptions: { filter } }))
    await table.updateEntity({ partitionKey, rowKey, keyId: 'nonsense', wanted: 'many', json0: '{' }, 'Merge');
};

const said = async (app: App, what: string): Promise<readonly string[]> =>
  (await ledgerOf(app, 'product')).entries.flatMap(({ detail }) => {
    const entry = detail as { readonly what: string; readonly detail: readonly { readonly id: string }[] };
    return entry.what === what ? entry.detail.map(({ id }) => id) : [];
  });

describe('bad neighbours', () => {
  it('affect only themselves: each is said once, and every other key is looked at and healed as before', async () => {
    const app = await startApp({ world: WORLD(), wake: 'sweep' });
    await app.pass(NEXT_SWEEP);
    strangersMake(app, keyVersion(app).kid);
    await damageRows(app);
    app.cloud.faults.add({ route: `*${OTHER}.vault.azure.net*`, kind: 'timeout', rate: 1 });
    await app.pass(NEXT_SWEEP);
    expireKey(app);
    await app.until('the key is extended', () => expiryOf(app) > app.clock.now(), 30 * MINUTE);
    await app.until('orders serves', () => serves(app, 'orders'), 30 * MINUTE);
    await app.pass(2 * NEXT_SWEEP);
    expect(await statusOf(app)).toMatchObject({ verdict: 'healthy', key: KEY });
    const { decision } = await statusOf(app);
    expect(decision.findings.length).toBeLessThanOrEqual(20);
    expect(decision.notes.at(-1)).toContain('11 more wait for access');
    const partitions = (await said(app, 'unreadable')).filter((id) => id.includes('partition'));
    expect(partitions).toHaveLength(1);
    const told = await said(app, 'unreadable');
    expect(new Set(told).size).toBe(told.length);
  });
});

import { expect, it } from 'vitest';
import { type App, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { expireKey, expiryOf, orders, serves, single, writes } from '../../builders/incident.ts';
import { statusOf } from '../../builders/people.ts';

type Fault = Parameters<App['cloud']['faults']['add']>[0];

const OTHER = 'kv-other';
const UNHEARD = 'Unheard';

/** Values in the answers about another owner's resource, or missing parts of it: no document of Azure has any of these. */
const PUT: readonly (readonly [string, string, unknown])[] = [
  ['/servers/other', 'properties', null],
  ['/servers/other', 'properties.userVisibleState', UNHEARD],
  ['/servers/other', 'properties.state', 7],
  ['/servers/other', 'tags', null],
  ['/servers/other', 'tags', 'none'],
  ['/servers/other', 'tags', { owner: { name: 5 } }],
  ['/servers/other', 'identity', { type: UNHEARD }],
  ['/servers/other', 'id', null],
  ['/servers/other', 'location', 5],
  ['/flexibleServers/bent', 'properties', UNHEARD],
  ['/flexibleServers/bent', 'properties.dataEncryption', { type: UNHEARD }],
  ['/flexibleServers/bent', 'properties.dataEncryption.primaryKeyURI', 5],
  ['/flexibleServers/bent', 'identity.userAssignedIdentities', null],
  ['/diskEncryptionSets/bent', 'properties.activeKey', null],
  ['/diskEncryptionSets/bent', 'properties.activeKey.keyUrl', {}],
  ['/diskEncryptionSets/bent', 'properties.encryptionType', UNHEARD],
  ['/diskEncryptionSets/bent', 'properties.previousKeys', UNHEARD],
  [`/vaults/${OTHER}`, 'properties', null],
  [`/vaults/${OTHER}`, 'properties.accessPolicies', null],
  [`/vaults/${OTHER}`, 'properties.accessPolicies', [{ permissions: null }]],
  [`/vaults/${OTHER}`, 'properties.accessPolicies', UNHEARD],
  [`/vaults/${OTHER}`, 'properties.networkAcls', { bypass: UNHEARD, defaultAction: UNHEARD }],
  [`/vaults/${OTHER}`, 'properties.networkAcls', 5],
  [`/vaults/${OTHER}`, 'properties.enableRbacAuthorization', UNHEARD],
  [`/vaults/${OTHER}`, 'properties.vaultUri', null],
  [`/vaults/${OTHER}`, 'systemData', UNHEARD],
];

const MISSING: readonly (readonly [string, string])[] = [
  ['/servers/other', 'properties'],
  ['/servers/other', 'name'],
  ['/servers/other', 'identity'],
  ['/servers/other', 'location'],
  ['/flexibleServers/bent', 'properties'],
  ['/diskEncryptionSets/bent', 'properties'],
  [`/vaults/${OTHER}`, 'properties'],
  [`/vaults/${OTHER}`, 'id'],
  [`/vaults/${OTHER}`, 'properties.tenantId'],
  [`/vaults/${OTHER}`, 'properties.accessPolicies'],
];

const HEALED_EACH = 9;
const always = { kind: 'spoilt', rate: 1 } as const;
const host = { route: `* https://${OTHER}.vault.azure.net/*`, rate: 1 };
const serverKeys = { route: '*/servers/other/keys*', rate: 1 };

const FAULTS: Readonly<Record<string, Fault>> = Object.fromEntries([
  ...PUT.map(([of, path, value]) => [
    `${of} ${path} is ${JSON.stringify(value)}`,
    { ...always, route: 'GET *', of, put: { [path]: value } },
  ]),
  ...MISSING.map(([of, path]) => [`${of} has no ${path}`, { ...always, route: 'GET *', of, leaveOut: [path] }]),
  ...[null, 'text', [], 5, { value: null }, { value: [null] }, { value: UNHEARD }].flatMap((body) => [
    [`${OTHER} answers ${JSON.stringify(body)}`, { ...host, kind: 'answer', status: 200, body }],
    [`the keys of its server are ${JSON.stringify(body)}`, { ...serverKeys, kind: 'answer', status: 200, body }],
  ]),
  ...[
    { key: null },
    { attributes: null },
    { 'key.kty': UNHEARD },
    { 'key.key_ops': null },
    { 'key.kid': UNHEARD },
    { 'attributes.exp': 'soon' },
    { 'attributes.enabled': UNHEARD },
    { tags: 5 },
  ].map((put) => [`${OTHER} answers with ${JSON.stringify(put)}`, { ...host, kind: 'spoilt', put }]),
]);

const WORLD = () => {
  const world = orders([single('orders')]);
  const key = { name: 'cmk', expiresInDays: 90 };
  return {
    ...world,
    vaults: [...(world.vaults ?? []), { name: OTHER, permissions: 'accessPolicies' as const, keys: [key] }],
    servers: [
      ...(world.servers ?? []),
      { name: 'other', generation: 'single' as const, vault: OTHER, key: 'cmk' },
      { name: 'bent', generation: 'flexible' as const, vault: OTHER, key: 'cmk' },
    ],
    sets: [{ name: 'bent', vault: OTHER, key: 'cmk' }],
  };
};

const endedAt = async (app: App): Promise<string> => {
  const { body } = await app.door({ method: 'GET', path: '/api/health/details' }, 200);
  return (body as { readonly sweep: { readonly ended: { readonly at: string } } }).sweep.ended.at;
};

it('A neighbour of which Azure answers what nobody has heard of affects only itself, whatever that is', async () => {
  const app = await startApp({ world: WORLD(), wake: 'sweep' });
  await app.pass(2 * NEXT_SWEEP);
  const wrong: string[] = [];
  for (const [n, [what, fault]] of Object.entries(FAULTS).entries()) {
    app.cloud.faults.clear();
    app.cloud.faults.add(fault);
    const before = await endedAt(app);
    await app.pass(NEXT_SWEEP);
    if ((await endedAt(app)) <= before) wrong.push(`${what}: no sweep came to its end`);
    // A repair for each would take an hour.
    if (n % HEALED_EACH !== 0) continue;
    expireKey(app);
    await app.pass(20 * MINUTE);
    if (expiryOf(app) <= app.clock.now() || !serves(app, 'orders')) wrong.push(`${what}: ours is not healed`);
  }
  expect(wrong).toEqual([]);
  expect(await statusOf(app)).toMatchObject({ verdict: 'healthy' });
  expect(writes(app).filter((line) => /other|bent/.test(line))).toEqual([]);
});

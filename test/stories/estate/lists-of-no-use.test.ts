import { describe, expect, it } from 'vitest';
import type { Switches } from '../../../local/cloud/service.ts';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { productRole } from '../../../local/cloud/worlds/product-role.ts';
import { type App, MINUTE, SECOND, startApp } from '../../builders/app.ts';
import { ledgerOf, linesOf, serves, VAULT, writes } from '../../builders/incident.ts';
import { deleteKey, productObjectId, RECOVERY } from '../../builders/key-loss.ts';
import { takeOne } from '../../builders/rights.ts';
import { type Looked, lookedBy, type Way } from '../../builders/ways.ts';
import { sampled } from '../../run/exhaustive.ts';
import { lastRequest, readsSince } from './probe-story.ts';

/** The key of the story, and five more, each used by a server. */
const USED = ['cmk', ...Array.from({ length: 5 }, (_, n) => `cmk-${n}`)];
const KEYS = USED.length;
/** Keys that no server uses: nine pages of the vault's own list. */
const UNUSED = Array.from({ length: 220 }, (_, n) => `other-${n}`);
/** A vault of which the list costs less than reads, beside the vault of the story. */
const BESIDE = 'kv-beside';

type Vault = { readonly permissions: 'accessPolicies' | 'roles'; readonly unused?: readonly string[] };

const worldOf = ({ permissions, unused = [] }: Vault): WorldPlan => ({
  vaults: [
    { name: VAULT, permissions, keys: [...USED, ...unused].map((name) => ({ name })) },
    { name: BESIDE, permissions: 'accessPolicies', keys: USED.map((name) => ({ name })) },
  ],
  servers: [VAULT, BESIDE].flatMap((vault) =>
    USED.map((key) => ({
      name: vault === VAULT && key === 'cmk' ? 'orders' : `on-${vault}-${key}`,
      generation: 'single' as const,
      vault,
      key,
    })),
  ),
});

/** The product has its part for keys at each key in use, and no more at the subscription. */
const narrowToKeys = (app: App): void => {
  const { keyVault, rbac } = app.cloud.world;
  const principalId = productObjectId(app);
  const role = productRole('keys').roleName;
  const definition = rbac.definition(role)?.name;
  const held = rbac.assignments().filter((one) => one.principalId === principalId && one.role === definition);
  expect(held.map(({ scope }) => scope)).toEqual([`/subscriptions/${subscriptionId}`]);
  for (const { name, scope } of held) rbac.unassign(scope, name);
  const vault = keyVault.vault(VAULT)?.id ?? '';
  for (const key of USED) rbac.assign({ scope: `${vault}/keys/${key}`, role, principalId });
};

const isOf = (vault: string, url: string): boolean =>
  url.startsWith(`https://${vault}.`) || new URL(url).pathname.endsWith(`/vaults/${vault}/keys`);

/** What ten minutes of the probe ask of a vault. */
const lookedIn = (app: App, since: number, vault: string): Looked =>
  lookedBy(
    readsSince(app, since)
      .map(({ url }) => url)
      .filter((url) => isOf(vault, url)),
  );

type Told = { readonly pages: number; readonly listsOfManager: number; readonly reads: 'each key' | 'few' };

/** Beside lists a key is read at most once: each has a minute of the hour in which it is read itself. */
const expectChoice = ({ otherOfManager: _located, reads, ...lists }: Looked, told: Told): void => {
  const [least, most] = told.reads === 'each key' ? [10 * KEYS, 10 * KEYS] : [0, KEYS];
  expect({ ...lists, reads: reads >= least && reads <= most ? told.reads : reads }).toEqual(told);
};

type Case = {
  readonly vault: Vault;
  readonly way: Way;
  readonly switches?: Partial<Switches>;
  readonly before?: (app: App) => unknown;
  /** In ten minutes: of the vault of the story, and of the other one. */
  readonly asked: Told;
  readonly beside: Told;
};

const ROLES: Vault = { permissions: 'roles' };
const MANY: Vault = { permissions: 'accessPolicies', unused: UNUSED };
const BY_READS = { pages: 0, listsOfManager: 0, reads: 'each key' } as const;
const BY_PAGES = { pages: 10, listsOfManager: 0, reads: 'few' } as const;
const BY_MANAGER = { pages: 0, listsOfManager: 10, reads: 'few' } as const;
/** Resource Manager may show as few keys on a page as a vault: no document says how many it shows. */
const SMALL_PAGES = { controlPlaneKeyListPage: 25 };

/** Each way that lists: `single` takes no list, so that none can be of no use to it. */
const CASES: readonly (readonly [string, Case])[] = [
  [
    'is refused to a role at the key, by dataPlaneList',
    {
      vault: ROLES,
      way: 'dataPlaneList',
      before: narrowToKeys,
      asked: { ...BY_READS, pages: 1 },
      beside: BY_PAGES,
    },
  ],
  [
    'is refused to a role without that right, by resourceManagerList',
    {
      vault: ROLES,
      way: 'resourceManagerList',
      before: takeOne('Microsoft.KeyVault/vaults/keys/read'),
      asked: { ...BY_READS, listsOfManager: 1 },
      beside: { ...BY_READS, listsOfManager: 1 },
    },
  ],
  [
    'is dear because of many other keys, by dataPlaneList',
    { vault: MANY, way: 'dataPlaneList', asked: BY_READS, beside: BY_PAGES },
  ],
  [
    'is refused to a role at the key, by auto, where Resource Manager lists',
    { vault: ROLES, way: 'auto', before: narrowToKeys, asked: BY_MANAGER, beside: BY_MANAGER },
  ],
  [
    'is refused to a role at the key, by auto, where Resource Manager may not be asked either',
    {
      vault: ROLES,
      way: 'auto',
      before: (app) => {
        narrowToKeys(app);
        takeOne('Microsoft.KeyVault/vaults/keys/read')(app);
      },
      asked: { pages: 1, listsOfManager: 1, reads: 'each key' },
      beside: { pages: 10, listsOfManager: 1, reads: 'few' },
    },
  ],
  [
    'is dear because of many other keys, by auto, where Resource Manager shows a hundred on a page',
    { vault: MANY, way: 'auto', asked: { ...BY_MANAGER, listsOfManager: 30 }, beside: BY_MANAGER },
  ],
  [
    'is dear because of many other keys, by auto, where the pages of Resource Manager are as small',
    { vault: MANY, way: 'auto', switches: SMALL_PAGES, asked: BY_READS, beside: BY_MANAGER },
  ],
  [
    'is dear because of many other keys, by resourceManagerList, where its pages are as small',
    { vault: MANY, way: 'resourceManagerList', switches: SMALL_PAGES, asked: BY_READS, beside: BY_MANAGER },
  ],
];

describe('a vault beside others, of which the list', () => {
  it.each(sampled(CASES, 0))(
    '%s, is looked at by what it lets one see for least, and a key that is deleted there is recovered in time',
    async (_what, { vault, way, switches = {}, before, asked, beside }) => {
      const app = await startApp({ world: worldOf(vault), wake: 'probe', switches, settings: { GUARDIAN_LOOK: way } });
      before?.(app);
      await app.pass(6 * MINUTE);
      const since = lastRequest(app);
      await app.pass(10 * MINUTE);
      expectChoice(lookedIn(app, since, VAULT), asked);
      expectChoice(lookedIn(app, since, BESIDE), beside);
      await app.pass(20 * SECOND);
      const lostAt = app.clock.now();
      deleteKey(app);
      await app.until('the key is recovered', () => writes(app).some((write) => RECOVERY.test(write)), 2 * MINUTE);
      const { entries } = await ledgerOf(app);
      const opened = Date.parse(entries.find(({ kind }) => kind === 'opened')?.at ?? '');
      expect((opened - lostAt) / SECOND).toBeLessThanOrEqual(60);
      await app.pass(30 * MINUTE);
      expect(serves(app, 'orders')).toBe(true);
      expect(writes(app)).toEqual([expect.stringMatching(RECOVERY)]);
      expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
    },
  );
});

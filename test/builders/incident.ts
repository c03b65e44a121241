import { serverId, type WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { productId } from '../../local/cloud/worlds/product.ts';
import type { LedgerRow, Verification } from '../../src/remediation/protocol/ledger.ts';
import { type App, DAY, MINUTE, NEXT_SWEEP } from './open-app.ts';

export const VAULT = 'kv-orders';
export const KEY = 'https://kv-orders.vault.azure.net/keys/cmk';

/** One vault with one key. Every call makes a new plan, which a test can vary. `expiresInDays` counts from the app's start. */
export const orders = (
  servers: WorldPlan['servers'],
  key: { readonly versions?: number; readonly expiresInDays?: number } = {},
  permissions: 'accessPolicies' | 'roles' = 'accessPolicies',
): WorldPlan => ({
  vaults: [{ name: VAULT, permissions, keys: [{ name: 'cmk', expiresInDays: 90, ...key }] }],
  ...(servers && { servers }),
});

export const single = (name: string, version?: number) =>
  ({ name, generation: 'single', vault: VAULT, key: 'cmk', ...(version !== undefined && { version }) }) as const;

export const flexible = (name: string) => ({ name, generation: 'flexible', vault: VAULT, key: 'cmk' }) as const;

export const SINGLE = serverId('single', 'orders');
export const FLEXIBLE = serverId('flexible', 'web');

/** The server of this name, of either generation. */
export const server = ({ cloud }: App, name: string) => {
  const found = cloud.world.mysql.servers.all().find((one) => one.name === name);
  if (!found) throw new Error(`There is no server ${name}`);
  return found;
};

export const condition = (app: App, name: string): string => server(app, name).availability.condition;
export const serves = (app: App, name: string): boolean => condition(app, name) === 'ready';
export const isDown = (app: App, name: string): boolean => condition(app, name) === 'inaccessible';

/** The changes for the server's clients, in order. */
export const history = (app: App, name: string): readonly string[] =>
  server(app, name).availability.history.map(({ kind }) => kind);

/** When this happened to the server, ms since epoch; the last time if more than once. */
export const happenedAt = (app: App, name: string, kind: string): number | undefined =>
  server(app, name).availability.history.findLast((event) => event.kind === kind)?.at;

/** A version of the key as the vault keeps it; `number` counts from 1, the newest when left out. */
export const keyVersion = ({ cloud }: App, number?: number) => {
  const versions = cloud.world.keyVault.key(VAULT, 'cmk')?.versions ?? [];
  const found = number === undefined ? versions.at(-1) : versions[number - 1];
  if (!found) throw new Error(`The key has no version ${number ?? ''}`);
  return found;
};

/** The version's expiry, ms since epoch. */
export const expiryOf = (app: App, number?: number): number => (keyVersion(app, number).exp ?? 0) * 1_000;

const yesterday = (app: App): number => Math.floor((app.clock.now() - DAY) / 1_000);

/** Time has reached the expiry of a version, yesterday; it was set long before. Key Vault sends no event. */
export const expireKey = (app: App, number?: number): void => {
  app.cloud.world.keyVault.letExpire(VAULT, 'cmk', keyVersion(app, number).version, yesterday(app));
};

/** An owner sets the expiry of a version to yesterday, now. Key Vault sends no event of that either. */
export const setExpiry = (app: App, number?: number): void => {
  const { version } = keyVersion(app, number);
  app.cloud.world.keyVault.setAttributes(VAULT, 'cmk', version, { exp: yesterday(app) });
};

const productObjectId = ({ cloud }: App): string => cloud.world.entra.managedIdentity(productId)?.objectId ?? '';

/** Every request of the product to Azure; its own storage is not among them. */
export const productRequests = (app: App) => app.cloud.requests.list({ caller: productObjectId(app) });

/** `METHOD path` of every request of the product that may change something in Azure, with any answer. */
export const writes = (app: App): readonly string[] =>
  productRequests(app)
    .filter(({ mutating }) => mutating)
    .map(({ method, url }) => `${method} ${new URL(url).pathname}`);

export const EXTENSION = /^PATCH \/keys\/cmk\//;
export const REVALIDATION = /^PUT .*\/servers\/[^/]+\/keys\//;

export type Chain = { readonly verification: Verification; readonly entries: readonly LedgerRow[] };

/** The ledger of the key, or of another chain, as the API shows it. */
export const ledgerOf = async (app: App, chain = KEY): Promise<Chain> => {
  const { body } = await app.door({ method: 'GET', path: `/api/ledger?key=${encodeURIComponent(chain)}` }, 200);
  return body as Chain;
};

/** The ledger has no entry of the key: the API knows no such ledger. */
export const expectNoLedger = (app: App): Promise<unknown> =>
  app.door({ method: 'GET', path: `/api/ledger?key=${encodeURIComponent(KEY)}` }, 404);

/** `kind step outcome` of each entry of an intact ledger, oldest first. */
export const linesOf = ({ verification, entries }: Chain): readonly string[] => {
  if (verification.kind !== 'intact') throw new Error(verification.fault);
  return entries.map(({ kind, step, outcome }) => [kind, step, outcome].filter(Boolean).join(' '));
};

type Incident = { readonly id: string; readonly openedAt: string; readonly closedAt?: string };

/** Every incident of the key, oldest first. */
export const incidentsOf = async (app: App): Promise<readonly Incident[]> => {
  const { body } = await app.door({ method: 'GET', path: `/api/incidents?key=${encodeURIComponent(KEY)}` }, 200);
  return (body as { value: readonly Incident[] }).value;
};

/** Starts a reconciliation by the API. */
export const startReconciliation = (app: App, body: Record<string, string> = { key: KEY }) =>
  app.door({ method: 'POST', path: '/api/reconciliations', body }, 202);

/** The key expires after a first healthy sweep, and the server is down. */
export const loseOrders = async (app: App): Promise<void> => {
  await app.pass(NEXT_SWEEP);
  expireKey(app);
  await app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);
};

export const ordersServes = (app: App): Promise<void> =>
  app.until('orders serves again', () => serves(app, 'orders'), 30 * MINUTE);

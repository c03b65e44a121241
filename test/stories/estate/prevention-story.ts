import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { productRequests } from '../../builders/incident.ts';
import { type App, DAY, MINUTE } from '../../builders/open-app.ts';

const vaultOf = (n: number): string => `kv-${n}`;

/** So many keys with a server each, twenty to a vault. */
export const keysOf = (count: number, generation: 'single' | 'flexible' = 'single'): WorldPlan => {
  const all = Array.from({ length: count }, (_, n) => n);
  return {
    vaults: [...Map.groupBy(all, (n) => vaultOf(Math.floor(n / 20)))].map(([name, those]) => ({
      name,
      permissions: 'accessPolicies' as const,
      keys: those.map((n) => ({ name: `cmk-${n}`, expiresInDays: 90 })),
    })),
    servers: all.map((n) => ({
      name: `server-${n}`,
      generation,
      vault: vaultOf(Math.floor(n / 20)),
      key: `cmk-${n}`,
    })),
  };
};

/** Time comes near the expiry of every key at once: the last ends first, at `from`, each other `apart` ms later. */
export const comeNear = (app: App, count: number, from: number, apart: number): void => {
  for (let n = 0; n < count; n++) {
    const exp = Math.floor((app.clock.now() + from + (count - 1 - n) * apart) / 1_000);
    app.cloud.world.keyVault.letExpire(vaultOf(Math.floor(n / 20)), `cmk-${n}`, undefined, exp);
  }
};

export type Extended = { readonly n: number; readonly at: number };

/** Every extension that was sent, with the number of its key and when it was. */
export const extensions = (app: App): readonly Extended[] =>
  productRequests(app)
    .filter(({ method, url }) => method === 'PATCH' && new URL(url).pathname.startsWith('/keys/'))
    .map(({ at, url }) => ({ n: Number(/\/keys\/cmk-(\d+)\//.exec(url)?.[1]), at: Date.parse(at) }));

/** The rest of each key's validity in days, rounded. */
export const daysLeft = (app: App, count: number): readonly number[] =>
  Array.from({ length: count }, (_, n) => {
    const exp = app.cloud.world.keyVault.key(vaultOf(Math.floor(n / 20)), `cmk-${n}`)?.versions.at(-1)?.exp ?? 0;
    return Math.round((exp * 1_000 - app.clock.now()) / DAY);
  });

/** The servers that lost their key at any time. */
export const lockedOut = (app: App): readonly string[] =>
  app.cloud.world.mysql.servers
    .all()
    .filter(({ availability }) => availability.history.some(({ kind }) => kind === 'keyLost' || kind === 'refused'))
    .map(({ name }) => name);

/** The most extensions that were sent in any minute. */
export const mostInAMinute = (sent: readonly Extended[]): number =>
  Math.max(0, ...sent.map(({ at }) => sent.filter((one) => one.at > at - MINUTE && one.at <= at).length));
